import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { manualClock } from '../base/clock.ts';
import { DEFAULT_RIGHTS, type Role, type SeatRecord } from '../contract/access.ts';
import { fileOf, PeopleError, pinFits, readPeople, removePerson, setPerson } from './people.ts';
import { createSeats, SeatRefused } from './seats.ts';

let data = '';
beforeEach(() => void (data = mkdtempSync(join(tmpdir(), 'fengsui-people-'))));
afterEach(() => rmSync(data, { recursive: true, force: true }));

const room = (more: { lockMin?: number; osUser?: string; kept?: Map<string, SeatRecord> } = {}) => {
  const clock = manualClock();
  const seen = more.kept ?? new Map<string, SeatRecord>();
  const audit: string[] = [];
  const troubles: string[] = [];
  const seats = createSeats({
    data,
    access: { rights: DEFAULT_RIGHTS, lockMin: more.lockMin ?? null },
    osUser: more.osUser ?? 'console',
    clock,
    put: (record) => void seen.set(record.id, record),
    kept: (role) => seen.get(role),
    audit: (by, act, detail) => audit.push(`${by} ${act} ${JSON.stringify(detail)}`),
    trouble: (text) => troubles.push(text),
  });
  const say = (position: Role, name: string, args: object = {}) => seats.run(position, { name, args, by: 'wall' });
  const act = (position: Role, name: string) => {
    try {
      const [role, message] = seats.admitted(position, { name, args: {}, by: 'wall' });
      return `${role} ${String(message['by'])}`;
    } catch (error) {
      return error instanceof SeatRefused ? error.code : String(error);
    }
  };
  const idOf = (name: string): string => readPeople(data).find((one) => one.name === name)?.id ?? '';
  const signIn = async (name: string, pin: string, position: Role = 'duty'): Promise<string> => {
    try {
      return JSON.stringify(await say(position, 'signIn', { personId: idOf(name), pin }));
    } catch (error) {
      return error instanceof SeatRefused ? error.code : String(error);
    }
  };
  return { clock, seen, audit, troubles, seats, say, act, signIn };
};

test('X1: the PIN is on disk as a salted hash only, in a file for its user alone; short ones are refused', async () => {
  const a = await setPerson(data, { name: '李值班', role: 'duty', pin: '246810' });
  const b = await setPerson(data, { name: '王值班', role: 'duty', pin: '246810' });
  expect(statSync(fileOf(data)).mode & 0o777).toBe(0o600);
  expect(readFileSync(fileOf(data), 'utf8')).not.toContain('246810');
  expect(a.pin?.hash).not.toBe(b.pin?.hash);
  expect([await pinFits(a, '246810'), await pinFits(a, '246811'), await pinFits(a, '')]).toEqual([true, false, false]);
  await expect(setPerson(data, { name: 'c', role: 'duty', pin: '1234' })).rejects.toThrow(PeopleError);
  await expect(setPerson(data, { name: 'c', role: 'duty' })).rejects.toThrow('--os-user');
  expect(removePerson(data, '王值班')).toBe(true);
  expect(removePerson(data, '王值班')).toBe(false);
  expect(readPeople(data).map(({ name }) => name)).toEqual(['李值班']);
});

test('X2: a damaged list lets nobody act, says what to mend, and mended lets in again', async () => {
  writeFileSync(fileOf(data), '[{"name":"x"}]');
  const { act, troubles, seats, signIn } = room();
  expect(act('duty', 'acknowledge')).toBe('locked');
  expect(troubles[0]).toContain('npm run people');
  rmSync(fileOf(data));
  await setPerson(data, { name: '李值班', role: 'duty', pin: '246810' });
  seats.tick();
  expect(act('duty', 'acknowledge')).toBe('locked');
  expect(await signIn('李值班', '246810')).toBe('{"name":"李值班"}');
  expect(act('duty', 'acknowledge')).toBe('duty 李值班');
});

test('X3: without people the position acts; with them only who has signed in, by that name and with that role', async () => {
  const { act, seats, signIn, seen } = room();
  expect(act('duty', 'shelve')).toBe('duty wall');
  expect(seen.get('duty')).toMatchObject({ by: 'nobody', locked: false });
  await setPerson(data, { name: '李值班', role: 'duty', pin: '246810' });
  await setPerson(data, { name: '前方赵', role: 'field', pin: '135791' });
  seats.tick();
  expect(act('duty', 'acknowledge')).toBe('locked');
  await signIn('前方赵', '135791');
  expect([act('duty', 'acknowledge'), act('duty', 'shelve'), act('duty', 'reveal')]).toEqual([
    'field 前方赵',
    'forbidden',
    'forbidden',
  ]);
  await signIn('李值班', '246810');
  expect(act('duty', 'reveal')).toBe('duty 李值班');
  // Each position has its own; a window that may only look stays one.
  expect([act('leader', 'acknowledge'), act('viewer', 'acknowledge')]).toEqual(['locked', 'forbidden']);
  expect(seen.get('duty')).toMatchObject({ person: { name: '李值班', role: 'duty' }, may: 'all', by: 'pin' });
});

