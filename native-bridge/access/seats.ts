/**
 * The positions of this console: who sits there, what they may do, and the lock.
 *
 * Owns: the `seat` records. Guarantees: X3 while people are set up no act is done for anybody who has not signed in, and what
 *   is done bears the name of who has; X4 nobody is signed out by the console: it locks the acts, the wall goes on; X5 after
 *   five wrong PINs the next try waits, twice as long each time; X6 every sign-in, refusal and lock is audited, no PIN is.
 * Refuses: to hide anything: what is seen does not depend on the lock.
 */
import type { Clock } from '../base/clock.ts';
import { ROLES, type AccessProfile, type Role, type SeatCommands, type SeatRecord } from '../contract/access.ts';
import type { ReceiveTime } from '../contract/brand.ts';
import { PeopleError, pinFits, readPeople, stampOf, type Person } from './people.ts';

const FREE_TRIES = 5;
const FIRST_WAIT_MS = 15_000;
const LONGEST_WAIT_MS = 15 * 60_000;
const MINUTE = 60_000;

/** `code` for programs; the message is for people. */
export class SeatRefused extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'SeatRefused';
    this.code = code;
  }
}

export interface SeatOptions {
  data: string;
  access: AccessProfile;
  /** The operating system's user that runs the console. */
  osUser: string;
  clock: Clock;
  put: (record: SeatRecord) => void;
  /** As kept by the last run. */
  kept: (role: Role) => SeatRecord | undefined;
  audit: (by: string, act: string, detail: Readonly<Record<string, unknown>>) => void;
  trouble: (text: string) => void;
}
export interface Seats {
  /** The role that acts and the command in its name, or why not. @throws {SeatRefused} */
  readonly admitted: (position: Role, message: Record<string, unknown>) => [Role, Record<string, unknown>];
  /** The answer when it is a command of the position itself, else null. */
  readonly run: (position: Role, message: Record<string, unknown>) => Promise<unknown> | null;
  /** Once a second: new people, and the lock after a time without an act. */
  readonly tick: () => void;
}

interface Seat {
  person: Person | null;
  locked: boolean;
  since: ReceiveTime;
  actedAt: number;
  wrong: number;
  triesFrom: number;
}
const allows = (may: 'all' | readonly string[], command: string): boolean => may === 'all' || may.includes(command);

