/**
 * What each building looks like now, from the store: dark, alarmed, chosen, open.
 *
 * Owns: when it is said again. Guarantees: the worst open alarm of a house is its level; what ages while nothing is told is
 *   looked at again by itself, only while the layer of dark buildings is on. Refuses: colours.
 */
import { isOpen } from '../../native-bridge/contract/records.ts';
import type { Level } from '../design/tokens.ts';
import { darkOf, KEEP_MS } from '../store/dark.ts';
import { isLayerOn } from '../store/layers.ts';
import type { ViewStore } from '../store/view.ts';
import type { World } from '../store/world.ts';
import type { BuildingState } from './buildings.ts';

export const sayStates = (
  { world, view }: { world: World; view: ViewStore },
  tell: (states: Map<string, BuildingState>) => void,
): { say: () => void; dispose: () => void } => {
  const isDarkOn = (): boolean => isLayerOn(view.getState(), 'dark');
  let version = NaN;
  let worst = new Map<string, Level>();
  /** Choosing a house says the states anew, and there may be thousands of alarms: those are gone through when they change. */
  const worstByHouse = (): ReadonlyMap<string, Level> => {
    if (world.version('alarm') === version) return worst;
    version = world.version('alarm');
    worst = new Map();
    for (const alarm of world.all('alarm').values()) {
      if (alarm.buildingId === undefined || !isOpen(alarm)) continue;
      const held = worst.get(alarm.buildingId) ?? 4;
      worst.set(alarm.buildingId, alarm.level < held ? alarm.level : held);
    }
    return worst;
  };
  const say = (): void => {
    const states = new Map<string, BuildingState>();
    if (isDarkOn()) for (const [id, dark] of darkOf({ world, view }).buildings) states.set(id, { dark });
    for (const [id, worst] of worstByHouse()) states.set(id, { ...states.get(id), worst });
    const { selection, openBuilding } = view.getState();
    if (selection?.kind === 'building') states.set(selection.id, { ...states.get(selection.id), chosen: true });
    if (openBuilding !== null) states.set(openBuilding, { ...states.get(openBuilding), open: true });
    tell(states);
  };
  const stops = [
    world.listen('alarm', say),
    view.subscribe((now, { selection, openBuilding, layers }) => {
      if (now.selection !== selection || now.openBuilding !== openBuilding || now.layers !== layers) say();
    }),
  ];
  const ageing = setInterval(() => isDarkOn() && say(), KEEP_MS);
  return {
    say,
    dispose: () => {
      clearInterval(ageing);
      for (const stop of stops) stop();
    },
  };
};
