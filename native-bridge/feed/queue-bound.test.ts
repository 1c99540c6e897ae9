import { Publisher, Subscriber } from 'zeromq';
import { expect, test } from 'vitest';
import { LEAST, MOST, QUEUE_BYTES, QueueBound } from './queue-bound.ts';

test('F7: large messages lower the number that may wait at once, small ones raise it again', () => {
  const bound = new QueueBound();
  for (let i = 0; i < 1000; i += 1) expect(bound.heard(300)).toBe(false);
  expect(bound.most).toBe(MOST);
  for (let i = 0; i < 30; i += 1) bound.heard(1024 * 1024);
  expect(bound.most * 1024 * 1024).toBeLessThanOrEqual(QUEUE_BYTES * 1.25);
  for (let i = 0; i < 30; i += 1) bound.heard(64 * 1024 * 1024);
  expect(bound.most).toBe(LEAST);
  let changes = 0;
  for (let i = 0; i < 40_000; i += 1) if (bound.heard(300)) changes += 1;
  expect(bound.most).toBeGreaterThan(MOST / 2);
  expect(changes).toBeLessThan(100);
});

test('F7: ZeroMQ takes a lower number for a connection that stands already', async () => {
  const publisher = new Publisher({ linger: 0, sendHighWaterMark: 1 });
  await publisher.bind('tcp://127.0.0.1:*');
  const subscriber = new Subscriber({ linger: 0, receiveHighWaterMark: MOST });
  const joined = new Promise<void>((resolve) => subscriber.events.on('handshake', () => resolve()));
  subscriber.subscribe('');
  subscriber.connect(publisher.lastEndpoint ?? '');
  await joined;
  await new Promise((resolve) => setTimeout(resolve, 200));
  subscriber.receiveHighWaterMark = LEAST;
  const body = Buffer.alloc(1024 * 1024);
  for (let i = 0; i < 100; i += 1) {
    await publisher.send(body);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  // Of a hundred messages only those wait that may; the publisher's own queue dropped the rest.
  await new Promise((resolve) => setTimeout(resolve, 300));
  publisher.close();
  let waited = 0;
  subscriber.receiveTimeout = 300;
  try {
    for (;;) {
      await subscriber.receive();
      waited += 1;
    }
  } catch {
    // Nothing more.
  }
  subscriber.close();
  expect(waited).toBeGreaterThan(0);
  expect(waited).toBeLessThan(60);
});
