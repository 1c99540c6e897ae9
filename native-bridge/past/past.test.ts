import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { manualClock } from '../base/clock.ts';
import { silentLog } from '../base/log.ts';
import { deviceId, eventTime, receiveTime } from '../contract/brand.ts';
import type { DeviceRecord } from '../contract/records.ts';
import { createChangeLog, type ChangeLog } from '../picture/change-log.ts';
import { Chronicle } from './chronicle.ts';
import { Mirror, type Kept, type KeptPuts } from './mirror.ts';
import { createMoment } from './moment.ts';
import { Reading } from './reading.ts';
import { createRecorder } from './recorder.ts';
import { PAST_FILE } from './schema.ts';

const open: (() => void)[] = [];
afterEach(() => {
  for (const end of open.splice(0).reverse()) end();
});
const folder = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'fengsui-past-'));
  open.push(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};
const T0 = 1_700_000_000_000;
const LIMITS = { maxAgeMs: 1e12, maxBytes: 2 ** 40 };
const device = (id: string, value: number): DeviceRecord => ({
  id: deviceId(id),
  kind: 'smoke',
  name: `smoke detector ${id}`,
  state: 'ok',
  worst: 0,
  lon: 120.87,
  lat: 30.03,
  source: 'fire-iot',
  at: eventTime(T0 + value),
  heard: receiveTime(T0 + value),
  values: { value },
});
const contents = (log: ChangeLog): unknown => ({
  device: Object.fromEntries([...log.all('device')].map((one) => [one.id, structuredClone(one)])),
});
const newReading = (file: string): Reading => {
  const reading = new Reading(file);
  open.push(() => reading.close());
  return reading;
};
/** A chronicle written by hand: device `d<i>` has the value of the last step that told it. */
const written = (dir: string, steps: number, each: (step: number) => number[], limits = LIMITS): string => {
  const file = join(dir, PAST_FILE);
  const chronicle = new Chronicle({ file, ...limits });
  const mirror = new Mirror();
  for (let step = 0; step < steps; step++) {
    const puts: KeptPuts = { device: each(step).map((i): Kept => device(`d${i}`, step)) };
    chronicle.step(T0 + step * 1000, mirror.take(puts, {}), mirror);
  }
  chronicle.close();
  return file;
};

test('Z1: whatever came and went, going to any moment in any order shows exactly what was shown then', async () => {
  const file = join(folder(), PAST_FILE);
  const act = fc.oneof(
    fc.record({ t: fc.constant('put' as const), id: fc.integer({ min: 0, max: 12 }), value: fc.nat(5) }),
    fc.record({ t: fc.constant('touch' as const), id: fc.integer({ min: 0, max: 12 }), value: fc.nat(5) }),
    fc.record({ t: fc.constant('bare' as const), id: fc.integer({ min: 0, max: 12 }) }),
    fc.record({ t: fc.constant('remove' as const), id: fc.integer({ min: 0, max: 12 }) }),
  );
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(act, { maxLength: 6 }), { minLength: 2, maxLength: 25 }),
      fc.array(fc.nat(24), { minLength: 3, maxLength: 10 }),
      async (steps, visits) => {
        const mine = `${file}-${run++}`;
        const log = createChangeLog({ tombstones: 4 });
        const mirror = new Mirror();
        const chronicle = new Chronicle({ file: mine, ...LIMITS });
        const shown: unknown[] = [];
        let told = 0;
        for (const [i, acts] of steps.entries()) {
          for (const one of acts) {
            const id = `d${one.id}`;
            if (one.t === 'put') log.put('device', device(id, one.value));
            else if (one.t === 'remove') log.remove('device', id);
            else if (one.t === 'bare') {
              const held = log.get('device', id);
              if (!held) continue;
              const { values: _gone, ...rest } = held;
              log.put('device', rest);
            } else {
              const place = log.find('device', id);
              if (!place?.record) continue;
              place.record.values = { value: one.value };
              log.touch(place);
            }
          }
          const changes = log.since(told);
          const puts = structuredClone(changes?.puts ?? { device: [...log.all('device')] }) as KeptPuts;
          const removes = changes?.removes ?? mirror.others([puts]);
          told = log.clock();
          chronicle.step(T0 + i * 1000, mirror.take(puts, removes), mirror);
          shown.push(contents(log));
        }
        chronicle.close();
        const reading = new Reading(mine);
        const moment = createMoment(reading);
        for (const visit of visits) {
          const step = visit % steps.length;
          expect(moment.go(T0 + step * 1000 + 400)).toEqual({ last: null, damaged: false });
          expect(contents(moment.log)).toEqual(shown[step]);
        }
        reading.close();
      },
    ),
    { numRuns: 25 },
  );
});

