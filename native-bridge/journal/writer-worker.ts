/**
 * The writer: a thread that owns the only writing connection (J1, J2, J6).
 *
 * Owns: the queue of groups, the moment of each commit, what happens when the disk refuses.
 * Guarantees: groups are committed in order, many in one transaction when they have piled up; every group is answered,
 *   recorded or not; with the disk back, recording goes on and what was missed is named.
 * Refuses: to block on anything but the disk.
 */
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { parentPort, receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads';
import { Intervals } from '../base/intervals.ts';
import type { FromWriter, Group, ToWriter, WriterOptions } from './group.ts';
import { Ledger, type LogRanges, type OpenOrder } from './ledger.ts';
import { Retirement } from './retirement.ts';
import { setAside, troubleOf, troubleOpening } from './trouble.ts';

/** One transaction takes at most so much, so that an urgent group waits for no more. */
const MOST_BYTES = 4 * 1024 * 1024;
const RETRY_MS = 2000;
const IDLE_MS = 20;

const options = workerData as WriterOptions;
const port = parentPort as MessagePort;
const say = (message: FromWriter): void => port.postMessage(message);

let ledger: Ledger | null = null;
/** What was in the file when it was opened. */
let known: Omit<Extract<FromWriter, { t: 'open' }>, 't' | 'bytes'> = {
  coverage: [],
  events: {},
  quarantined: [],
  position: 0,
};
let retirement: Retirement | null = null;
let reason: string | null = null;
let retryAt = 0;
/** Which file on the disk it is that was opened. */
let inode: number | null = null;
const groups: Group[] = [];
const others: Exclude<ToWriter, { t: 'group' } | { t: 'close' }>[] = [];
/** Appended but not recorded, by log. */
const missed = new Map<string, { source: string; epoch: string; ranges: Intervals }>();
let closing = false;

const inodeOf = (file: string): number | null => {
  try {
    return statSync(file).ino;
  } catch {
    return null;
  }
};
const size = (): number => {
  let bytes = 0;
  for (const end of ['', '-wal']) {
    try {
      bytes += statSync(options.file + end).size;
    } catch {
      // Not there: nothing to count.
    }
  }
  return bytes;
};

function open(damaged = false): void {
  let aside: string | null = null;
  try {
    if (damaged) aside = setAside(options.file, new Date());
  } catch {
    // The folder refuses too: the file is tried as it is.
  }
  for (let tries = 0; tries < 2; tries++) {
    try {
      mkdirSync(dirname(options.file), { recursive: true, mode: 0o700 });
      const opened = new Ledger(options.file, options.durability);
      ledger = opened;
      inode = inodeOf(options.file);
      // Also a first look at what will be written to: damage there shows now.
      known = { coverage: opened.coverage(), ...opened.totals() };
      retirement = new Retirement(ledger.db, options);
      reason = aside === null ? null : `corrupt-set-aside: ${aside}`;
      say({ t: 'status', recording: true, reason });
      return;
    } catch (error) {
      ledger?.db.close();
      ledger = null;
      const trouble = troubleOpening(error, options.file);
      if (trouble === 'corrupt' && tries === 0) {
        try {
          aside = setAside(options.file, new Date());
          continue;
        } catch {
          // The folder refuses too.
        }
      }
      retryAt = Date.now() + RETRY_MS;
      if (reason !== trouble) say({ t: 'status', recording: false, reason: trouble });
      reason = trouble;
      return;
    }
  }
}

/** The disk refused in the middle of work: close, and open anew now (damaged) or later. */
function refused(error: unknown): void {
  const trouble = troubleOf(error);
  const lost = trouble === 'corrupt' ? (ledger?.held() ?? []) : [];
  const orders = trouble === 'corrupt' ? (ledger?.openOrders() ?? []) : [];
  try {
    ledger?.db.close();
  } catch {
    // A connection that cannot even close is left to the garbage.
  }
  ledger = null;
  retirement = null;
  if (trouble === 'corrupt') return begin(lost, orders, true);
  reason = trouble;
  retryAt = Date.now() + RETRY_MS;
  say({ t: 'status', recording: false, reason: trouble });
}
/**
 * A file that turned out damaged while it was written is set aside, also when it would still open: half of it cannot be
 * trusted with the other half. What nobody has answered goes into the new one, what it held is asked for again.
 */
function begin(lost: LogRanges[], orders: OpenOrder[], damaged: boolean): void {
  open(damaged);
  if (ledger === null) return;
  try {
    for (const order of orders) ledger.keepOrder(order);
  } catch (error) {
    return refused(error);
  }
  say({ t: 'begun', events: known.events });
  if (lost.length > 0) say({ t: 'forgotten', logs: lost });
}

/** The file was deleted or replaced under our hands: what is written now would be nowhere. */
function lookForFile(): void {
  if (ledger === null || inodeOf(options.file) === inode) return;
  const lost = ledger.held();
  const orders = ledger.openOrders();
  try {
    ledger.db.close();
  } catch {
    // There is nothing to close any more.
  }
  ledger = null;
  retirement = null;
  say({ t: 'status', recording: false, reason: 'unavailable' });
  reason = 'unavailable';
  begin(lost, orders, false);
}

function miss(group: Group): void {
  for (const { source, epoch, held } of group.parts) {
    const key = `${source}\n${epoch}`;
    const entry = missed.get(key) ?? { source, epoch, ranges: new Intervals() };
    for (const [from, to] of held) entry.ranges.add(from, to);
    missed.set(key, entry);
  }
}

function commit(batch: Group[]): void {
  const positions = batch.map(({ position }) => position);
  let recorded = false;
  let events: Record<string, number> = {};
  for (let tries = 0; tries < 3 && ledger !== null && !recorded; tries++) {
    try {
      events = ledger.commit(batch);
      recorded = true;
    } catch (error) {
      if (troubleOf(error) === 'busy' && tries < 2) ledger.reload();
      else refused(error);
    }
  }
  if (!recorded) batch.forEach(miss);
  const bytes = batch.reduce((sum, group) => sum + group.parts.reduce((n, part) => n + part.length, 0), 0);
  say({ t: 'committed', positions, recorded, bytes, events });
}

function other(message: (typeof others)[number]): void {
  if (message.t === 'order') {
    let why = reason ?? 'unavailable';
    try {
      if (ledger !== null) {
        ledger.order(message.put);
        return say({ t: 'order', ticket: message.put.ticket, reason: null });
      }
    } catch (error) {
      why = troubleOf(error);
      refused(error);
    }
    return say({ t: 'order', ticket: message.put.ticket, reason: why });
  }
  if (ledger === null) return;
  try {
    if (message.t === 'state') ledger.put(message.put);
    else if (message.t === 'audit') ledger.audit(message.put);
    else {
      // Never wait for readers here: the next time will do.
      ledger.db.pragma('busy_timeout = 0');
      ledger.db.pragma('wal_checkpoint(RESTART)');
      ledger.db.pragma('busy_timeout = 2000');
    }
  } catch (error) {
    refused(error);
  }
}

function take(message: ToWriter): void {
  if (message.t === 'group') groups.push(message.group);
  else if (message.t === 'close') closing = true;
  else others.push(message);
}

function work(): void {
  for (;;) {
    for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port))
      take(next.message as ToWriter);
    if (ledger === null && Date.now() >= retryAt && !closing) reopen();
    if (groups.length > 0) {
      const batch: Group[] = [];
      for (let bytes = 0; groups.length > 0 && bytes < MOST_BYTES;) {
        const group = groups.shift() as Group;
        bytes += group.parts.reduce((n, part) => n + part.length, 0);
        batch.push(group);
      }
      commit(batch);
    } else if (others.length > 0) other(others.shift() as (typeof others)[number]);
    else break;
  }
  if (closing) close();
}

function reopen(): void {
  open();
  if (ledger === null || missed.size === 0) return;
  say({
    t: 'forgotten',
    logs: [...missed.values()].map(({ source, epoch, ranges }) => ({ source, epoch, ranges: [...ranges] })),
  });
  missed.clear();
}

function close(): void {
  try {
    ledger?.db.close();
  } catch {
    // What was acknowledged is safe in the log of the file.
  }
  say({ t: 'closed' });
  clearInterval(idle);
  port.close();
}

open();
say({ t: 'open', ...known, bytes: size() });
let idleTurn = 0;
/** In the pauses: retirement in small steps, the size now and then, a refused disk tried again. */
const idle = setInterval(() => {
  if (ledger === null && Date.now() >= retryAt) reopen();
  if (++idleTurn % 50 === 0) {
    lookForFile();
    say({ t: 'size', bytes: size() });
  }
  if (ledger === null || groups.length > 0) return;
  try {
    retirement?.step(Date.now());
  } catch (error) {
    refused(error);
  }
}, IDLE_MS);
port.on('message', (message: ToWriter) => {
  take(message);
  work();
});
