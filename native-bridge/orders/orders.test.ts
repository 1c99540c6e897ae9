import { expect, test } from 'vitest';
import { manualClock } from '../base/clock.ts';
import { silentLog } from '../base/log.ts';
import type { OrderRecord } from '../contract/records.ts';
import type { WireOrder } from '../contract/wire.ts';
import { CommandRefused, createCommands, type ActsHere } from './commands.ts';
import { createOrderDesk, RETRY_FIRST_MS, type Answer, type KeptOrder, type OrderShelf } from './desk.ts';

/** A shelf that survives its desk, as the journal survives the bridge. */
const createShelf = () => {
  const kept = new Map<string, KeptOrder>();
  const steps: string[] = [];
  let refuse = false;
  const write = (word: string) => async (order: KeptOrder) => {
    await Promise.resolve();
    if (refuse) throw new Error('disk-full');
    kept.set(order.id, structuredClone(order));
    steps.push(`${word} ${order.record.type} ${order.record.status}`);
  };
  const isOpen = ({ record }: KeptOrder): boolean => record.status === 'waiting' || record.status === 'sent';
  const shelf: OrderShelf = {
    put: write('put'),
    update: write('update'),
    open: () => structuredClone([...kept.values()].filter(isOpen)),
    recent: (limit) => structuredClone([...kept.values()].reverse().slice(0, limit)),
  };
  return { shelf, steps, kept, refuse: (now: boolean) => (refuse = now) };
};
/** An upstream that acts once per id, and may be out of reach. */
const createUpstream = (steps: string[]) => {
  const acted: string[] = [];
  let reachable = true;
  let deaf = false;
  const command = async (_source: string, order: WireOrder): Promise<Answer> => {
    await Promise.resolve();
    if (!reachable) throw new Error('lost');
    steps.push(`heard ${order.type}`);
    const again = acted.includes(order.orderId);
    if (!again) acted.push(order.orderId);
    if (deaf) throw new Error('no answer');
    return order.type === 'bad'
      ? { status: 'rejected', reason: 'no such thing' }
      : { status: again ? 'duplicate' : 'accepted' };
  };
  return { command, acted, reach: (now: boolean) => (reachable = now), answer: (now: boolean) => (deaf = !now) };
};
const settle = async (): Promise<void> => {
  for (let i = 0; i < 40; i += 1) await Promise.resolve();
};
const setUp = () => {
  const clock = manualClock();
  const disk = createShelf();
  const upstream = createUpstream(disk.steps);
  const told: OrderRecord[] = [];
  const open = () =>
    createOrderDesk({
      shelf: disk.shelf,
      command: upstream.command,
      clock,
      log: silentLog,
      basedOn: () => ({ epoch: 'e1', seq: 7, at: clock.now() }),
      onChange: (record) => told.push(record),
    });
  const draft = (type: string, lifetime: number | null = null) => ({
    source: 'fire-iot',
    type,
    target: 't',
    args: {},
    by: 'li',
    lifetime,
  });
  const statuses = () => [...disk.kept.values()].map(({ record }) => [record.type, record.status]);
  return { clock, disk, upstream, told, open, draft, statuses };
};

test('O1: kept before it is sent and before the operator is answered', async () => {
  const { disk, open, draft, told } = setUp();
  const desk = open();
  const id = await desk.give(draft('a'));
  expect(disk.steps[0]).toBe('put a waiting');
  await settle();
  expect(disk.steps).toEqual(['put a waiting', 'heard a', 'update a accepted']);
  expect(told.map(({ status }) => status)).toEqual(['waiting', 'sent', 'accepted']);
  expect(disk.kept.get(id)?.wire.basedOn).toMatchObject({ epoch: 'e1', seq: 7 });
  expect(desk.counts()).toEqual({ waiting: 0, answered: 1 });
});

test('O1: when the disk refuses it is sent all the same, and says that it is not recorded', async () => {
  const { disk, upstream, open, draft, told } = setUp();
  disk.refuse(true);
  await open().give(draft('a'));
  await settle();
  expect(upstream.acted).toHaveLength(1);
  expect(told[0]?.reason).toBe('not-recorded');
  expect(told.at(-1)).toMatchObject({ status: 'accepted' });
});