test('Z1: bytes come back as bytes, whole and by what differs', () => {
  const file = join(folder(), PAST_FILE);
  const chronicle = new Chronicle({ file, ...LIMITS });
  const mirror = new Mirror();
  const shown = Array.from({ length: 30 }, (_, step) =>
    Uint8Array.from({ length: step < 20 ? 4000 : 3000 }, (_byte, i) =>
      i % 97 === step % 97 || step % 7 === 0 ? step : i % 251,
    ),
  );
  for (const [step, arrival] of shown.entries()) {
    const puts = { cover: [{ id: 'cover', arrival, at: step }] };
    chronicle.step(T0 + step * 1000, mirror.take(puts, {}), mirror);
  }
  chronicle.close();
  const reading = newReading(file);
  const moment = createMoment(reading);
  for (const step of [29, 3, 14, 0, 21, 20, 19, 28]) {
    moment.go(T0 + step * 1000);
    expect(moment.log.get('cover', 'cover')?.arrival).toEqual(shown[step]);
  }
  // Told whole each time it would take some 60 kB.
  expect(reading.bytes()).toBeLessThan(20_000);
});

test('Z1: back through a chapter with many changes the picture is the same as forth', () => {
  const many = Array.from({ length: 5000 }, (_, i) => i);
  const file = written(folder(), 9, (step) => (step === 0 ? many : many.filter((i) => i % 2 === step % 2)));
  const moment = createMoment(newReading(file));
  const values = (): unknown[] => [...moment.log.all('device')].map(({ values: all }) => all?.['value']);
  const forth = [...Array(9).keys()].map((step) => {
    moment.go(T0 + step * 1000);
    return values();
  });
  for (let step = 8; step >= 0; step--) {
    moment.go(T0 + step * 1000);
    expect(values()).toEqual(forth[step]);
  }
});

test('Z1: going to another moment changes only the records that differ', () => {
  const file = written(folder(), 30, (step) => (step === 0 ? [0, 1, 2, 3, 4, 5] : [step % 3]));
  const moment = createMoment(newReading(file));
  moment.go(T0 + 20_000);
  const clock = moment.log.clock();
  moment.go(T0 + 21_000);
  expect(moment.log.since(clock)?.size).toBe(1);
  moment.go(T0 + 19_000);
  expect(
    moment.log
      .since(clock)
      ?.puts.device?.map(({ id }) => id)
      .sort(),
  ).toEqual(['d0', 'd2']);
});

test('Z2: a chapter ends before going to its last moment costs more than its bound', () => {
  const many = Array.from({ length: 5000 }, (_, i) => i);
  const file = written(folder(), 14, () => many);
  const chapters = newReading(file).chapters();
  // 14 steps of 5,000 changes: at most 40,000 of them behind one whole picture.
  expect(chapters.map(({ begun }) => (begun - T0) / 1000)).toEqual([0, 9]);
});

test('Z2 Z8: what a torn write leaves is the step before it, and the time without a console is told', () => {
  const dir = folder();
  const file = written(dir, 10, (step) => [step]);
  const mirror = new Mirror();
  const later = new Chronicle({ file, ...LIMITS });
  later.step(T0 + 60_000, mirror.take({ device: [device('d99', 1)] }, {}), mirror);
  later.close();
  const moment = createMoment(newReading(file));
  expect(moment.spans()).toEqual([
    [T0, T0 + 9000],
    [T0 + 60_000, T0 + 60_000],
  ]);
  expect(moment.go(T0 + 30_000)).toEqual({ last: T0 + 9000, damaged: false });
  expect(moment.log.count('device')).toBe(10);
  moment.go(T0 + 60_000);
  expect([...moment.log.all('device')].map(({ id }) => id)).toEqual(['d99']);
  expect(moment.go(T0 - 1)).toEqual({ last: 0, damaged: false });
  expect(moment.log.count('device')).toBe(0);
});

