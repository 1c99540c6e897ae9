/**
 * The flood strip and the hourly tallies: how many alarms there were, and where each of them went.
 *
 * Owns: the `strip` record and the `tally` records.
 * Guarantees: received = shown + grouped + shelved + duplicates, because each alarm gives and takes back all its parts
 *   at once; a flood begins and ends by the profile's figures (ISA-18.2).
 * Refuses: to count an alarm whose raising was never heard.
 */
import type { AlarmId } from '../contract/brand.ts';
import { isOpen, type AlarmRecord, type StripRecord } from '../contract/records.ts';
import type { AlarmType } from '../contract/wire.ts';
import { isAside, OUT_OF_SERVICE, risesOf } from './alarm-state.ts';
import { DAY, HOUR, MINUTE, type Desk } from './desk.ts';

/** House rule: the duty day begins at eight in the morning, local time. */
export const SHIFT_STARTS_HOUR = 8;
const FLOOD_WINDOW_MS = 10 * MINUTE;
/** Times kept across a restart; a flood is one long before. */
const MOST_KEPT = 1000;

interface Part {
  grouped: number;
  shelved: number;
  shown: number;
  duplicates: number;
  /** Of `shelved`. */
  suppressed: number;
  outOfService: number;
}
const nothing = (): Part => ({ grouped: 0, shelved: 0, shown: 0, duplicates: 0, suppressed: 0, outOfService: 0 });

/** The start of the shift that `now` is in, ms UTC. */
export const shiftStart = (now: number, utcOffsetHours: number): number => {
  const ahead = (utcOffsetHours - SHIFT_STARTS_HOUR) * HOUR;
  return Math.floor((now + ahead) / DAY) * DAY - ahead;
};

export interface Strip {
  /** After each change of an alarm; `null` when it has left the picture. */
  readonly count: (id: AlarmId, record: AlarmRecord | null) => void;
  /** A raising that is news to the officer. */
  readonly announce: (type: AlarmType, at: number, heard: number) => void;
  /** Writes the record when it has changed; at the turn of a shift counts anew. */
  readonly settle: (now: number) => void;
  /** When news was heard in the last ten minutes, by our own clock: what a restart must know to go on counting. */
  readonly announced: () => readonly number[];
  readonly restore: (now: number, announced: readonly number[]) => void;
}

export const createStrip = ({ log, limits }: Desk): Strip => {
  const parts = new Map<AlarmId, Part>();
  const sum = nothing();
  let announced: number[] = [];
  let flood = false;
  let start = 0;
  let written = '';

  const add = (part: Part, sign: 1 | -1): void => {
    sum.grouped += sign * part.grouped;
    sum.shelved += sign * part.shelved;
    sum.shown += sign * part.shown;
    sum.duplicates += sign * part.duplicates;
    sum.suppressed += sign * part.suppressed;
    sum.outOfService += sign * part.outOfService;
  };
  const partOf = (record: AlarmRecord): Part | null => {
    const rises = risesOf(record);
    if (rises === 0) return null;
    if (!isOpen(record) && !isAside(record) && (record.lastAt ?? record.at) < start) return null;
    const part = nothing();
    const news = rises - record.repeats;
    part.duplicates = record.repeats;
    if (isAside(record) || record.suppressedBy !== undefined) {
      part.shelved = news;
      if (record.suppressedBy === OUT_OF_SERVICE) part.outOfService = news;
      else if (record.suppressedBy !== undefined) part.suppressed = news;
    } else if (record.groupedUnder !== undefined) part.grouped = news;
    else part.shown = news;
    return part;
  };
  const count = (id: AlarmId, record: AlarmRecord | null): void => {
    const held = parts.get(id);
    // One that left the picture within the shift stays counted where it last was.
    if (record === null) return;
    if (held) add(held, -1);
    const part = partOf(record);
    if (part) {
      add(part, 1);
      parts.set(id, part);
    } else parts.delete(id);
  };
  const recount = (): void => {
    parts.clear();
    Object.assign(sum, nothing());
    for (const record of log.all('alarm')) count(record.id, record);
  };
  const turn = (now: number): void => {
    const begins = shiftStart(now, limits.utcOffsetHours);
    if (begins === start) return;
    start = begins;
    recount();
    for (const tally of [...log.all('tally')]) if (tally.hour < now - DAY) log.remove('tally', tally.id);
  };

  return {
    count,
    announce: (type, at, heard) => {
      announced.push(heard);
      const hour = Math.floor(at / HOUR) * HOUR;
      const id = `${hour}/${type}`;
      log.put('tally', { id, hour, type, count: (log.get('tally', id)?.count ?? 0) + 1 });
    },
    settle: (now) => {
      turn(now);
      const from = now - FLOOD_WINDOW_MS;
      if (announced[0] !== undefined && announced[0] < from) announced = announced.filter((heard) => heard >= from);
      const lastTenMinutes = announced.length;
      flood = flood ? lastTenMinutes >= limits.floodEnds : lastTenMinutes > limits.floodBegins;
      const record: StripRecord = {
        id: 'strip',
        received: sum.shown + sum.grouped + sum.shelved + sum.duplicates,
        ...sum,
        flood,
        lastTenMinutes,
      };
      const text = JSON.stringify(record);
      if (text === written) return;
      written = text;
      log.put('strip', record);
    },
    announced: () => announced.slice(-MOST_KEPT),
    restore: (now, before) => {
      start = shiftStart(now, limits.utcOffsetHours);
      recount();
      announced = [...before];
    },
  };
};