export const createSeats = (options: SeatOptions): Seats => {
  const { data, access, osUser, clock, put, kept, audit, trouble } = options;
  const seats = new Map<Role, Seat>();
  let people: Person[] = [];
  let stamp = -1;
  /** The people cannot be read: then nobody acts (X2). */
  let broken = false;

  const bySystem = (): Person | undefined => people.find((one) => one.osUser === osUser);
  const tell = (role: Role, seat: Seat): void => {
    const { person, locked, since, triesFrom } = seat;
    put({
      id: role,
      ...{ locked, at: since },
      by: people.length === 0 && !broken ? 'nobody' : person?.osUser === osUser ? 'system' : 'pin',
      may: access.rights[person?.role ?? role],
      people: people.filter(({ pin }) => pin !== undefined).map(({ id, name, role: of }) => ({ id, name, role: of })),
      ...(person ? { person: { id: person.id, name: person.name, role: person.role } } : {}),
      ...(triesFrom > clock.now() ? { triesFrom: triesFrom as ReceiveTime } : {}),
    });
  };
  const look = (): void => {
    const now = stampOf(data);
    if (now === stamp) return;
    const first = stamp === -1;
    stamp = now;
    try {
      people = readPeople(data);
      broken = false;
    } catch (error) {
      people = [];
      broken = true;
      trouble(error instanceof PeopleError ? error.message : String(error));
    }
    for (const role of ROLES) {
      const before = seats.get(role);
      const held = before?.person?.id ?? (first ? kept(role)?.person?.id : undefined);
      // Who is no longer on file, or was given another PIN, has to sign in again.
      const person = people.find(({ id }) => id === held) ?? bySystem() ?? null;
      const same = before?.person?.pin?.hash === person?.pin?.hash;
      const last = first ? kept(role) : undefined;
      const fresh = person?.osUser !== osUser;
      const wasLocked = before?.person
        ? before.locked || !same
        : last?.person !== undefined && last.person.id === person?.id
          ? last.locked
          : fresh;
      const locked = broken || (people.length > 0 && (person === null || wasLocked));
      const seat: Seat = {
        ...{ person, locked, since: clock.now(), actedAt: clock.now() },
        ...{ wrong: before?.wrong ?? 0, triesFrom: before?.triesFrom ?? 0 },
      };
      seats.set(role, seat);
      tell(role, seat);
    }
  };
  const seatOf = (role: Role): Seat => {
    look();
    const seat = seats.get(role);
    if (!seat) throw new Error(`no position ${role}`);
    return seat;
  };
  const lock = (role: Role, why: 'key' | 'idle'): void => {
    const seat = seatOf(role);
    if (!people.some(({ pin }) => pin !== undefined))
      throw new SeatRefused('no-pin', 'nobody has a PIN yet: npm run people');
    if (seat.locked) return;
    seat.locked = true;
    seat.since = clock.now();
    audit(seat.person?.name ?? role, 'lock', { position: role, why });
    tell(role, seat);
  };
  const signIn = async (role: Role, personId: string, pin: string): Promise<{ name: string }> => {
    const seat = seatOf(role);
    const now = clock.now();
    if (seat.triesFrom > now) throw new SeatRefused('wait', 'too many wrong PINs: wait');
    const person = people.find(({ id }) => id === personId);
    const refuse = (code: string, text: string): never => {
      seat.wrong += 1;
      const over = seat.wrong - FREE_TRIES;
      if (over >= 0) seat.triesFrom = now + Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(over, 10));
      audit(person?.name ?? role, 'signIn', { position: role, refused: code, wrong: seat.wrong });
      tell(role, seat);
      throw new SeatRefused(code, text);
    };
    // Counted before it is compared: tries side by side gain nothing.
    seat.wrong += 1;
    const fits = person !== undefined && (await pinFits(person, pin));
    seat.wrong -= 1;
    if (!person || !fits) return refuse('wrong-pin', 'the PIN does not fit');
    const before = seat.person?.name;
    Object.assign(seat, { person, locked: false, since: clock.now(), actedAt: clock.now(), wrong: 0, triesFrom: 0 });
    audit(person.name, 'signIn', { position: role, as: person.role, ...(before === undefined ? {} : { before }) });
    tell(role, seat);
    return { name: person.name };
  };
  look();

  return {
    admitted: (position, message) => {
      const command = String(message['name']).slice(0, 64);
      const by = String(message['by']).slice(0, 128);
      const seat = seatOf(position);
      // A window that may only look stays one, whoever sits before it.
      const role = position === 'viewer' ? position : (seat.person?.role ?? position);
      if (!allows(access.rights[role], command)) {
        audit(seat.person?.name ?? by, command, { refused: 'forbidden', position, role });
        throw new SeatRefused('forbidden', `the role ${role} may not ${command}`);
      }
      if (seat.locked) {
        audit(seat.person?.name ?? by, command, { refused: 'locked', position });
        throw new SeatRefused('locked', 'acts are locked: sign in with a PIN');
      }
      seat.actedAt = clock.now();
      return [role, seat.person ? { ...message, by: seat.person.name } : message];
    },
    run: (position, message) => {
      const { name, args } = message;
      if (name !== 'lock' && name !== 'signIn') return null;
      return (async (): Promise<SeatCommands['lock' | 'signIn']['result']> => {
        if (position === 'viewer') throw new SeatRefused('forbidden', 'this window may look, not act');
        if (name === 'lock') {
          lock(position, 'key');
          return {};
        }
        const { personId, pin } = (typeof args === 'object' && args !== null ? args : {}) as Record<string, unknown>;
        if (typeof personId !== 'string' || typeof pin !== 'string' || pin.length > 64)
          throw new SeatRefused('bad-args', 'signIn: personId and pin are needed');
        return signIn(position, personId, pin);
      })();
    },
    tick: () => {
      look();
      const { lockMin } = access;
      for (const [role, seat] of seats) {
        if (seat.triesFrom > 0 && seat.triesFrom <= clock.now()) {
          seat.triesFrom = 0;
          tell(role, seat);
        }
        const idle = lockMin !== null && clock.now() - seat.actedAt > lockMin * MINUTE;
        if (idle && !seat.locked && people.some(({ pin }) => pin !== undefined)) lock(role, 'idle');
      }
    },
  };
};