test('O2: in the order given, also when the first needs several tries; a rejected one does not hold up the rest', async () => {
  const { clock, disk, upstream, open, draft, statuses } = setUp();
  upstream.reach(false);
  const desk = open();
  await Promise.all([desk.give(draft('bad')), desk.give(draft('b')), desk.give(draft('c'))]);
  await settle();
  expect(desk.counts().waiting).toBe(3);
  upstream.reach(true);
  clock.advance(RETRY_FIRST_MS);
  await settle();
  expect(disk.steps.filter((step) => step.startsWith('heard'))).toEqual(['heard bad', 'heard b', 'heard c']);
  expect(statuses()).toEqual([
    ['bad', 'rejected'],
    ['b', 'accepted'],
    ['c', 'accepted'],
  ]);
});

test('O3: an answer that got lost is asked for again with the same id; upstream acted once', async () => {
  const { clock, upstream, open, draft, statuses } = setUp();
  upstream.answer(false);
  await open().give(draft('a'));
  await settle();
  upstream.answer(true);
  clock.advance(RETRY_FIRST_MS);
  await settle();
  expect(upstream.acted).toHaveLength(1);
  expect(statuses()).toEqual([['a', 'duplicate']]);
});

test('O3: waits between tries grow, and end at once when the link is there again', async () => {
  const { clock, disk, upstream, open, draft } = setUp();
  upstream.answer(false);
  const desk = open();
  await desk.give(draft('a'));
  await settle();
  const heard = () => disk.steps.filter((step) => step.startsWith('heard')).length;
  for (const [wait, tries] of [
    [1000, 2],
    [1000, 2],
    [1000, 3],
    [4000, 4],
  ] as const) {
    clock.advance(wait);
    await settle();
    expect(heard()).toBe(tries);
  }
  desk.reachable('fire-iot');
  await settle();
  expect(heard()).toBe(5);
});

test('O4: what expires is never sent late, is shown as expired and lets the next one pass', async () => {
  const { clock, upstream, open, draft, statuses, told } = setUp();
  upstream.reach(false);
  const desk = open();
  await desk.give(draft('hold', 60_000));
  await desk.give(draft('after'));
  await settle();
  clock.advance(60_001);
  await settle();
  upstream.reach(true);
  clock.advance(60_000);
  await settle();
  expect(statuses()).toEqual([
    ['hold', 'expired'],
    ['after', 'accepted'],
  ]);
  expect(upstream.acted).toHaveLength(1);
  expect(told.some(({ type, status }) => type === 'hold' && status === 'expired')).toBe(true);
});

test('O5: killed at any step between key and answer, each order is delivered once and in order', async () => {
  for (let steps = 0; steps < 30; steps += 1) {
    const { clock, upstream, open, draft, statuses } = setUp();
    const first = open();
    void first.give(draft('a'));
    void first.give(draft('b'));
    for (let i = 0; i < steps; i += 1) await Promise.resolve();
    const before = statuses().length;
    first.stop();
    await settle();
    const second = open();
    second.restore();
    await settle();
    clock.advance(RETRY_FIRST_MS * 4);
    await settle();
    expect(statuses().length).toBeGreaterThanOrEqual(before);
    expect(statuses().every(([, status]) => status === 'accepted' || status === 'duplicate')).toBe(true);
    expect(upstream.acted).toHaveLength(statuses().length);
  }
});

const acts = (said: string[]): ActsHere => ({
  acknowledge: (ids) => (said.push(`ack ${ids.join()}`), ids),
  confirm: (id, verdict) => void said.push(`confirm ${id} ${verdict}`),
  shelve: () => 99,
  unshelve: () => undefined,
  verdict: () => void said.push('verdict'),
  askDoor: (elevator) => void said.push(`door ${elevator}`),
  needAlarm: (id) => {
    if (id.startsWith('no')) throw new CommandRefused('unknown-alarm', id);
    return { heard: 1000 };
  },
  needBuilding: () => undefined,
  needElevator: () => undefined,
  needIncident: () => undefined,
  ...{ needTask: () => undefined, needUnits: () => undefined, tick: () => undefined, own: () => undefined },
  suspend: (id, reason) => void said.push(`suspend ${id} ${reason ?? 'no'}`),
  closeRoads: () => 0,
  outOfService: (id, reason) => said.push(`out ${id} ${reason}`),
  inService: () => 0,
  merge: (into, from) => void said.push(`merge ${into} ${from}`),
  split: () => 'c-own',
  ...{ linkReport: () => undefined, draw: () => 's-1', erase: () => undefined },
  personalOf: (id) => (said.push(`look ${id}`), { caller: '王先生' }),
  handover: ({ as, name }) => (said.push(`${as} ${name}`), 'h-1'),
});
const room = () => {
  const { clock, disk, upstream, open } = setUp();
  const said: string[] = [];
  const audit: string[] = [];
  const details: string[] = [];
  const commands = createCommands({
    acts: acts(said),
    desk: open(),
    clock,
    sources: new Set(['fire-iot']),
    audit: (by, act, { refused, ...detail }) => {
      audit.push(`${by} ${act}${typeof refused === 'string' ? ` ✗ ${refused}` : ''}`);
      details.push(JSON.stringify(detail));
    },
  });
  return { commands, said, audit, details, disk, upstream };
};