test('Z3: a damaged page is said; what was sound before it is shown', () => {
  const file = written(folder(), 20, (step) => [step]);
  const db = new Database(file);
  db.prepare('UPDATE page SET data = zeroblob(length(data)) WHERE at = ?').run(T0 + 12_000);
  db.close();
  const moment = createMoment(newReading(file));
  expect(moment.go(T0 + 11_000)).toEqual({ last: null, damaged: false });
  expect(moment.go(T0 + 15_000)).toEqual({ last: null, damaged: true });
  expect(moment.log.count('device')).toBe(12);
});

test('Z4: the oldest chapters go when they are too old or too many', () => {
  const many = Array.from({ length: 6000 }, (_, i) => i);
  const dir = folder();
  const old = newReading(written(dir, 20, () => many, { maxAgeMs: 8_000, maxBytes: 2 ** 40 })).chapters();
  expect(old[0]?.begun).toBeGreaterThan(T0);
  const size = newReading(written(folder(), 12, () => many, { maxAgeMs: 1e12, maxBytes: 20_000 }));
  expect(size.chapters().length).toBe(1);
});

/** The thread that keeps the past has the lowest priority: on a busy machine it may wait for seconds. */
const until = (true_: () => boolean): Promise<void> =>
  expect
    .poll(true_, { timeout: 20_000, interval: 10 })
    .toBe(true)
    .then(() => undefined);
test('Z3 Z5: the recorder goes through its thread; a file that is no database is set aside; nothing throws', async () => {
  const dir = folder();
  const file = join(dir, PAST_FILE);
  writeFileSync(
    file,
    'this is no database, and longer than a header of one so that nobody takes it for an empty file. '.repeat(9),
  );
  const log = createChangeLog();
  const clock = manualClock(T0);
  const recorder = createRecorder({ file, ...LIMITS, picture: log, clock, log: silentLog });
  for (let i = 0; i < 3000; i++) log.put('device', device(`d${i}`, 0));
  recorder.step();
  await until(() => existsSync(file) && readdirSync(dir).some((name) => name.includes('.damaged-')));
  for (let step = 1; step < 4; step++) {
    clock.advance(1000);
    log.put('device', device('d7', step));
    recorder.step();
    await until(() => newReading(file).chapters().at(-1)?.until === T0 + step * 1000);
  }
  await recorder.close();
  const moment = createMoment(newReading(file));
  moment.go(T0 + 2500);
  expect(moment.log.count('device')).toBe(3000);
  expect(moment.log.get('device', 'd7')?.values).toEqual({ value: 2 });
  expect(recorder.trouble()).toBeNull();
});

describe('Z5: a full disk', () => {
  const small = mkdtempSync(join(tmpdir(), 'fengsui-past-small-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', small]).status === 0;
  afterAll(() => {
    if (mounted) spawnSync('umount', ['-l', small]);
    rmSync(small, { recursive: true, force: true });
  });
  test.skipIf(!mounted)('stops the keeping with its reason; with room again it goes on by itself', async () => {
    const file = join(small, PAST_FILE);
    const ballast = join(small, 'ballast');
    const log = createChangeLog();
    const clock = manualClock(T0);
    writeFileSync(ballast, Buffer.alloc(2 ** 20 - 16 * 1024));
    const recorder = createRecorder({ file, ...LIMITS, picture: log, clock, log: silentLog });
    for (let i = 0; i < 3000; i++) log.put('device', device(`d${i}-${Math.random()}`, i));
    recorder.step();
    await until(() => recorder.trouble() !== null);
    expect(recorder.trouble()).toMatch(/SQLITE_FULL|SQLITE_IOERR|SQLITE_CANTOPEN/);
    rmSync(ballast);
    clock.advance(11_000);
    log.put('device', device('late', 1));
    recorder.step();
    await until(() => recorder.trouble() === null);
    await recorder.close();
    const moment = createMoment(newReading(file));
    moment.go(T0 + 11_000);
    expect(moment.log.count('device')).toBe(3001);
  });
});
