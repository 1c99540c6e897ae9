import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { allocator, GLIBC } from './bridge-memory.ts';
import { hasDisplay } from './choose-shell.ts';
import { eventsPerSecond, statusLine } from './health.ts';
import { lockSatisfied } from './install.mjs';
import { lockFolder } from './lock.ts';
import { freeRange, isFree } from './ports.ts';
import { contentHash, whenChanged } from './stamp.ts';
import type { Health } from '../../native-bridge/contract/health.ts';

const temp = (): string => mkdtempSync(join(tmpdir(), 'fengsui-launcher-'));

describe('L6 a build is done again only when its sources changed', () => {
  test('by content: a touch, a test and prose change nothing; a byte does', async () => {
    const root = temp();
    mkdirSync(join(root, 'room/deep'), { recursive: true });
    writeFileSync(join(root, 'room/deep/a.ts'), 'one');
    writeFileSync(join(root, 'lock'), '1');
    const hash = (): string => contentHash(root, ['room'], ['lock']);
    const first = hash();
    writeFileSync(join(root, 'room/deep/a.ts'), 'one');
    writeFileSync(join(root, 'room/a.test.ts'), 'test');
    writeFileSync(join(root, 'room/README.md'), 'prose');
    expect(hash()).toBe(first);
    writeFileSync(join(root, 'room/deep/a.ts'), 'two');
    expect(hash()).not.toBe(first);

    const stamp = join(root, 'dist/room.stamp');
    let builds = 0;
    const build = (): Promise<void> => {
      builds += 1;
      return Promise.resolve();
    };
    expect(await whenChanged(stamp, 'x', build)).toBe(true);
    expect(await whenChanged(stamp, 'x', build)).toBe(false);
    await expect(whenChanged(stamp, 'y', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await whenChanged(stamp, 'y', build)).toBe(true);
    expect(builds).toBe(2);
  });
});

describe('L7 one console per data folder', () => {
  test('a lock of a dead process is taken over; a refusal names the option', () => {
    const folder = temp();
    writeFileSync(join(folder, 'launcher.pid'), '999999999');
    const release = lockFolder(folder);
    expect(readFileSync(join(folder, 'launcher.pid'), 'utf8')).toBe(String(process.pid));
    release();
    writeFileSync(join(folder, 'a-file'), '');
    expect(() => lockFolder(join(folder, 'a-file', 'below'))).toThrow(/option --data: .* cannot be made/);
    expect(() => lockFolder('/proc/1/nowhere')).toThrow(/option --data: .* cannot be made/);
  });
});

const health = (uptimeMs: number, received: number): Health => ({
  version: '0.1.0',
  uptimeMs,
  drill: true,
  feeds: [
    {
      source: 'fire-iot',
      link: 'catching-up',
      epoch: 'e',
      lastSeq: 1,
      received,
      journaled: received,
      duplicates: 0,
      gapsHealed: 0,
      quarantined: 0,
      lagMs: 1,
      skewMs: 0,
      encrypted: true,
      progress: { done: 10, total: 40, etaMs: null },
    },
  ],
  journal: { recording: false, events: received, bytes: 12_345_678 },
  picture: { devices: 1, openAlarms: 7, incidents: 1 },
  viewers: [],
  orders: { waiting: 0, answered: 0 },
});

describe('L8 the status line tells rate, links, alarms and journal', () => {
  test('between two looks', () => {
    expect(statusLine(health(6000, 1600), health(1000, 100))).toBe(
      '300 events/s | fire-iot catching-up 10 of 40 | 7 open alarms | journal 12.3 MB NOT RECORDING',
    );
  });

  test('a bridge that began anew counts from its own start', () => {
    expect(eventsPerSecond(health(1000, 250), health(90_000, 9000))).toBe(250);
    expect(statusLine(undefined, undefined)).toBe('the bridge does not answer');
  });
});

describe('L9 what is installed is judged by the lock file', () => {
  const lock = { packages: { '': {}, a: { version: '1' }, b: { version: '2', optional: true } } };
  test.each([
    [{ packages: { a: { version: '1' } } }, true],
    [{ packages: { a: { version: '1' }, b: { version: '2' } } }, true],
    [{ packages: { a: { version: '0' } } }, false],
    [{ packages: {} }, false],
    [{ packages: { a: { version: '1' }, b: { version: '1' } } }, false],
  ])('%j → %j', (present, good) => {
    expect(lockSatisfied(lock, present)).toBe(good);
  });
});

test('L10 drill ports are free and in a row', async () => {
  const base = await freeRange(8);
  expect(await Promise.all(Array.from({ length: 8 }, (_, i) => isFree(base + i)))).not.toContain(false);
});

test('L11 no display means headless, on Linux', () => {
  expect(hasDisplay({}, 'linux')).toBe(false);
  expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true);
  expect(hasDisplay({}, 'win32')).toBe(true);
});

describe("L21 the bridge's memory is given back", () => {
  test('by jemalloc where the machine has it, by settings of its own allocator where not', () => {
    const place = '/usr/lib/aarch64-linux-gnu/libjemalloc.so.2';
    expect(allocator((file) => file === place)['LD_PRELOAD']).toBe(place);
    expect(allocator(() => false)).toEqual(GLIBC);
  });
});
