/** F10: transmission devices of GB/T 26875.3-2011, on real TCP. */
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { systemClock } from '../../base/clock.ts';
import { silentLog } from '../../base/log.ts';
import type { Frame, Reject } from '../../contract/frame.ts';
import type { Feed } from '../feed.ts';
import { instantOf } from './events.ts';
import { COMMANDS, FrameCutter, makeFrame, writeTime, type GbFrame, type WallTime } from './frame.ts';
import { readObjects } from './objects.ts';
import { openTransmitters } from './transmitters.ts';

const at: WallTime = { year: 2026, month: 11, day: 23, hour: 3, minute: 4, second: 5 };
/** `3号楼5层烟感` in GB18030, padded to the 31 bytes of the standard. */
const description = Buffer.concat([Buffer.from('33bac5c2a535b2e3d1ccb8d0', 'hex'), Buffer.alloc(31 - 12)]);
const part = (status: number, partAddress = 7): Buffer => {
  const head = Buffer.alloc(9);
  head.writeUInt8(1, 0);
  head.writeUInt8(1, 1);
  head.writeUInt8(42, 2);
  head.writeUInt32LE(partAddress, 3);
  head.writeUInt16LE(status, 7);
  return Buffer.concat([head, description, writeTime(at)]);
};
const send = (data: Buffer, serial = 1): GbFrame => ({
  ...{ serial, version: [1, 1], time: at, source: 0x0102030405n, destination: 0n, command: COMMANDS.send, data },
});
const parts = (...objects: Buffer[]): Buffer => Buffer.concat([Buffer.from([2, objects.length]), ...objects]);
const NORMAL = 0b1;
const FIRE = 0b11;
const TEST_FIRE = 0b10;

describe('F10: frames of GB/T 26875.3-2011', () => {
  it('are laid out as the standard has them, little-endian, with their sum', () => {
    const bytes = makeFrame(send(Buffer.from([0xaa]), 0x0102));
    expect(bytes.toString('hex')).toBe(
      `4040 0201 0101 050403170b1a 050403020100 000000000000 0100 02 aa ${((2 + 1 + 1 + 1 + 5 + 4 + 3 + 23 + 11 + 26 + 15 + 1 + 2 + 0xaa) & 255).toString(16).padStart(2, '0')} 2323`.replaceAll(
        ' ',
        '',
      ),
    );
  });
  it('are found once each however the stream is cut, and noise between them is told', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 6 })), {
          minLength: 1,
          maxLength: 8,
        }),
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }),
        (messages, cuts) => {
          // Noise that could begin a frame is another story.
          const noise = messages.map(([, n]) => Buffer.from(n.map((b) => (b === 0x40 ? 0x41 : b))));
          const frames = messages.map(([data], i) => makeFrame(send(Buffer.from(data), i)));
          const stream = Buffer.concat(frames.flatMap((frame, i) => [noise[i] ?? Buffer.alloc(0), frame]));
          const cutter = new FrameCutter();
          const found: number[] = [];
          let stray = 0;
          for (let from = 0, i = 0; from < stream.length; i += 1) {
            const to = Math.min(stream.length, from + (cuts[i % cuts.length] ?? 1));
            for (const cut of cutter.push(stream.subarray(from, to))) {
              if (cut.ok) found.push(cut.frame.serial);
              else stray += cut.bytes.length;
            }
            from = to;
          }
          expect(found).toEqual(frames.map((_, i) => i));
          expect(stray).toBe(noise.reduce((sum, { length }) => sum + length, 0));
        },
      ),
    );
  });
  it('whose start was damaged do not swallow the next one', () => {
    const good = makeFrame(send(parts(part(NORMAL)), 2));
    const cutter = new FrameCutter();
    const long = Buffer.from(makeFrame(send(Buffer.alloc(10), 1)));
    long.writeUInt16LE(5000, 24);
    const found = cutter.push(Buffer.concat([long, good])).filter((cut) => cut.ok);
    expect(found).toHaveLength(1);
  });
});

describe('F10: what a device says', () => {
  it('times without zone are Asia/Shanghai', () => {
    expect(instantOf(at)).toBe(Date.UTC(2026, 10, 22, 19, 4, 5));
    expect(instantOf({ ...at, month: 2, day: 30 })).toBeNull();
    expect(instantOf({ ...at, month: 0 })).toBeNull();
  });
  it('descriptions are GB18030; a length that does not fit is told', () => {
    const read = readObjects(parts(part(FIRE)));
    expect(read).toMatchObject({ ok: true, objects: [{ part: 42, partAddress: 7, description: '3号楼5层烟感' }] });
    expect(readObjects(parts(part(FIRE)).subarray(0, 20))).toMatchObject({ ok: false });
    expect(readObjects(Buffer.from([77, 1, 0]))).toMatchObject({
      ok: false,
      reason: 'type flag 77 is not one of 1, 2, 3, 21',
    });
  });
});

