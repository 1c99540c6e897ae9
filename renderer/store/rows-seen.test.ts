import { expect, test } from 'vitest';
import { alarmId } from '../../native-bridge/contract/brand.ts';
import { createRowsSeen, REACTION_MS } from './rows-seen.ts';

const [a, b, c] = [alarmId('a'), alarmId('b'), alarmId('c')];
const room = () => {
  const time = { now: 1000 };
  return { time, rows: createRowsSeen(() => time.now) };
};

test('A4: a row that slips under the finger is not chosen for the one that was read', () => {
  const { time, rows } = room();
  rows.drawn([a, b]);
  time.now += REACTION_MS;
  rows.drawn([c, a, b]);
  expect(rows.at(1)).toBe(a);
  expect(rows.at(2)).toBe(b);
  time.now += REACTION_MS;
  expect(rows.at(1)).toBe(c);
  expect(rows.at(2)).toBe(a);
});
test('A4: a place that was empty then means what stands there now; one that never was means nothing', () => {
  const { time, rows } = room();
  expect(rows.at(1)).toBeNull();
  rows.drawn([a]);
  expect(rows.at(1)).toBe(a);
  time.now += REACTION_MS;
  rows.drawn([b, a]);
  expect(rows.at(1)).toBe(a);
  expect(rows.at(2)).toBe(a);
  expect(rows.at(3)).toBeUndefined();
});
test('A4: in a flood that redraws without pause a number means what stood there a reaction ago', () => {
  const { time, rows } = room();
  for (let i = 0; i <= 100; i += 1) {
    rows.drawn([alarmId(`f-${i}`)]);
    time.now += 50;
  }
  // Drawn 300 ms ago: six lists back.
  expect(rows.at(1)).toBe(`f-${100 - REACTION_MS / 50 + 1}`);
});
