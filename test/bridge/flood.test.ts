// The flood of the demonstration, played by the real drill player over real sockets to the real bridge: a substation fails, five
// thousand alarms in a minute of the district, and a high-rise burns among them. Twenty times as fast as it happens.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { startBridge, startDrill } from '../../electron/launcher/services.ts';
import { isOpen, type AlarmRecord } from '../../native-bridge/contract/records.ts';
import { alarmRows } from '../../renderer/store/alarm-list.ts';
import { root } from './bridge.ts';
import { Story } from './story.ts';
import { Viewer } from './viewer.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const fail = (why: string): never => {
  throw new Error(why);
};

test('P4 P5 P15 A1: in a flood the strip adds up at every moment, the worst is on top, no fire is hidden, acts are answered, and the log tells it all', async () => {
  const data = mkdtempSync(join(tmpdir(), 'fengsui-flood-'));
  ends.push(() => rmSync(data, { recursive: true, force: true }));
  const services = {
    ...{ root, profile: undefined, data, port: 0, drill: true, speed: 20 },
    scenario: join(root, 'resources/scenarios/flood.yaml'),
    // Nobody dies in a flood.
    onNote: (text: string) => expect.fail(text),
  };
  const drill = await startDrill(services);
  ends.push(() => drill.kept?.stop());
  const bridge = await startBridge(services, drill.profile);
  ends.push(() => bridge.kept.stop());
  const viewer = await Viewer.open(bridge.served.port, bridge.served.token);
  ends.push(() => viewer.close());

  let [strips, wrong] = [0, ''];
  viewer.onPut = (collection, record) => {
    if (collection !== 'strip' || !('received' in record && 'shown' in record)) return;
    const { received, shown, grouped, shelved, duplicates } = record;
    strips += 1;
    if (received !== shown + grouped + shelved + duplicates) wrong ||= JSON.stringify(record);
  };
  const alarms = () => (viewer.world.get('alarm') ?? new Map()) as ReadonlyMap<string, AlarmRecord>;
  const received = (): number => viewer.get('strip', 'strip')?.received ?? 0;
  const story = new Story(viewer);
  let [looks, fires, most, answered] = [0, 0, 0, 0];
  const look = async (): Promise<void> => {
    story.look();
    const open = [...alarms().values()].filter(isOpen);
    const rows = alarmRows(alarms());
    const [top] = rows;
    if (!top) return;
    looks += 1;
    most = Math.max(most, open.length);
    expect(top.alarm.level).toBe(Math.min(...open.map(({ level }) => level)));
    // Every open alarm is on the list or counted under one that is.
    expect(rows.reduce((all, { under }) => all + 1 + under.length, 0)).toBe(open.length);
    const burning = [...alarms().values()].filter(({ type, active }) => type === 'fire' && active);
    fires = Math.max(fires, burning.length);
    const heads = new Set(rows.map(({ alarm }) => alarm.id));
    for (const { id, state, confirmed } of burning) {
      expect(['shelved', 'suppressed', 'out-of-service']).not.toContain(state);
      if (confirmed === undefined) expect(heads.has(id)).toBe(true);
    }
    const next = rows.find(({ alarm }) => alarm.state === 'unacknowledged')?.alarm;
    if (!next) return;
    // A key in the middle of it: answered, and seen by this window, however much arrives meanwhile.
    expect(await viewer.command('acknowledge', { alarmIds: [next.id] }, 'li')).toMatchObject({ ok: true });
    await viewer.until(() => viewer.get('alarm', next.id)?.acknowledged !== undefined, 5000);
    answered += 1;
  };
  const end = Date.now() + 60_000;
  while ((received() < 5000 || fires < 2) && Date.now() < end) {
    await look();
    await new Promise((go) => setTimeout(go, 20));
  }
  await look();
  expect(received()).toBeGreaterThan(5000);
  expect(fires).toBeGreaterThan(1);
  expect(most).toBeGreaterThan(1000);
  expect([wrong, viewer.holes]).toEqual(['', []]);
  expect(Math.min(strips, looks, answered)).toBeGreaterThan(3);
  // The burning tower is one happening of its own; nothing was refused.
  await viewer.until(() =>
    viewer.all('cluster').some(({ kind, level, count }) => kind === 'fire' && level === 1 && count > 1),
  );

  // The burning tower's incident is worked, and afterwards its log tells the whole story in order.
  const burns = () => viewer.all('incident').find(({ kind, alarmIds }) => kind === 'fire' && alarmIds.length > 0);
  await viewer.until(() => burns() !== undefined);
  const incidentId = burns()?.id ?? fail('nothing burns');
  expect(await viewer.command('own', { incidentId, mine: true }, 'li')).toMatchObject({ ok: true });
  const task = { incidentId, department: 'power', action: '断电', dueMinutes: 5 };
  expect(await viewer.command('task', task, 'li')).toMatchObject({ ok: true });
  const told = (kind: string, what: string): boolean =>
    story.lines(incidentId).some((line) => line.kind === kind && line.what === what);
  await viewer.until(
    () => told('order', 'accepted') && told('task', 'received') && told('status', 'dispatched'),
    30_000,
  );
  // What is urgent runs ahead of the line that tells it.
  const untold = (): string[] => viewer.all('incident').flatMap(({ id }) => story.missing(id));
  await viewer.until(() => untold().length === 0).catch(() => expect(untold()).toEqual([]));
  story.look();
  expect(story.altered).toEqual([]);
  // Reported before it was sent to, tasked after it was taken in hand.
  const at = (kind: string, what: string, by?: string, text?: string): number =>
    story
      .lines(incidentId)
      .findIndex(
        (line) => line.kind === kind && line.what === what && line.by === by && (text ?? line.text) === line.text,
      );
  expect(at('status', 'reported')).toBeLessThan(at('status', 'dispatched'));
  expect(at('act', 'taken', 'li')).toBeGreaterThanOrEqual(0);
  expect(at('act', 'taken', 'li')).toBeLessThan(at('order', 'accepted', 'li', 'task'));
  expect(viewer.all('feed').map(({ quarantined }) => quarantined)).toEqual([0, 0, 0, 0]);
}, 120_000);
