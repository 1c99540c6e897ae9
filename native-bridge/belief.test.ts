import { expect, test } from 'vitest';
import { createBelief } from './belief.ts';
import type { Observation } from './contract/observation.ts';

const seen = (seq: number): Observation => ({
  ...{ source: 's', stream: 'fire-iot.reading', epoch: 'e', seq, manner: 'live' },
  ...{ heard: 0 as Observation['heard'], events: [] },
});

test('a group is told whole and with its own mark, when it is through and not before', async () => {
  const told: string[] = [];
  const belief = createBelief(1000, (all, mark) => told.push(`${all.map(({ seq }) => seq).join(' ')} @${mark}`));
  belief.add(seen(1), 1);
  belief.add(seen(2), 2);
  belief.add(seen(3), 4);
  belief.through(2);
  await Promise.resolve();
  expect(told).toEqual(['1 2 @2']);
  belief.through(3);
  belief.through(4);
  await Promise.resolve();
  expect(told).toEqual(['1 2 @2', '3 @4']);
  belief.add(seen(4), 5);
  belief.drop();
  belief.through(5);
  await Promise.resolve();
  expect(told.length).toBe(2);
});

test('many groups at once leave the event loop its turn between them, in order; what comes meanwhile waits its turn', async () => {
  const order: string[] = [];
  // Every group takes longer than a slice.
  const belief = createBelief(0, (_all, mark) => order.push(`group ${mark}`));
  for (let i = 1; i <= 3; i++) belief.add(seen(i), i);
  belief.through(1);
  setImmediate(() => order.push('a key'));
  belief.add(seen(4), 4);
  belief.through(2);
  belief.through(3);
  belief.through(4);
  await Promise.resolve();
  expect(belief.behind()).toBe(true);
  expect(belief.behind(60_000)).toBe(false);
  while (belief.behind()) await new Promise(setImmediate);
  expect(order.filter((text) => text !== 'a key')).toEqual(['group 1', 'group 2', 'group 3', 'group 4']);
  expect(order.indexOf('a key')).toBeLessThan(order.indexOf('group 4'));
});
