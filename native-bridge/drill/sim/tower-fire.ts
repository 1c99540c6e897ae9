/**
 * Owns: the story of a fire in a high-rise: smoke seen from afar, detectors, the call, units, the end.
 * Guarantees: the lookout's picture, the detectors of that floor and the incident tell of one fire; it burns until the
 *   incident is under control, whoever sent the units.
 * Refuses: casualties.
 */
import type { Act } from '../scenario.ts';
import type { Play, Reel } from './cameras.ts';
import { round } from './readings.ts';
import { towerIn, type Stage } from './stage.ts';
import { words } from './words.ts';

/** What is asked of whom; s after the call. */
const TASKS = [
  [25, 'police', '现场警戒，疏导周边交通', 15],
  [35, 'medical', '派出救护车到场待命', 15],
  [45, 'power', '切断起火楼层及相邻楼层供电', 20],
  [55, 'gas', '关闭楼栋燃气总阀', 20],
  [65, 'water', '周边管网增压保障消防用水', 20],
  [80, 'township', '组织居民疏散与安置', 30],
] as const;
/** District seconds after which the smoke is seen at the latest. */
const SEEN_BY = 40;
const PUMPS = ['pumper', 'ladder', 'platform', 'rescue', 'command', 'water-tender', 'foam'];

export function towerFire(stage: Stage, act: Extract<Act, { act: 'tower-fire' }>): void {
  const { world, alarms, readings, incidents, situation, casting } = stage;
  const tower = towerIn(stage, act.tower);
  const building = world.site.buildings.get(tower.buildingId);
  if (building === undefined) return;
  const name = tower.name.zh;
  let isOut = false;

  const lookout = casting.cameras.get(act.lookout);
  const lookoutChannel = stage.channels.get(act.lookout);
  if (lookout !== undefined) {
    const see = (): void => {
      if (isOut) return;
      alarms.raise(lookout.camera.id, 'smoke-seen', 2, words.smokeSeen(lookout.camera.name.zh, name), { story: true });
    };
    let seen = 0;
    const play: Play = {
      reels: sections(lookout.clip, ['rising', 'full']),
      isEndless: true,
      onFrame: ({ boxes }) => {
        seen += boxes.some((box) => box.label === 'smoke') ? 1 : 0;
        // Two seconds of smoke and the platform believes its eye.
        if (seen === 30) see();
      },
    };
    lookoutChannel?.play(play);
    // In a hurried district the film is behind the story, and the story does not wait.
    world.after(SEEN_BY, see);
  }
  const corridor = act.corridor === undefined ? undefined : casting.cameras.get(act.corridor);
  if (corridor !== undefined && act.corridor !== undefined)
    world.after(30, () =>
      stage.channels.get(act.corridor ?? '')?.play({ reels: sections(corridor.clip, ['fire']), isEndless: true }),
    );

  const detectors = world.site.devices
    .filter((device) => device.kind === 'smoke' && device.buildingId === tower.buildingId)
    .sort((a, b) => Math.abs((a.floor ?? 1) - act.floor) - Math.abs((b.floor ?? 1) - act.floor))
    .slice(0, 4);
  detectors.forEach((detector, i) => {
    world.after(45 + 14 * i, () => {
      if (isOut) return;
      readings.twist(detector, (values, s) => ({ ...values, obscuration: round(Math.min(18, 3 + s / 12), 2) }), 10);
      alarms.raise(detector.id, 'fire', 1, words.smokeDetected(detector.name), {
        values: readings.valuesOf(detector) ?? {},
        story: true,
      });
    });
  });
  const panel = world.site.devices.find(
    (device) => device.kind === 'fire-panel' && device.buildingId === tower.buildingId,
  );
  if (panel !== undefined)
    world.after(62, () => alarms.raise(panel.id, 'fire', 1, words.panelFire(name, act.floor), { story: true }));

  world.after(80, () => {
    const id = incidents.report({
      kind: 'fire',
      level: 1,
      title: words.fireTitle(name, act.floor),
      address: building.address,
      place: building.centre,
      buildingId: building.id,
      floor: act.floor,
      caller: '胡女士',
    });
    situation.push('fire', 22, 3000);
    // Room for the operator to send them first; then the platform does.
    incidents.run(
      id,
      act.units,
      { accept: 15, dispatch: 40, control: (act.controlAfter ?? 14) * 60, close: 600 },
      PUMPS,
    );
    for (const [wait, department, action, due] of TASKS)
      world.after(wait, () => incidents.task(id, { department, action, dueMinutes: due }));
    incidents.whenReached(id, 'controlled', () => {
      isOut = true;
      for (const detector of detectors) {
        readings.untwist(detector);
        alarms.clearAt(detector.id, 'fire');
      }
      if (panel !== undefined) alarms.clearAt(panel.id, 'fire');
      if (lookout !== undefined) {
        alarms.clearAt(lookout.camera.id, 'smoke-seen');
        lookoutChannel?.play({ reels: [lookout.idle] });
      }
      if (corridor !== undefined) stage.channels.get(act.corridor ?? '')?.play({ reels: [corridor.idle] });
    });
  });
}

function sections(clip: Reel['clip'], names: readonly string[]): Reel[] {
  return names.flatMap((name) => {
    const frames = clip.sections[name];
    return frames === undefined ? [] : [{ clip, from: frames[0], to: frames[1] }];
  });
}
