import { expect, test } from 'vitest';
import { buildingId, receiveTime } from '../contract/brand.ts';
import type { Observation } from '../contract/observation.ts';
import type { Saved } from './change-log.ts';
import { createFlush } from './flush.ts';
import { alarm, device, newPicture, observed, reading, T0 } from './given.ts';
import { memoryOf } from './kept.ts';
import type { Picture } from './picture.ts';

test('P8: what was kept and the events since make the same picture, whenever the process died', () => {
  const kept = new Map<string, Saved>();
  let mark = 0;
  const history: Observation[] = [];
  const picture = newPicture();
  const put = (changes: readonly Saved[], at?: number): void => {
    for (const change of changes) kept.set(`${change.collection}/${change.id}`, structuredClone(change));
    mark = at ?? mark;
  };
  const flush = createFlush({ log: picture.log, memory: picture.memory, put, start: 0 });
  const registry = Array.from({ length: 30 }, (_, i) => device(`k-${i}`, { buildingId: buildingId(`b-${i % 3}`) }));
  history.push(observed('fire-iot.device', registry, T0));
  picture.observe(history);
  flush.applied(1);
  flush.all();
  const view = (of: Picture) =>
    (['device', 'alarm', 'tally', 'strip', 'mark', 'incident'] as const).map(
      (c) => new Map([...of.log.all(c)].map((r) => [r.id, { ...r }])),
    );
  for (let i = 0; i < 200; i += 1) {
    const at = T0 + i * 1000;
    const on = `k-${(i * 7) % 30}`;
    const next =
      i % 3 === 0
        ? observed('fire-iot.reading', [reading(on, at, { battery: i })], at)
        : observed(
            'fire-iot.alarm',
            [alarm(`a${i % 17}`, on, i % 2 ? 'fire' : 'fault', at, { state: i % 5 ? 'raised' : 'cleared' })],
            at,
          );
    history.push(next);
    picture.observe([next]);
    flush.applied(history.length);
    // A round takes several slices: the bulk lags behind the core.
    if (i % 3 === 1) flush.slice(1);
    if (i % 20 !== 19) continue;
    const again = newPicture();
    const rows = structuredClone([...kept.values()]);
    again.restore(rows, receiveTime(at));
    const core = memoryOf(rows).position;
    expect(core).toBeGreaterThanOrEqual(mark);
    again.observe(history.slice(mark), 'bulk');
    again.observe(history.slice(core), 'core');
    again.tick(receiveTime(at));
    expect(view(again)).toEqual(view(picture));
  }
  expect(mark).toBeGreaterThan(1);
  expect(mark).toBeLessThan(history.length);
});

test('P8: what could not be written while the disk refused is written when it is back, whether it changes again or not', () => {
  const kept = new Map<string, Saved>();
  let refuses = false;
  const picture = newPicture();
  const put = (changes: readonly Saved[]): void => {
    if (refuses) return;
    for (const change of changes) kept.set(`${change.collection}/${change.id}`, structuredClone(change));
  };
  const flush = createFlush({ log: picture.log, memory: picture.memory, put, start: 0 });
  picture.observe([observed('fire-iot.device', [device('k-1'), device('k-2')], T0)]);
  flush.applied(1);
  flush.all();
  refuses = true;
  picture.observe([observed('fire-iot.alarm', [alarm('a-1', 'k-1', 'fire', T0 + 1000)], T0 + 1000)]);
  picture.observe([observed('fire-iot.reading', [reading('k-2', T0 + 2000, { battery: 7 })], T0 + 2000)]);
  flush.applied(3);
  flush.all();
  refuses = false;
  flush.again();
  flush.all();
  const again = newPicture();
  again.restore(structuredClone([...kept.values()]), receiveTime(T0 + 3000));
  for (const collection of ['device', 'alarm'] as const)
    expect([...again.log.all(collection)].map(({ id }) => id)).toEqual(
      [...picture.log.all(collection)].map(({ id }) => id),
    );
  expect(again.log.get('device', 'k-2')).toEqual(picture.log.get('device', 'k-2'));
  expect([...again.log.all('alarm')]).toHaveLength(1);
});

test('P9: 100,000 readings of 50,000 devices cost microseconds each, not tens', () => {
  const many = newPicture();
  many.observe([
    observed(
      'fire-iot.device',
      Array.from({ length: 50_000 }, (_, i) => device(`m-${i}`)),
      T0,
      'snapshot',
      'e1',
    ),
  ]);
  const batches = Array.from({ length: 1000 }, (_, b) =>
    observed(
      'fire-iot.reading',
      Array.from({ length: 100 }, (_, i) =>
        reading(`m-${(b * 100 + i * 37) % 50_000}`, T0 + b, { obscuration: b, battery: 90 }),
      ),
      T0 + b,
    ),
  );
  const began = performance.now();
  for (const batch of batches) many.observe([batch]);
  expect((performance.now() - began) / 100_000).toBeLessThan(0.03);
});