test('X4: it locks by key or after a time without an act, keeps who is there, and never signs out', async () => {
  await setPerson(data, { name: '李值班', role: 'duty', pin: '246810' });
  const { act, clock, seats, signIn, say, seen } = room({ lockMin: 10 });
  await signIn('李值班', '246810');
  await say('duty', 'lock');
  expect(act('duty', 'acknowledge')).toBe('locked');
  expect(seen.get('duty')).toMatchObject({ locked: true, person: { name: '李值班' } });
  await signIn('李值班', '246810');
  clock.advance(9 * 60_000);
  expect(act('duty', 'acknowledge')).toBe('duty 李值班');
  clock.advance(9 * 60_000);
  seats.tick();
  expect(act('duty', 'acknowledge')).toBe('duty 李值班');
  clock.advance(11 * 60_000);
  seats.tick();
  expect(seen.get('duty')).toMatchObject({ locked: true, person: { name: '李值班' } });
});

test('X4: without a PIN that opens it nothing is locked', async () => {
  const { say } = room({ osUser: 'li' });
  await expect(say('duty', 'lock')).rejects.toMatchObject({ code: 'no-pin' });
  await setPerson(data, { name: '李值班', role: 'duty', osUser: 'li' });
  const again = room({ osUser: 'li' });
  expect(again.act('duty', 'acknowledge')).toBe('duty 李值班');
  expect(again.seen.get('duty')).toMatchObject({ by: 'system' });
  expect(room({ osUser: 'somebody' }).act('duty', 'acknowledge')).toBe('locked');
});

test('X5: the sixth try after five wrong PINs waits, also for the right one; the wait doubles', async () => {
  await setPerson(data, { name: '李值班', role: 'duty', pin: '246810' });
  const { clock, signIn, seats, seen } = room();
  for (let i = 0; i < 5; i += 1) expect(await signIn('李值班', '000000')).toBe('wrong-pin');
  expect(await signIn('李值班', '246810')).toBe('wait');
  expect(seen.get('duty')?.triesFrom).toBe(clock.now() + 15_000);
  clock.advance(15_000);
  seats.tick();
  expect(seen.get('duty')?.triesFrom).toBeUndefined();
  expect(await signIn('李值班', '000000')).toBe('wrong-pin');
  expect(seen.get('duty')?.triesFrom).toBe(clock.now() + 30_000);
  clock.advance(30_000);
  expect(await signIn('李值班', '246810')).toBe('{"name":"李值班"}');
});

test('X6: sign-in, wrong PIN, refusal and lock are audited by name, and no PIN is', async () => {
  await setPerson(data, { name: '李值班', role: 'duty', pin: '246810' });
  const { audit, act, signIn, say } = room();
  act('duty', 'acknowledge');
  await signIn('李值班', '135790');
  await signIn('李值班', '246810');
  await say('duty', 'lock');
  expect(audit.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
    'wall acknowledge',
    '李值班 signIn',
    '李值班 signIn',
    '李值班 lock',
  ]);
  expect(audit[1]).toContain('wrong-pin');
  expect(audit.join()).not.toMatch(/246810|135790/);
});

test('X7: a restart keeps who is signed in, and a lock; another PIN asks again', async () => {
  await setPerson(data, { name: '李值班', role: 'duty', pin: '246810' });
  const kept = new Map<string, SeatRecord>();
  const first = room({ kept });
  await first.signIn('李值班', '246810');
  const second = room({ kept });
  expect(second.act('duty', 'acknowledge')).toBe('duty 李值班');
  await second.say('duty', 'lock');
  const third = room({ kept });
  expect(third.act('duty', 'acknowledge')).toBe('locked');
  await third.signIn('李值班', '246810');
  await setPerson(data, { name: '李值班', role: 'duty', pin: '111111' });
  third.seats.tick();
  expect(third.act('duty', 'acknowledge')).toBe('locked');
  removePerson(data, '李值班');
  third.seats.tick();
  // Nobody is left: the console is as it was before there were people.
  expect(third.act('duty', 'acknowledge')).toBe('duty wall');
});
