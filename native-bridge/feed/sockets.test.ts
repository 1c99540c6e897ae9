import { setTimeout as pause } from 'node:timers/promises';
import { Publisher, Router } from 'zeromq';
import { afterEach, expect, test } from 'vitest';
import { MAX_MESSAGE_BYTES } from '../contract/wire.ts';
import { MOST_WAITING, openLine, type Line } from './sockets.ts';

const closing: { close(): void }[] = [];
afterEach(() => {
  for (const each of closing.splice(0)) each.close();
});

interface Heard {
  line: Line;
  publisher: Publisher;
  router: Router;
  messages: Buffer[][];
  replies: Buffer[][];
}
async function joined(ready: () => boolean = () => true): Promise<Heard> {
  const publisher = new Publisher({ linger: 0, sendHighWaterMark: 10_000 });
  const router = new Router({ linger: 0, sendHighWaterMark: 10_000 });
  await publisher.bind('tcp://127.0.0.1:*');
  await router.bind('tcp://127.0.0.1:*');
  const messages: Buffer[][] = [];
  const replies: Buffer[][] = [];
  const shaken = new Promise<void>((resolve) => publisher.events.on('handshake', () => resolve()));
  let isUp = (): void => undefined;
  const up = new Promise<void>((resolve) => (isUp = resolve));
  const line = openLine({
    events: publisher.lastEndpoint ?? '',
    request: router.lastEndpoint ?? '',
    serverKey: null,
    client: null,
    topics: ['s.'],
    message: (frames) => void messages.push(frames),
    reply: (frames) => void replies.push(frames),
    up: isUp,
    down: () => undefined,
    refused: () => undefined,
    failed: () => undefined,
    ready,
  });
  closing.push(line, publisher, router);
  await Promise.all([up, shaken]);
  await pause(100);
  return { line, publisher, router, messages, replies };
}
const until = async (done: () => boolean): Promise<void> => {
  while (!done()) await pause(5);
};

test('F2: many small messages, then large ones: all come, on both sockets, by the line that stands', async () => {
  const { line, publisher, router, messages, replies } = await joined();
  await line.ask(['1', 'replay', '{}']);
  const [peer = Buffer.alloc(0)] = await router.receive();
  const [small, large] = [Buffer.alloc(100), Buffer.alloc(400_000)];
  for (let i = 0; i < 800; i += 1) {
    const body = i < 600 ? small : large;
    await publisher.send(['s.reading', '{}', body]);
    await router.send([peer, '1', 'chunk', body]);
    if (i % 20 === 0 || i > 600) await until(() => messages.length === i + 1 && replies.length === i + 1);
  }
  await until(() => messages.length === 800 && replies.length === 800);
});

test('F7: while nothing is taken in, what waits weighs no more than 64 MiB a socket', async () => {
  let ready = true;
  const { publisher, messages } = await joined(() => ready);
  const body = Buffer.alloc(MAX_MESSAGE_BYTES - 1000);
  ready = false;
  // The turn that is under way ends within milliseconds, after that nothing is taken.
  for (let i = 0; i < 8; i += 1) await publisher.send(['s.x', '{}', body]);
  await pause(200);
  const taken = messages.length;
  const sent = MOST_WAITING * 3;
  for (let i = 0; i < sent; i += 1) {
    await publisher.send(['s.x', '{}', body]);
    await pause(1);
  }
  await pause(200);
  expect(messages.length).toBe(taken);
  // With the publisher gone only what had come is left.
  publisher.close();
  ready = true;
  let before = -1;
  while (messages.length !== before) {
    before = messages.length;
    await pause(200);
  }
  expect(messages.length - taken).toBeGreaterThan(0);
  // And what the buffers of TCP held on both sides.
  expect(messages.length - taken).toBeLessThan(MOST_WAITING + 20);
});
