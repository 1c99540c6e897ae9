import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Publisher, Router } from 'zeromq';
import { afterEach, expect, test } from 'vitest';
import { openLines, type Lines } from './lines.ts';
import type { Line } from './sockets.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
const until = async (done: () => boolean): Promise<void> => {
  while (!done()) await pause(5);
};

interface Heard {
  line: Line;
  publisher: Publisher;
  router: Router;
  told: string[];
}
async function joined(lines: Lines, ready = (): boolean => true, events?: string): Promise<Heard> {
  const publisher = new Publisher({ linger: 0, sendHighWaterMark: 10_000 });
  const router = new Router({ linger: 0 });
  await publisher.bind('tcp://127.0.0.1:*');
  await router.bind('tcp://127.0.0.1:*');
  closing.push(
    () => publisher.close(),
    () => router.close(),
  );
  const told: string[] = [];
  const line = lines.open({
    events: events ?? publisher.lastEndpoint ?? '',
    request: router.lastEndpoint ?? '',
    ...{ serverKey: null, client: null, topics: ['s.'], ready },
    message: (frames) => void told.push(frames.join(' ')),
    reply: (frames) => void told.push(`reply ${frames.join(' ')}`),
    up: () => void told.push('up'),
    down: () => void told.push('down'),
    refused: () => undefined,
    failed: (why) => void told.push(`failed ${why}`),
  });
  return { line, publisher, router, told };
}
/** A subscriber that is slow to join misses the first ones: repeated until one comes. */
const heard = async ({ publisher, told }: Heard, topic: string): Promise<void> => {
  while (!told.includes(topic)) {
    await publisher.send(topic);
    await pause(10);
  }
};

test('F13: messages and replies of two lines come over from the thread, each to its own, in order', async () => {
  const lines = openLines();
  closing.push(lines.close);
  const [one, two] = [await joined(lines), await joined(lines)];
  await heard(one, 's.a');
  await heard(two, 's.b');
  await until(() => one.told.includes('up'));
  expect(await one.line.ask(['1', 'snapshot', '{}'])).toBe(true);
  const [peer = Buffer.alloc(0), ...asked] = await one.router.receive();
  expect(asked.map(String)).toEqual(['1', 'snapshot', '{}']);
  await one.router.send([peer, '1', 'end', '{}']);
  await until(() => one.told.includes('reply 1 end {}'));
  for (let i = 0; i < 500; i += 1) await one.publisher.send(['s.n', String(i)]);
  await until(() => one.told.includes('s.n 499'));
  expect(one.told.filter((text) => text.startsWith('s.n'))).toEqual(Array.from({ length: 500 }, (_, i) => `s.n ${i}`));
  expect(two.told.filter((text) => text !== 'up' && text !== 's.b')).toEqual([]);
  // Topics can be added, and a line that is closed is silent.
  one.line.subscribe('t.');
  await heard(one, 't.x');
  two.line.close();
  const before = two.told.length;
  await two.publisher.send('s.b');
  await pause(50);
  expect(two.told.length).toBe(before);
});

test('F13: while nothing is taken in, nothing is handed over; then everything is', async () => {
  const lines = openLines();
  closing.push(lines.close);
  let ready = true;
  const one = await joined(lines, () => ready);
  await heard(one, 's.a');
  ready = false;
  const body = Buffer.alloc(200_000);
  for (let i = 0; i < 40; i += 1) await one.publisher.send([`s.${i}`, body]);
  await pause(100);
  expect(one.told.filter((text) => text.startsWith('s.1'))).toEqual([]);
  ready = true;
  await until(() => one.told.some((text) => text.startsWith('s.39')));
  expect(one.told.filter((text) => /^s\.\d/.test(text)).length).toBe(40);
});

test('F13: a thread that dies is begun anew, its lines with their topics too', async () => {
  const lines = openLines();
  closing.push(lines.close);
  const one = await joined(lines);
  one.line.subscribe('t.');
  await heard(one, 't.x');
  // A topic that is none makes the sockets throw.
  const none = JSON.parse('{}') as string;
  one.line.subscribe(none);
  await until(() => one.told.includes('down'));
  expect(await one.line.ask(['1', 'snapshot', '{}'])).toBe(false);
  one.line.unsubscribe(none);
  one.told.length = 0;
  await heard(one, 't.x');
  expect(one.told).toContain('up');
});

test('F8: a line that cannot be opened says so and leaves the others alone', async () => {
  const lines = openLines();
  closing.push(lines.close);
  const one = await joined(lines);
  const none = await joined(lines, () => true, 'nowhere');
  await until(() => none.told.some((text) => text.startsWith('failed')));
  await heard(one, 's.a');
});

test('F9: closing ends the thread, with lines open or none', async () => {
  const lines = openLines();
  const one = await joined(lines);
  await heard(one, 's.a');
  await lines.close();
  await lines.close();
  expect(await one.line.ask(['1', 'snapshot', '{}'])).toBe(false);
  await openLines().close();
});

/** Sockets that hear something, and then the end of the process. */
const ends = (how: string): number | null => {
  const script = `
    import { Publisher, Router } from '${import.meta.resolve('zeromq')}';
    import { openLines } from '${new URL('lines.ts', import.meta.url).href}';
    const [publisher, router] = [new Publisher({ linger: 0 }), new Router({ linger: 0 })];
    await publisher.bind('tcp://127.0.0.1:*');
    await router.bind('tcp://127.0.0.1:*');
    const none = () => undefined;
    let heard = 0;
    openLines().open({
      events: publisher.lastEndpoint, request: router.lastEndpoint, serverKey: null, client: null, topics: ['s.'],
      message: () => void heard++, reply: none, up: none, down: none, refused: none, failed: none, ready: () => true,
    });
    while (heard < 20) {
      await publisher.send(['s.x', '{}']);
      await new Promise(setImmediate);
    }
    ${how};`;
  const folder = mkdtempSync(join(tmpdir(), 'fengsui-lines-'));
  const file = join(folder, 'ends.mjs');
  writeFileSync(file, script);
  const { status } = spawnSync(process.execPath, [file], { timeout: 20_000 });
  rmSync(folder, { recursive: true });
  return status;
};
test('F9: a process that ends with lines open ends with its own code', () => {
  expect(ends('process.exit(3)')).toBe(3);
  expect(ends("throw new Error('a mistake')")).toBe(1);
});
