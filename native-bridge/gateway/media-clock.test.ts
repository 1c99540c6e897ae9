import { expect, test } from 'vitest';
import { MediaClock } from './media-clock.ts';

const START = 1_790_000_000_000;
/** A random number from 0 to 1, the same each time. */
function dice(seed = 7): () => number {
  let state = seed;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}

test.each([0, 200, -200])('G3: a day with a camera clock %i ppm off: no drift, no jitter, always forward', (ppm) => {
  const clock = new MediaClock();
  const roll = dice();
  let worst = 0;
  let unevenest = 0;
  let last = 0;
  for (let i = 0; i < 24 * 3600 * 5; i++) {
    const captured = START + i * 200;
    const media = i * 200 * (1 + ppm / 1e6);
    // 5 ms on the way, now and then 60 more.
    const pts = clock.at(media, captured + 5 + (roll() < 0.3 ? roll() * 60 : 0));
    if (pts <= last) throw new Error(`${pts} after ${last}`);
    if (i > 300) {
      worst = Math.max(worst, Math.abs(pts - captured - 5));
      unevenest = Math.max(unevenest, Math.abs(pts - last - 200));
    }
    last = pts;
  }
  // 30 s of 200 ppm are 6 ms: what it takes to be sure that the quickest way got longer.
  expect(worst).toBeLessThanOrEqual(ppm === 0 ? 1 : 8);
  expect(unevenest).toBeLessThanOrEqual(8);
});

test('G3: a burst at the start and a stall of ten seconds do not move the time', () => {
  const clock = new MediaClock();
  const at = (i: number, arrival: number): number => clock.at(i * 40, arrival);
  // A second of pictures at once, then each in its time.
  for (let i = 0; i < 26; i++) at(i, START + 1000);
  for (let i = 26; i < 100; i++) expect(at(i, START + i * 40)).toBe(START + i * 40);
  // The network holds 250 pictures back and brings them at once.
  for (let i = 100; i < 350; i++) expect(Math.abs(at(i, START + 350 * 40) - START - i * 40)).toBeLessThan(80);
  for (let i = 350; i < 400; i++) expect(Math.abs(at(i, START + i * 40) - START - i * 40)).toBeLessThan(80);
});

test('G3: this machine set by an hour, or a stream that begins again at 0, is followed at once', () => {
  const clock = new MediaClock();
  for (let i = 0; i < 50; i++) clock.at(i * 40, START + i * 40);
  const back = START - 3_600_000;
  expect(clock.at(50 * 40, back)).toBe(back);
  expect(clock.at(51 * 40, back + 40)).toBe(back + 40);
  expect(clock.at(0, back + 80)).toBe(back + 80);
  expect(clock.at(40, back + 7_200_000)).toBe(back + 7_200_000);
});
