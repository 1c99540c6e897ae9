/**
 * Owns: what each act of a scenario does to the district.
 * Guarantees: everything said of one thing agrees: alarm, reading, cab, picture, incident; each act comes to its end.
 * Refuses: to know when acts begin, which is the scenario's.
 */
import type { Act } from '../scenario.ts';
import type { SiteDevice } from '../../contract/site-files.ts';
import { round } from './readings.ts';
import { EBikeWatch } from './e-bike.ts';
import { towerIn, type Stage } from './stage.ts';
import { towerFire } from './tower-fire.ts';
import { metresBetween } from '../../contract/site-read.ts';
import { words } from './words.ts';

type Of<A extends Act['act']> = Extract<Act, { act: A }>;

export function playAct(stage: Stage, act: Act): void {
  switch (act.act) {
    case 'ride':
      return ride(stage, act);
    case 'overload':
      return overload(stage, act);
    case 'low-tank':
      return stage.rooms.drain(towerIn(stage, act.tower), (act.fall ?? 4) * 60, (act.minutes ?? 10) * 60);
    case 'unattended':
      return unattended(stage, act);
    case 'tower-fire':
      return towerFire(stage, act);
    case 'warning':
      return stage.situation.warn(act);
    case 'blackout':
      return blackout(stage, act);
  }
}

function ride(stage: Stage, act: Of<'ride'>): void {
  const part = stage.casting.cameras.get(act.camera);
  const clip = stage.casting.clip(act.clip);
  const watch =
    part?.tower && part.camera.elevatorId !== undefined
      ? new EBikeWatch(stage, part.tower, part.camera.elevatorId, act.after === 'charging')
      : null;
  stage.channels.get(act.camera)?.play({
    reels: [{ clip, from: 0, to: clip.frames }],
    onFrame: (seen) => watch?.see(seen),
    onEnd: () => watch?.end(),
  });
}

/** Current climbs, the alarm comes, nobody helps, the breaker opens; later it is closed again. */
function overload(stage: Stage, act: Of<'overload'>): void {
  const { world, readings, alarms } = stage;
  const block = stage.casting.blocks.get(act.block);
  const meters = world.site.devices.filter((device) => device.kind === 'electricity' && device.blockId === block?.id);
  if (meters.length === 0) return;
  const meter = world.random(`overload/${act.at}/${Math.floor(world.now)}`).pick(meters);
  const cut = (act.cutAfter ?? 2) * 60 + 40;
  const restore = cut + (act.restoreAfter ?? 8) * 60;
  readings.twist(
    meter,
    (values, s) => {
      if (s >= cut)
        return {
          ...values,
          current: 0,
          power: 0,
          residualCurrent: 0.2,
          cableTemp: round(25 + 36 * Math.exp(-(s - cut) / 240), 1),
          breaker: 'open',
        };
      const current = round(Number(values['current']) + 46 * Math.min(1, s / 60), 2);
      const voltage = round(Number(values['voltage']) - 9 * Math.min(1, s / 60), 1);
      return {
        ...values,
        current,
        voltage,
        power: Math.round(current * voltage * 0.92),
        cableTemp: round(27 + 34 * Math.min(1, s / 150), 1),
      };
    },
    4,
  );
  const now = (): Record<string, number | string | boolean | null> => readings.valuesOf(meter) ?? {};
  world.after(40, () =>
    alarms.raise(meter.id, 'overload', 2, words.overload(meter.name, Number(now()['current'])), {
      values: now(),
      story: true,
    }),
  );
  world.after(cut, () => {
    readings.say(meter);
    alarms.raise(meter.id, 'cut-off', 2, words.cutOff(meter.name), { values: now(), story: true });
    stage.situation.push('fire', 4, 900);
  });
  world.after(cut + 30, () => alarms.clearAt(meter.id, 'overload'));
  world.after(restore, () => {
    readings.untwist(meter);
    alarms.clearAt(meter.id, 'cut-off');
  });
}

/** The chair in the picture is empty as long as the room is. */
function unattended(stage: Stage, act: Of<'unattended'>): void {
  const tower = towerIn(stage, act.tower);
  const part = act.camera === undefined ? undefined : stage.casting.cameras.get(act.camera);
  const channel = act.camera === undefined ? undefined : stage.channels.get(act.camera);
  const leave = part?.clip.sections['leaving'];
  const empty = part?.clip.sections['unattended'];
  const isLeaving = stage.rooms.leave(tower, act.minutes * 60, () => {
    // Any play ends an endless one: one round of somebody in the chair, then as usual.
    if (part !== undefined) channel?.play({ reels: [part.idle] });
  });
  if (!isLeaving || part === undefined || leave === undefined || empty === undefined) return;
  channel?.play({
    reels: [
      { clip: part.clip, from: leave[0], to: leave[1] },
      { clip: part.clip, from: empty[0], to: empty[1] },
    ],
    isEndless: true,
  });
}

/** Everything with a plug within reach of the tower says that it has no mains. */
function blackout(stage: Stage, act: Of<'blackout'>): void {
  const { world, alarms, readings } = stage;
  const at = world.site.buildings.get(towerIn(stage, act.tower).buildingId)?.centre ?? [0, 0];
  const far = (device: SiteDevice): number => metresBetween([device.lon, device.lat], at);
  const struck = world.site.devices
    .filter((device) => device.kind !== 'vehicle' && device.kind !== 'hydrant')
    .map((device) => ({ device, far: far(device) }))
    .sort((a, b) => a.far - b.far)
    .slice(0, act.alarms);
  struck.forEach(({ device }, i) => {
    const chance = world.random(`blackout/${device.id}`);
    world.after((i / struck.length) * act.seconds * chance.between(0.9, 1), () => {
      if (device.kind === 'electricity')
        readings.twist(device, (values) => ({ ...values, current: 0, power: 0, voltage: 0, residualCurrent: 0 }), 0);
      const level =
        device.kind === 'fire-panel' || device.kind === 'control-room' ? 2 : device.kind === 'elevator' ? 3 : 4;
      const id = alarms.raise(device.id, 'fault', level, words.blackout(device.name), { story: true });
      world.after(act.minutes * 60 * chance.between(0.8, 1.2), () => {
        readings.untwist(device);
        alarms.clear(id);
      });
    });
  });
}