describe('F10: on the line', () => {
  let feed: Feed | null = null;
  let socket: Socket | null = null;
  const frames: Frame[] = [];
  const rejects: Reject[] = [];
  const answers: GbFrame[] = [];
  const nothing = (): void => undefined;

  const start = async (): Promise<Socket> => {
    frames.length = rejects.length = answers.length = 0;
    const port = 20000 + Math.floor(Math.random() * 20000);
    const places = [{ address: '000102030405', name: '一号楼', lon: 120.9, lat: 30, buildingId: 'b-1' }];
    feed = openTransmitters(
      { source: 'fire-gb', kind: 'gb26875', listen: `tcp://127.0.0.1:${port}`, crs: 'wgs84', places, insecure: false },
      {
        ...{ data: '', memory: [], clock: systemClock, log: silentLog },
        ...{ deliver: (frame) => frames.push(frame), refuse: nothing, reject: (reject) => rejects.push(reject) },
        ...{ gone: nothing, snapshot: nothing, video: nothing, ready: () => true },
      },
    );
    const cutter = new FrameCutter();
    for (let tries = 0; ; tries += 1) {
      try {
        socket = await new Promise<Socket>((resolve, reject) => {
          const made = connect(port, '127.0.0.1', () => resolve(made));
          made.on('error', reject);
        });
        break;
      } catch (error) {
        if (tries > 50) throw error;
        await new Promise((go) => setTimeout(go, 20));
      }
    }
    socket.on('data', (bytes: Buffer) => {
      for (const cut of cutter.push(bytes)) if (cut.ok) answers.push(cut.frame);
    });
    return socket;
  };
  afterEach(() => {
    socket?.destroy();
    feed?.close();
  });
  const events = (topic: string): Record<string, unknown>[] =>
    frames
      .filter((frame) => frame.topic === topic)
      .flatMap(({ body }) => JSON.parse(Buffer.from(body).toString()) as Record<string, unknown>[]);
  const until = (is: () => boolean): Promise<void> =>
    expect.poll(is, { timeout: 20_000, interval: 10 }).toBe(true).then(nothing);

  it('a fire is registered, raised, and confirmed only when the journal has it', async () => {
    const line = await start();
    line.write(makeFrame(send(parts(part(FIRE)), 9)));
    await until(() => events('fire-iot.alarm').length > 0);
    expect(events('fire-iot.device')[0]).toMatchObject({
      kind: 'smoke',
      name: '一号楼 3号楼5层烟感',
      buildingId: 'b-1',
      lon: 120.9,
    });
    expect(events('fire-iot.alarm')[0]).toMatchObject({ type: 'fire', level: 1, state: 'raised', ts: instantOf(at) });
    const last = frames.at(-1);
    expect(frames.map(({ from, to }) => [from, to])).toEqual([
      [1, 1],
      [2, 3],
    ]);
    await new Promise((go) => setTimeout(go, 50));
    expect(answers).toEqual([]);
    feed?.kept?.(last?.epoch ?? '', last?.to ?? 0);
    await until(() => answers.length === 1);
    expect(answers[0]).toMatchObject({ serial: 9, command: COMMANDS.confirm, destination: 0x0102030405n });
  });
  it('what is sent again is confirmed again and counted once', async () => {
    const line = await start();
    const bytes = makeFrame(send(parts(part(FIRE)), 3));
    line.write(bytes);
    await until(() => events('fire-iot.alarm').length > 0);
    line.write(bytes);
    await until(() => frames.length === 4);
    const last = frames.at(-1);
    feed?.kept?.(last?.epoch ?? '', last?.to ?? 0);
    line.write(bytes);
    await until(() => answers.length >= 2);
    // Counted as received and as doubles: device, fire and fault, each time it came again.
    const doubles = frames.filter(({ manner }) => manner === 'duplicate');
    expect(frames.length - doubles.length).toBe(2);
    expect(doubles.map(({ from, to }) => [from, to])).toEqual([
      [1, 1],
      [2, 3],
      [1, 1],
      [2, 3],
    ]);
  });
  it('status bit 0 unset is a test: marked, and no urgent alarm', async () => {
    const line = await start();
    line.write(makeFrame(send(parts(part(TEST_FIRE, 8)))));
    await until(() => events('fire-iot.alarm').length > 0);
    expect(events('fire-iot.alarm')[0]).toMatchObject({ type: 'fire', level: 4, state: 'raised', test: true });
    expect(events('fire-iot.device')[0]).toMatchObject({ state: 'test' });
  });
  it('a damaged frame is denied and quarantined; the line goes on', async () => {
    const line = await start();
    const bad = makeFrame(send(parts(part(FIRE)), 4));
    bad.writeUInt8((bad.readUInt8(30) + 1) & 255, 30);
    line.write(
      Buffer.concat([bad, makeFrame(send(Buffer.from([77, 1, 0]), 5)), makeFrame(send(parts(part(NORMAL)), 6))]),
    );
    await until(() => answers.length >= 2 && frames.length > 0);
    expect(answers.map(({ serial, command }) => [serial, command])).toEqual([
      [4, COMMANDS.deny],
      [5, COMMANDS.deny],
    ]);
    expect(rejects.map(({ reason }) => reason)).toEqual(['frames', 'shape']);
    expect(feed?.condition().link).toBe('live');
  });
});
