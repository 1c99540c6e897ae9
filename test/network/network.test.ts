// The bridge behind links as they are: rate, delay, loss and darkness, packet by packet (see README.md).
// FENGSUI_BLACKOUTS=300,7200 adds blackouts of so many real seconds; FENGSUI_BLACKOUTS_AT_ONCE=300,7200 the same ones with
// everything the platform says meanwhile said at once, in a darkness of 40 s (long enough for both sides to hang up).
import { afterEach, describe, expect, test } from 'vitest';
import { Network, obstacle, type Shape } from './network.ts';

const Mbit = 1e6 / 8;
const LTE: Shape = { name: 'LTE', rate: 12 * Mbit, trip: 0.035 };
const EDGE: Shape = { name: 'edge of LTE', rate: 1.5 * Mbit, trip: 0.15, loss: 0.015, burst: 4 };
const GEO: Shape = { name: 'geostationary', rate: 2 * Mbit, trip: 0.6 };
const PHONE: Shape = { name: 'satellite phone', rate: 0.064 * Mbit, trip: 1.2 };

const why = obstacle();
const open: Network[] = [];
afterEach(async () => {
  for (const network of open.splice(0)) await network.end();
});
const second = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
const wait = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

interface Trial {
  shape: Shape;
  devices: number;
  rate: number;
  /** Seconds of darkness. */
  dark: number;
  /** Said at the beginning of the darkness. */
  flood?: number;
}
async function blackout({ shape, devices, rate, dark, flood = 0 }: Trial): Promise<void> {
  const network = new Network(shape);
  open.push(network);
  await network.start(devices, rate);
  const begun = Date.now();
  // The watcher sees all devices and no number is missing: the join is complete.
  const whole = ({ link, journaled, lastSeq, devices: drawn }: NonNullable<Network['seen']>): boolean =>
    link === 'live' && drawn === devices && lastSeq > 0 && journaled === lastSeq;
  const joined = await network.until(whole, 'join', 60_000);
  await wait(2);
  const before = network.seen;

  network.dark(true);
  const from = Date.now();
  if (flood > 0) await network.platform({ flood });
  await wait(dark);
  if (dark > 4) expect(network.seen?.link).toBe('lost');
  network.dark(false);
  const light = Date.now();

  const patience = 60_000 + (flood + rate * dark) * 5;
  const first = await network.until(({ newest }) => newest > light, 'new event', patience);
  await network.until(whole, 'end of catching up', patience);
  const last = await network.platform({ rate: 0 });
  await network.until(({ journaled }) => journaled === last, 'last event', patience);
  expect(network.seen?.holes).toBe(0);
  const { verdict, exported, ids, code } = await network.proof();

  const missed = exported.filter(({ ts }) => ts > from - 1000 && ts <= light);
  const caught = missed.reduce((latest, { heard }) => Math.max(latest, heard), 0);
  const news = exported.reduce((first, { ts, heard }) => (ts > light ? Math.min(first, heard) : first), Infinity);
  console.log(
    `${shape.name}: joined in ${second(joined.at - begun)}; dark ${second(light - from)}, ${String(missed.length)} events said ` +
      `in it; news on the wall ${second(first.at - light)} after the light, the last of what was missed ${second(caught - light)} ` +
      `after it; delay before ${String(before?.lagMs ?? 0)} ms`,
  );
  expect(code).toBe(0);
  expect(verdict.sound).toBe(true);
  expect(verdict.logs.map(({ epoch, held, top, events, gaps }) => ({ epoch, held, top, events, gaps }))).toEqual([
    { epoch: 'far', held: last, top: last, events: last, gaps: [] },
  ]);
  // Nothing missing, nothing double.
  expect(exported.length).toBe(last);
  expect(new Set(exported.map(({ seq }) => seq)).size).toBe(last);
  expect(ids).toBe(last);
  // Newest first: of a line made anew, what happens now is heard before the last of what was missed.
  if (dark > 25) expect(news).toBeLessThan(caught);
}
const secondsOf = (name: string): number[] =>
  (process.env[name] ?? '')
    .split(',')
    .map(Number)
    .filter((seconds) => seconds > 0);

describe.skipIf(why !== null)(`shaped networks${why === null ? '' : ` (skipped: ${why})`}`, () => {
  const trials: Trial[] = [
    { shape: LTE, devices: 1000, rate: 400, dark: 8 },
    { shape: EDGE, devices: 300, rate: 200, dark: 30 },
    { shape: GEO, devices: 300, rate: 200, dark: 8 },
    { shape: PHONE, devices: 60, rate: 15, dark: 8 },
  ];
  test('N1 N2 N3: LTE, its edge, geostationary and satellite phone, dark for 8 and 30 s: nothing missing, nothing double, the newest first', async () => {
    const ends = await Promise.allSettled(trials.map(blackout));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }, 150_000);

  const long = [
    ...secondsOf('FENGSUI_BLACKOUTS').map((dark) => ({ title: `${String(dark)} s`, dark, flood: 0, seconds: dark })),
    ...secondsOf('FENGSUI_BLACKOUTS_AT_ONCE').map((seconds) => ({
      ...{ title: `${String(seconds)} s, said at once`, dark: 40 },
      ...{ flood: 100 * seconds, seconds },
    })),
  ];
  for (const { title, dark, flood, seconds } of long)
    test(
      `N1 N2 N3: a blackout of ${title}`,
      () => blackout({ shape: LTE, devices: 1000, rate: 100, dark, flood }),
      (seconds + 900) * 1000,
    );
});
