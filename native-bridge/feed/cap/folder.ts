/**
 * A feed of CAP alerts from a watched folder (F11).
 *
 * Owns: `taking/`, `done/` and `refused/` in that folder, and the numbering of its warnings as one log for ever.
 * Guarantees: a file is taken when it has stopped growing, bears its numbers in its name while it is taken, and is done
 *   only when the journal has it, so that it counts once whatever dies in between; a bad one is quarantined with its
 *   reason and moved aside. Refuses: anything but plain files named *.xml.
 */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
  type Stats,
} from 'node:fs';
import { join } from 'node:path';
import { receiveTime } from '../../contract/brand.ts';
import { QUARANTINE_RAW_BYTES, type Frame, type RejectReason } from '../../contract/frame.ts';
import type { FolderProfile } from '../../contract/site-feeds.ts';
import type { Feed, FeedDeps } from '../feed.ts';
import { MOST_BYTES, readAlert } from './alert.ts';
import { meaningOf } from './warning.ts';

const LOOK_MS = 1000;
/** Files a look: a folder full of them must not hold up the others. */
const MOST_AT_ONCE = 64;
const EPOCH = 'cap';
const TOPIC = 'situation.warning';
/** `<first number>.<count>.<name>` */
const TAKEN = /^(\d{1,15})\.(\d{1,3})\.(.+)$/;

interface Taken {
  frame: Frame;
  name: string;
}
const sameAs = (a: Stats | undefined, b: Stats): boolean =>
  a !== undefined && a.size === b.size && a.mtimeMs === b.mtimeMs && a.ino === b.ino;

export function openFolder(profile: FolderProfile, deps: FeedDeps): Feed {
  const { source, folder } = profile;
  const { clock, log } = deps;
  const taking = join(folder, 'taking');
  const done = join(folder, 'done');
  const refused = join(folder, 'refused');
  const held = [...(deps.memory.find(({ epoch }) => epoch === EPOCH)?.held ?? [])];
  let seq = held.reduce((top, [, to]) => Math.max(top, to), 0);
  let lastHeard = 0;
  let ready = false;
  let trouble = '';
  let looked = new Map<string, Stats>();
  /** By first number. */
  const pending = new Map<number, Taken>();

  const finish = ({ frame: { from, n }, name }: Taken): void => {
    try {
      renameSync(join(taking, `${String(from)}.${String(n)}.${name}`), join(done, `${String(from)}.${name}`));
    } catch (error) {
      log.warn({ source, name, why: String(error) }, 'a file that is done could not be moved');
    }
  };
  /** What the last run left: done when the journal has it, else as if it had just come. */
  const prepare = (): void => {
    // Not the folder itself: a share that is not mounted is trouble to be shown.
    for (const made of [taking, done, refused]) if (!existsSync(made)) mkdirSync(made);
    for (const file of readdirSync(taking)) {
      const [, first = '', , name = ''] = TAKEN.exec(file) ?? [];
      const number = Number(first);
      if (name === '') continue;
      const kept = held.some(([from, to]) => number >= from && number <= to);
      renameSync(join(taking, file), kept ? join(done, `${first}.${name}`) : join(folder, name));
    }
    ready = true;
  };
  const refuse = (name: string, bytes: Uint8Array, reason: RejectReason, path: string, detail: string): void => {
    const now = clock.now();
    const aside = join(refused, `${String(now)}.${name}`);
    renameSync(join(folder, name), aside);
    writeFileSync(`${aside}.reason.txt`, `${reason} ${path} ${detail}\n`);
    const raw = bytes.slice(0, QUARANTINE_RAW_BYTES);
    deps.reject({ source, topic: TOPIC, epoch: null, seq: null, reason, path, detail, heard: receiveTime(now), raw });
  };
  const take = (name: string, size: number): void => {
    if (size > MOST_BYTES) return refuse(name, new Uint8Array(), 'too-large', '', `${String(size)} bytes`);
    const bytes = readFileSync(join(folder, name));
    const read = readAlert(bytes);
    if (!read.ok) return refuse(name, bytes, read.reason, '', read.detail);
    const heard = receiveTime(clock.now());
    const meaning = meaningOf(read.alert, heard);
    if (!meaning.ok) return refuse(name, bytes, 'shape', meaning.path, meaning.detail);
    const n = meaning.events.length;
    const from = seq + 1;
    renameSync(join(folder, name), join(taking, `${String(from)}.${String(n)}.${name}`));
    seq += n;
    const body = Buffer.from(JSON.stringify(meaning.events));
    const ts = meaning.events[0]?.ts ?? heard;
    const frame: Frame = {
      source,
      epoch: EPOCH,
      topic: TOPIC,
      seq: from,
      n,
      from,
      to: seq,
      ts,
      heard,
      manner: 'live',
      body,
    };
    pending.set(from, { frame, name });
    deps.deliver(frame);
  };
  const look = (): void => {
    if (!deps.ready()) return;
    try {
      if (!ready) prepare();
      const now = new Map<string, Stats>();
      let left = MOST_AT_ONCE;
      for (const name of readdirSync(folder).sort()) {
        if (!/^[^.].*\.xml$/i.test(name) || Buffer.byteLength(name) > 200) continue;
        const stats = lstatSync(join(folder, name));
        if (!stats.isFile()) continue;
        now.set(name, stats);
        // A file still being written is left alone until two looks find it the same.
        if (!sameAs(looked.get(name), stats) || left-- <= 0) continue;
        take(name, stats.size);
        now.delete(name);
      }
      looked = now;
      lastHeard = clock.now();
      trouble = '';
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      if (why !== trouble) log.error({ source, folder, why }, 'cannot look into the folder of warnings');
      trouble = why;
    }
  };
  look();
  const stop = clock.every(LOOK_MS, look);

  return {
    source,
    // Nothing leaves the machine.
    encrypted: true,
    condition: () => ({
      link: trouble === '' && ready ? 'live' : 'lost',
      ...{ lastHeard, epoch: EPOCH, lastSeq: seq, gapsHealed: 0, lagMs: 0, skewMs: 0, progress: null },
    }),
    kept(epoch, to) {
      if (epoch !== EPOCH) return;
      for (const [from, taken] of pending) {
        if (taken.frame.to > to) continue;
        pending.delete(from);
        finish(taken);
      }
    },
    /** What the disk refused is kept again. */
    forget(epoch, ranges) {
      if (epoch !== EPOCH) return;
      for (const { frame } of pending.values())
        if (ranges.some(([from, to]) => frame.from <= to && frame.to >= from)) deps.deliver(frame);
    },
    command: () => Promise.resolve({ status: 'rejected', reason: 'a folder of warnings takes no orders' }),
    keyframe: () => undefined,
    watchCameras: () => undefined,
    broken: () => undefined,
    close: stop,
  };
}