test('O6: an act is kept, then believed, then audited; one that is refused leaves nothing behind', async () => {
  const { commands, said, audit, disk } = room();
  await expect(
    commands.run('duty', { name: 'acknowledge', args: { alarmIds: ['a', 'b'] }, by: 'li' }),
  ).resolves.toMatchObject({ acknowledged: 2 });
  expect([said, audit, disk.steps[0]]).toEqual([['ack a,b'], ['li acknowledge'], 'put acknowledge waiting']);
  const refused = [
    ['unknown-alarm', { name: 'confirm', args: { alarmId: 'no', verdict: 'true' }, by: 'li' }],
    ['bad-args', { name: 'confirm', args: { alarmId: 'a', verdict: 'maybe' }, by: 'li' }],
    ['unknown-command', { name: 'constructor', args: {}, by: 'li' }],
    ['bad-message', { name: 'confirm' }],
    ['no-feed', { name: 'dispatch', args: { incidentId: 'i', unitIds: ['u'] }, by: 'li' }],
  ] as const;
  for (const [code, message] of refused) await expect(commands.run('duty', message)).rejects.toMatchObject({ code });
  await expect(commands.run('viewer', { name: 'unshelve', args: { alarmId: 'a' }, by: 'x' })).rejects.toMatchObject({
    code: 'forbidden',
  });
  // What was tried and could not be is on record too, from the moment it was understood.
  expect(audit).toEqual(['li acknowledge', 'li confirm ✗ unknown-alarm', 'li dispatch ✗ no-feed']);
  expect(said).toHaveLength(1);
  expect(disk.steps.filter((step) => step.startsWith('put'))).toHaveLength(1);
});

test('O5: after a restart an acknowledged alarm is acknowledged, one that rose again since is not', () => {
  const { commands, said } = room();
  const record = {
    id: 'o',
    source: 'fire-iot',
    type: 'acknowledge',
    target: 'a',
    by: 'li',
    status: 'accepted',
    tries: 1,
  };
  const wire = {
    orderId: 'o',
    type: 'acknowledge',
    target: 'a',
    args: { alarmIds: ['a'] },
    by: 'li',
    at: 0,
    basedOn: { epoch: '', seq: 0, at: 0 },
  };
  commands.again({ ...record, at: 2000 } as OrderRecord, wire);
  commands.again({ ...record, at: 500 } as OrderRecord, wire);
  expect(said).toEqual(['ack a']);
});

test('O6: acts of the desk alone are audited and send nothing', async () => {
  const { commands, said, audit, disk } = room();
  const run = (name: string, args: object): Promise<unknown> => commands.run('duty', { name, args, by: 'li' });
  await run('outOfService', { deviceId: 'd', reason: '维修' });
  await run('merge', { into: 'c-1', from: 'c-2' });
  const signed = { as: 'outgoing', name: '李', note: '', mutedUntil: 0 };
  await expect(run('handover', signed)).resolves.toEqual({ id: 'h-1' });
  await expect(run('handover', { ...signed, as: 'both' })).rejects.toMatchObject({ code: 'bad-args' });
  expect(said).toEqual(['out d 维修', 'merge c-1 c-2', 'outgoing 李']);
  expect(audit).toEqual(['li outOfService', 'li merge', 'li handover']);
  expect(disk.steps).toEqual([]);
});

test('O6: a look at personal data is audited by name, and what was seen is not in the audit', async () => {
  const { commands, said, audit, details } = room();
  const looked = await commands.run('duty', { name: 'reveal', args: { incidentId: 'i-1' }, by: 'li' });
  expect(looked).toEqual({ caller: '王先生' });
  expect([said, audit, details]).toEqual([['look i-1'], ['li reveal'], ['{"args":{"incidentId":"i-1"}}']]);
});
