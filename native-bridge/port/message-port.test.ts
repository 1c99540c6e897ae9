import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { manualClock } from '../base/clock.ts';
import { silentLog } from '../base/log.ts';
import type { SiteCard } from '../contract/port.ts';
import { createHub } from './hub.ts';
import { openMessagePorts, type ParentPort, type ShellPort } from './message-port.ts';
import { pack, unpack } from './packing.ts';

class FakePort extends EventEmitter implements ShellPort {
  readonly sent: unknown[] = [];
  started = false;
  postMessage(message: unknown): void {
    this.sent.push(message);
  }
  start(): void {
    this.started = true;
  }
  close(): void {
    this.emit('close');
  }
}
class FakeParent extends EventEmitter implements ParentPort {
  postMessage(): void {
    throw new Error('nothing is said to the parent here');
  }
}
const site: SiteCard = {
  id: 's',
  name: { zh: 's', en: 's' },
  synthetic: true,
  locale: 'zh',
  timezone: 'Asia/Shanghai',
  centre: { lon: 1, lat: 2 },
  viewing: { distance: 8, pixelPitch: 1.5 },
  siteUrl: '/site',
  cityUrl: null,
  windows: [],
  departments: [],
  thresholds: {},
};

test('the same protocol over MessagePorts: bytes of their own, one viewer a port, anything else closes it', async () => {
  const frames: { frame: (header: never, data: Uint8Array) => boolean }[] = [];
  const hub = createHub({
    picture: {
      clock: () => 5,
      since: () => ({ clock: 5, puts: {}, removes: {}, size: 0 }),
      swiftSince: () => null,
      all: () => [],
    },
    relay: { join: (sink) => (frames.push(sink as never), { cameras: () => undefined, leave: () => undefined }) },
    clock: manualClock(),
    log: silentLog,
    version: '1',
    run: 'r',
    drill: false,
    site,
    command: () => Promise.resolve({}),
  });
  const parent = new FakeParent();
  openMessagePorts(parent, hub.join);
  const [one, two] = [new FakePort(), new FakePort()];
  parent.emit('message', { data: null, ports: [one, two] });
  expect([one.started, two.started]).toEqual([true, true]);
  one.emit('message', { data: new Uint8Array(pack({ t: 'hello', version: 1, role: 'duty', window: 'w' } as never)) });
  await new Promise(setImmediate);
  const said = one.sent.map((bytes) => {
    if (!(bytes instanceof Uint8Array)) throw new Error('not bytes');
    // A view into a shared buffer would carry all of it to the other process.
    expect(bytes.buffer.byteLength).toBe(bytes.byteLength);
    return unpack(bytes)?.['t'];
  });
  expect(said).toEqual(['welcome', 'wipe']);
  expect(hub.viewers()).toEqual([{ role: 'duty', clock: 0, behind: 5 }]);
  const big = new Uint8Array(600_000);
  expect(frames[0]?.frame({} as never, big)).toBe(true);
  expect(frames[0]?.frame({ fseq: 2 } as never, big)).toBe(true);
  expect(frames[0]?.frame({ fseq: 3 } as never, big)).toBe(false);
  one.emit('message', { data: new Uint8Array(pack({ t: 'ack', clock: 5 } as never)) });
  expect(frames[0]?.frame({ fseq: 4 } as never, big)).toBe(true);
  one.emit('message', { data: 'text' });
  two.emit('close');
  expect(hub.viewers()).toEqual([]);
  hub.close();
});
