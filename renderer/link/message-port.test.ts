import { MessageChannel } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { HERE_IS_PORT, messagePortTransport, WANT_PORT } from './message-port.ts';

/** As much of a window as the transport touches. */
class Page extends EventTarget {
  location = { origin: 'app://fengsui' };
  asked: unknown[] = [];
  postMessage(data: unknown): void {
    this.asked.push(data);
  }
  hand(source: unknown, data: unknown, ports: MessagePort[]): void {
    this.dispatchEvent(Object.assign(new Event('message'), { source, data, ports }));
  }
}

test('L1: the page asks its shell for a port, takes one from itself only, and bytes go both ways', async () => {
  const page = new Page();
  const { port1, port2 } = new MessageChannel();
  const seen: string[] = [];
  const got = Promise.withResolvers<Uint8Array>();
  const connection = messagePortTransport(page as never)({
    opened: () => seen.push('opened'),
    message: got.resolve,
    closed: (why) => seen.push(why),
  });
  expect(page.asked).toEqual([WANT_PORT]);
  page.hand({}, HERE_IS_PORT, [port1 as never]);
  expect(seen).toEqual([]);
  page.hand(page, HERE_IS_PORT, [port1 as never]);
  expect(seen).toEqual(['opened']);
  const heard = new Promise<unknown>((done) => port2.once('message', done));
  connection.send(new Uint8Array([7]));
  expect(await heard).toEqual(new Uint8Array([7]));
  port2.postMessage(new Uint8Array([8]));
  expect([...(await got.promise)]).toEqual([8]);
  connection.close();
  connection.close();
  expect(seen).toEqual(['opened', 'closed here']);
});
