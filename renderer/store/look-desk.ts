/**
 * What keys do to the eye of this window: kept views, the tour, staying with a unit, the flat map.
 *
 * Owns: the two keys that await a number. Guarantees: a number counts as a view's only for `PAIR_MS` after the key; tour and
 *   ride exclude each other, since there is one eye. Refuses: poses; the scene knows where it looks.
 */
import { PAIR_MS } from './video-desk.ts';
import type { ViewStore } from './view.ts';
import type { World } from './world.ts';

const LIGHTS = ['night', 'dusk', 'day', 'sun'] as const;

export const createLookDesk = ({ world, view }: { world: World; view: ViewStore }, nothing: () => void) => {
  let lapse: ReturnType<typeof setTimeout> | undefined;
  const wait = (numberFor: 'keep' | 'recall'): void => {
    clearTimeout(lapse);
    view.setState({ numberFor });
    lapse = setTimeout(() => view.setState({ numberFor: null }), 2 * PAIR_MS);
  };
  return {
    keep: (): void => wait('keep'),
    recall: (): void => wait('recall'),
    /** The view of that number, when one of the two keys was pressed a moment ago; answers whether it was. */
    number(n: number): boolean {
      const { numberFor, keptViews } = view.getState();
      if (numberFor === null) return false;
      clearTimeout(lapse);
      if (numberFor === 'keep') view.setState({ numberFor: null, keepAs: { n } });
      else {
        const kept = keptViews[n];
        view.setState({
          numberFor: null,
          ...(kept && { tour: false, ridden: null, openBuilding: null, openFloor: null }),
        });
        if (kept) view.setState({ flyTo: { ...kept } });
        else nothing();
      }
      return true;
    },
    tour: (): void => view.setState(({ tour }) => ({ tour: !tour, ridden: null })),
    /** The chosen unit; without one the unit nearest to news: the first on its way to an incident. */
    ride(): void {
      const { ridden, selection } = view.getState();
      if (ridden !== null) return view.setState({ ridden: null });
      const unit =
        selection?.kind === 'unit'
          ? world.get('unit', selection.id)
          : [...world.all('unit').values()]
              .filter(({ incidentId, speed }) => incidentId !== undefined && speed > 0)
              .sort((a, b) => b.heard - a.heard)[0];
      if (!unit) return nothing();
      view.setState({ selection: { kind: 'unit', id: unit.id }, ridden: unit.id, tour: false, openBuilding: null });
    },
    /** The city in another light: night, dusk, day, as it is outside, and night again. */
    light: (): void =>
      view.setState(({ look }) => ({ look: LIGHTS[(LIGHTS.indexOf(look) + 1) % LIGHTS.length] ?? 'night' })),
    flat: (): void => view.setState(({ flat }) => ({ flat: !flat })),
    /** Ends what goes by itself; answers whether something did. */
    close(): boolean {
      const { tour, ridden, numberFor } = view.getState();
      if (!tour && ridden === null && numberFor === null) return false;
      view.setState({ tour: false, ridden: null, numberFor: null });
      return true;
    },
  };
};
