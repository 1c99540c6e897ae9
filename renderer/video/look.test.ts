import { expect, test } from 'vitest';
import { createLook, SURE_MS, type Light } from './look.ts';

const w = 64;
const h = 32;
const light = (of: (x: number, y: number) => number): Light => {
  const data = new Uint8Array(w * h);
  for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) data[y * w + x] = of(x, y);
  return { data, offset: 0, stride: w, w, h };
};
const street = (t: number): Light => light((x, y) => ((x * 3 + y * 5 + t) % 200) + 20);
/** Looks once a second for `seconds`; answers what was said at each. */
const watch = (of: (t: number) => Light, seconds: number) => {
  const look = createLook();
  return Array.from({ length: seconds }, (_, t) => look.note(of(t), t * 1000));
};
const sure = SURE_MS / 1000;

test('E10: a black picture and a covered lens are said once they last, not before', () => {
  for (const [level, why] of [
    [16, 'black'],
    [90, 'covered'],
  ] as const) {
    const said = watch((t) => light((x) => level + ((x + t) % 2)), sure + 2);
    expect(said.slice(0, sure)).toEqual(Array.from({ length: sure }, () => null));
    expect(said.slice(sure)).toEqual([why, why]);
  }
});

test('E10: the same picture again and again is frozen; a running figure in its corner is not', () => {
  const said = watch(() => street(0), sure + 3);
  expect(said.at(-1)).toBe('frozen');
  expect(said.slice(0, sure).every((one) => one === null)).toBe(true);
  const clock = watch((t) => light((x, y) => (x < 8 && y < 8 ? 100 + t : (street(0).data[y * w + x] ?? 0))), 3 * sure);
  expect(new Set(clock)).toEqual(new Set([null]));
});

test('E10: a single different look takes it back', () => {
  const look = createLook();
  for (let t = 0; t <= sure + 1; t++) look.note(street(0), t * 1000);
  expect(look.note(street(0), (sure + 2) * 1000)).toBe('frozen');
  expect(look.note(street(1), (sure + 3) * 1000)).toBeNull();
  expect(look.note(street(1), (sure + 4) * 1000)).toBeNull();
});

/** What a lens out of focus makes of it: each point the mean of its surroundings. */
const soft = (sharp: Light, r: number): Light =>
  light((x, y) => {
    let [sum, n] = [0, 0];
    for (let v = Math.max(0, y - r); v <= Math.min(h - 1, y + r); v++)
      for (let u = Math.max(0, x - r); u <= Math.min(w - 1, x + r); u++, n++) sum += sharp.data[v * w + u] ?? 0;
    return sum / n;
  });
/** Walls and windows: large differences, fine edges. */
const house = (t: number): Light =>
  light((x, y) => (x < 32 ? 40 : 160) + ((x * 7 + y * 13 + (t % 5)) % 4 < 2 ? 30 : 0) + (t % 3));

test('E10: a lens out of focus is blurred against its own past; dusk and a camera that was never sharp are not', () => {
  const out = watch((t) => (t < 40 ? house(t) : soft(house(t), 4)), 40 + sure + 2);
  expect(out.slice(0, 40 + sure)).toEqual(Array.from({ length: 40 + sure }, () => null));
  expect(out.at(-1)).toBe('blurred');
  const dusk = (t: number): Light => {
    const { data } = house(t);
    return light((x, y) => 20 + (data[y * w + x] ?? 0) * 0.3);
  };
  expect(new Set(watch((t) => (t < 40 ? house(t) : dusk(t)), 70))).toEqual(new Set([null]));
  expect(new Set(watch((t) => soft(house(t), 4), 70))).toEqual(new Set([null]));
});
