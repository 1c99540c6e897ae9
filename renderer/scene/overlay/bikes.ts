/**
 * E-bikes as the city sees them: houses where one rides now, and how many each house had.
 *
 * Owns: a height bar above each house that had some, and its count. Guarantees: the bar's height grows with the count, the
 *   count is of today, midnight being the site's, which marks are kept long enough for; an open alarm's symbol stays on top; only houses in which one
 *   rides now, and those with repeated offences, are written.
 * Refuses: the opened tower; it shows its own.
 */
import type { MarkRecord } from '../../../native-bridge/contract/records.ts';
import { chart, ink, surface } from '../../design/tokens.ts';
import { wordsOf } from '../../design/locale/words.ts';
import type { World } from '../../store/world.ts';
import { css } from '../paint.ts';
import type { Vec3 } from '../plane.ts';
import { bikeIn } from '../tower/strokes.ts';
import type { OverlayLayer } from './overlay.ts';

/** So many in a day are a repeated offence. */
export const REPEATED = 3;
/** Metres of a bar for each e-bike, and the most it is drawn high. */
const PER_BIKE = 9;
const HIGHEST = 180;
/** Bars up to this range, counts up to that one, metres. */
const FAR = 9000;
const WRITTEN = 5000;

export interface Bikes {
  count: number;
  /** In a cab at this moment, and rejected by nobody. */
  now: boolean;
}

/** When the day of `now` began in that time zone, ms UTC. */
export const dayStart = (zone: string, now: number): number => {
  const clock = new Intl.DateTimeFormat('en', {
    ...{ timeZone: zone, hourCycle: 'h23', hour: 'numeric', minute: 'numeric', second: 'numeric' },
  }).formatToParts(now);
  const of = (type: string): number => Number(clock.find((part) => part.type === type)?.value ?? 0);
  return now - (now % 1000) - ((of('hour') * 60 + of('minute')) * 60 + of('second')) * 1000;
};

export const countBikes = (
  marks: Iterable<Pick<MarkRecord, 'buildingId' | 'kind' | 'at'>>,
  ridingIn: Iterable<string>,
  since: number,
): Map<string, Bikes> => {
  const all = new Map<string, Bikes>();
  const of = (id: string): Bikes => {
    const known = all.get(id) ?? { count: 0, now: false };
    all.set(id, known);
    return known;
  };
  for (const { buildingId, kind, at } of marks) if (kind === 'e-bike-in' && at >= since) of(buildingId).count += 1;
  for (const id of ridingIn) of(id).now = true;
  return all;
};
const ridingIn = (world: World): string[] =>
  [...world.all('cab').values()].filter(bikeIn).map(({ buildingId }) => String(buildingId));
export const bikesByBuilding = (world: World, now: number): Map<string, Bikes> =>
  countBikes(world.all('mark').values(), ridingIn(world), dayStart(world.site()?.timezone ?? 'UTC', now));

export const bikeLayer = (
  world: World,
  /** The middle of a house on the ground, and the height of its roof. */
  houseOf: (id: string) => { middle: Vec3; height: number } | undefined,
  marked: () => void,
): OverlayLayer & { dispose: () => void } => {
  let bikes = bikesByBuilding(world, world.now());
  let riding = ridingIn(world).sort().join();
  const recount = (): void => {
    bikes = bikesByBuilding(world, world.now());
    marked();
  };
  const stops = [
    world.listen('mark', recount),
    world.listen('cab', () => {
      const next = ridingIn(world).sort().join();
      if (next === riding) return;
      riding = next;
      recount();
    }),
  ];
  return {
    draw: ({ context, eye, spot, scale, dimmed, locale, label, sprites, reserve }) => {
      if (dimmed || eye.pose.range > FAR) return;
      const words = wordsOf(locale);
      for (const [id, { count, now }] of bikes) {
        const house = houseOf(id);
        if (!house) continue;
        const { middle, height } = house;
        const [x, y, z] = middle;
        if (!eye.project(x, y, z + height, spot)) continue;
        const [px = 0, py = 0] = spot;
        if (px < 0 || py < 0 || px > eye.width || py > eye.height) continue;
        if (!eye.project(x, y, z + height + Math.min(HIGHEST, count * PER_BIKE), spot)) continue;
        const top = Math.min(py - 2, spot[1] ?? py);
        const repeated = count >= REPEATED;
        const wide = Math.max(3, scale.rem * (repeated ? 0.34 : 0.2));
        context.fillStyle = css(surface.night, 0.8);
        context.fillRect(px - wide / 2 - 1, top - 1, wide + 2, py - top + 2);
        context.fillStyle = css(chart['e-bike'], repeated || now ? 0.95 : 0.5);
        context.fillRect(px - wide / 2, top, wide, py - top);
        if (now) {
          const side = scale.symbol * 0.9;
          sprites.plate(context, 'e-bike', px, top - side * 0.6, side, ink.value);
          reserve(px, top - side * 0.6, side * 0.5);
        }
        if ((repeated || now) && eye.pose.range < WRITTEN)
          label({
            text: now ? words.ribbon.rides(count) : String(count),
            x: px,
            y: now ? top - scale.symbol * 0.55 : top,
            gap: now ? scale.symbol * 0.55 : wide,
            size: scale.rem * 0.9,
            colour: now ? ink.value : chart['e-bike'],
            priority: now ? 2 : 5,
            weight: 600,
          });
      }
    },
    dispose: () => {
      for (const stop of stops) stop();
    },
  };
};
