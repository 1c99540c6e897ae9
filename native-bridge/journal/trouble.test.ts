import { spawnSync } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { receiveTime } from '../contract/brand.ts';
import type { Reject } from '../contract/frame.ts';
import type { Range } from '../base/intervals.ts';
import { exportLines } from './export.ts';
import { Reading } from './reading.ts';
import { repair } from './repair.ts';
import { PAGE_BYTES } from './schema.ts';
import { entry, keep, Trial } from './trial.ts';
import { RecordingOff, type Journal, type StoredOrder } from './types.ts';
import { verify } from './verify.ts';

let trial: Trial;
let dir = '';
beforeEach(() => {
  trial = new Trial();
  dir = trial.dir;
});
afterEach(() => trial.end());
const open = (at = dir): Promise<Journal> => trial.open(at);
const until = async (check: () => boolean): Promise<void> => {
  for (const end = Date.now() + 10_000; !check();) {
    if (Date.now() > end) throw new Error('did not happen in 10 s');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

describe('J6 trouble with the disk', () => {
  test('a file that is no database is set aside with its name told, and recording begins anew', async () => {
    writeFileSync(join(dir, 'fengsui.db'), 'nothing of the kind '.repeat(1000));
    const journal = await open();
    expect(journal.status().recording).toBe(true);
    const aside = readdirSync(dir).find((name) => name.startsWith('fengsui.db.corrupt-'));
    expect(aside).toBeDefined();
    expect(journal.status().reason).toBe(`corrupt-set-aside: ${aside}`);
    expect(await keep(journal, entry(1, 2))).toBe(true);
  });

  test('a damaged file: the feed goes on, and repair saves what can be read', async () => {
    const first = await open();
    for (let seq = 1; seq < 4000; seq += 40) await keep(first, entry(seq, 40));
    await first.close();
    const file = join(dir, 'fengsui.db');
    const damaged = join(dir, 'damaged.db');
    copyFileSync(file, damaged);
    const target = openSync(damaged, 'r+');
    writeSync(target, Buffer.alloc(3000, 0xaa), 0, 3000, Math.floor(statSync(damaged).size / 2));
    closeSync(target);
    for (const name of readdirSync(dir)) if (name.startsWith('fengsui.db')) rmSync(join(dir, name));
    const saved = repair(damaged, file);
    expect(saved.events).toBeGreaterThan(2000);
    expect(saved.events).toBeLessThanOrEqual(4000);
    expect(repair(damaged, file)).toMatchObject({ events: 0 });
    const journal = await open();
    expect(journal.stats().events).toBe(saved.events);
    expect(await keep(journal, entry(10_001, 1))).toBe(true);
  });

  test('J12 damaged pages are passed over by verify and export, each told; a lost first page is not the loss of the rest', async () => {
    const reject: Reject = {
      ...{ source: 's', topic: 's.x', epoch: 'e', seq: 7, reason: 'shape', path: '/ts', detail: 'must be number' },
      ...{ heard: receiveTime(3000), raw: Buffer.from('{}') },
    };
    const journal = await open();
    journal.quarantine([reject]);
    // Bodies that do not compress, so that a segment takes several pages.
    for (let seq = 1; seq <= 40; seq++) {
      const body = Buffer.from(JSON.stringify(Array.from({ length: 3000 }, () => Math.random())));
      await keep(journal, entry(seq, 1, { body }));
    }
    await journal.close();
    const file = join(dir, 'fengsui.db');
    const whole = join(dir, 'whole.db');
    copyFileSync(file, whole);
    const wipe = (at: number, bytes: number): void => {
      const target = openSync(file, 'r+');
      writeSync(target, Buffer.alloc(bytes, 0xaa), 0, bytes, at);
      closeSync(target);
    };
    wipe(Math.floor(statSync(file).size / 2), 60_000);
    const reading = new Reading(file);
    const verdict = verify(reading);
    const told: number[] = [];
    const lines = [
      ...exportLines(reading, { from: 0, to: 1e15, source: null, snapshots: false, damaged: (id) => told.push(id) }),
    ];
    reading.close();
    expect(verdict.sound).toBe(false);
    expect(verdict.damaged.length).toBeGreaterThan(0);
    expect(told.length).toBeGreaterThan(0);
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.length).toBeLessThan(40);
    expect(verdict.logs[0]?.held).toBe(lines.length);
    for (const bytes of [100, PAGE_BYTES]) {
      copyFileSync(whole, file);
      wipe(0, bytes);
      const into = join(dir, `into-${bytes}`, 'saved.db');
      expect(repair(file, into)).toMatchObject({ events: 40, lost: 0 });
      const saved = new Reading(into);
      expect(verify(saved).logs[0]).toMatchObject({ held: 40, gaps: [], doubles: [] });
      expect(saved.db.prepare('SELECT source, seq, reason, path FROM quarantine').all()).toEqual([
        { source: 's', seq: 7, reason: 'shape', path: '/ts' },
      ]);
      saved.close();
    }
  });

  test.each(['before it is opened', 'while it is written'])(
    'damage where the next events go, %s: set aside and told, recording goes on, what it held is asked for again',
    async (when) => {
      const order = { id: 'o-1', record: { status: 'waiting' } } as StoredOrder;
      const early = when === 'before it is opened';
      let journal = await open();
      for (let seq = 1; seq < 4000; seq += 40) await keep(journal, entry(seq, 40));
      await journal.orders.put(order);
      const file = join(dir, 'fengsui.db');
      if (early) await journal.close();
      const db = new Database(file);
      if (!early) db.pragma('wal_checkpoint(TRUNCATE)');
      const root =
        db.prepare<[], number>("SELECT rootpage FROM sqlite_schema WHERE name = 'segment'").pluck().get() ?? 0;
      const size = Number(db.pragma('page_size', { simple: true }));
      // A commit of another connection makes SQLite read its pages again.
      if (!early) db.exec('BEGIN; UPDATE fact SET value = value; COMMIT');
      db.close();
      const target = openSync(file, 'r+');
      writeSync(target, Buffer.alloc(size, 0xaa), 0, size, (root - 1) * size);
      closeSync(target);
      const forgotten: Range[] = [];
      if (early) journal = await open();
      journal.onForgotten((_source, _epoch, ranges) => forgotten.push(...ranges));
      if (!early) await until(() => (void journal.append(entry(9001, 1), [], false), journal.status().reason !== null));
      const aside = readdirSync(dir).find((name) => name.includes('.corrupt-') && !/-(wal|shm)$/.test(name));
      expect(journal.status()).toMatchObject({ recording: true, reason: `corrupt-set-aside: ${aside}` });
      expect(await keep(journal, entry(5001, 10))).toBe(true);
      if (!early) expect(forgotten[0]).toEqual([1, 4000]);
      if (!early) expect(journal.orders.open()).toEqual([order]);
      expect(await keep(journal, entry(1, 4000))).toBe(true);
      expect(journal.stats().events).toBe(early ? 4010 : 4011);
      expect(verify(new Reading(file)).damaged).toEqual([]);
    },
  );

  test('a file that is deleted while it is written: noticed, begun anew, and what it held is asked for again', async () => {
    const order = { id: 'o-1', record: { status: 'waiting' } } as StoredOrder;
    const journal = await open();
    const forgotten: Range[] = [];
    const told: boolean[] = [];
    journal.onForgotten((_source, _epoch, ranges) => forgotten.push(...ranges));
    journal.onStatus(({ recording }) => told.push(recording));
    await keep(journal, entry(1, 40));
    await journal.orders.put(order);
    for (const name of readdirSync(dir)) rmSync(join(dir, name));
    await until(() => forgotten.length > 0);
    expect(told).toEqual([false, true]);
    expect(forgotten).toEqual([[1, 40]]);
    expect(journal.stats().events).toBe(0);
    expect(journal.orders.open()).toEqual([order]);
    expect(await keep(journal, entry(1, 50))).toBe(true);
    expect(journal.stats().events).toBe(50);
    const reading = new Reading(join(dir, 'fengsui.db'));
    expect(verify(reading)).toMatchObject({ sound: true, logs: [{ held: 50 }] });
    reading.close();
  });

  test('a folder that cannot be: nothing is recorded, everything is answered, nothing throws', async () => {
    writeFileSync(join(dir, 'file'), '');
    const journal = await open(join(dir, 'file'));
    expect(journal.status()).toMatchObject({ recording: false, reason: 'unavailable' });
    expect(await keep(journal, entry(1, 2))).toBe(false);
    expect(journal.state.read()).toEqual([]);
    await expect(journal.orders.put({ id: 'o', record: { status: 'waiting' } } as StoredOrder)).rejects.toBeInstanceOf(
      RecordingOff,
    );
  });

  const small = join(tmpdir(), `fengsui-small-${process.pid}`);
  mkdirSync(small, { recursive: true });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', small]).status === 0;
  test.skipIf(!mounted)(
    'a full disk: recording stops with its reason, resumes by itself, and what was missed is named',
    async () => {
      try {
        const journal = await open(small);
        const forgotten: Range[] = [];
        journal.onForgotten((_source, _epoch, ranges) => forgotten.push(...ranges));
        writeFileSync(join(small, 'ballast'), Buffer.alloc(2 * 1024 * 1024));
        let seq = 1;
        // Bytes that do not compress.
        for (; journal.status().recording; seq++) {
          const body = Buffer.from(JSON.stringify(Array.from({ length: 4000 }, () => Math.random())));
          await keep(journal, entry(seq, 1, { body }));
        }
        expect(journal.status().reason).toBe('disk-full');
        expect(await keep(journal, entry(seq, 1))).toBe(false);
        rmSync(join(small, 'ballast'));
        await until(() => journal.status().recording);
        await until(() => forgotten.length > 0);
        expect(forgotten.at(-1)?.[1]).toBe(seq);
        expect(await keep(journal, entry(seq, 1))).toBe(true);
        await journal.close();
        const reading = new Reading(join(small, 'fengsui.db'));
        const verdict = verify(reading);
        reading.close();
        expect(verdict.logs[0]?.gaps.map(({ from, to }) => [from, to])).toEqual(
          forgotten.map(([from, to]) => [from, Math.min(to, seq - 1)]),
        );
        expect(verdict.damaged).toEqual([]);
      } finally {
        rmSync(join(small, 'ballast'), { force: true });
      }
    },
    30_000,
  );
  test.skipIf(!mounted)(
    'a folder that may only be read says so, with a file in it or none; recording begins by itself',
    async () => {
      const folder = join(small, 'read-only');
      const mount = (...how: string[]): void => {
        expect(spawnSync('mount', [...how, folder]).status).toBe(0);
      };
      mkdirSync(folder);
      mount('-t', 'tmpfs', '-o', 'ro', 'tmpfs');
      try {
        const first = await open(folder);
        expect(first.status()).toMatchObject({ recording: false, reason: 'read-only' });
        expect(await keep(first, entry(1, 2))).toBe(false);
        mount('-o', 'remount,rw');
        await until(() => first.status().recording);
        expect(await keep(first, entry(1, 2))).toBe(true);
        await first.close();
        mount('-o', 'remount,ro');
        const second = await open(folder);
        expect(second.status()).toMatchObject({ recording: false, reason: 'read-only' });
        await second.close();
      } finally {
        spawnSync('umount', ['-l', folder]);
      }
    },
  );
  afterAll(() => {
    if (mounted) spawnSync('umount', ['-l', small]);
    rmSync(small, { recursive: true, force: true });
  });
  test.skipIf(mounted)('(no right to mount here: the full disk is not tried)', () =>
    expect(existsSync(small)).toBe(true),
  );
});
