// A transmission device of GB/T 26875.3 before the real bridge: what it was confirmed is in the journal after kill -9.
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { COMMANDS, FrameCutter, makeFrame, writeTime } from '../../native-bridge/feed/gb26875/frame.ts';
import { Bridge } from './bridge.ts';
import { Viewer } from './viewer.ts';

const data = mkdtempSync(join(tmpdir(), 'gb26875-'));
let bridge: Bridge | null = null;
let device: Socket | null = null;
afterEach(async () => {
  device?.destroy();
  await bridge?.stop();
  rmSync(data, { recursive: true, force: true });
});

const fire = (serial: number, partAddress: number): Buffer => {
  const time = { year: 2026, month: 11, day: 23, hour: 3, minute: 4, second: 5 };
  const object = Buffer.alloc(46);
  object.set([1, 1, 42], 0);
  object.writeUInt32LE(partAddress, 3);
  object.writeUInt16LE(0b11, 7);
  writeTime(time).copy(object, 40);
  return makeFrame({
    ...{ serial, version: [1, 1], time, source: 0xa1n, destination: 0n, command: COMMANDS.send },
    data: Buffer.concat([Buffer.from([2, 1]), object]),
  });
};

it('F10: fires of a device are on the wall, and each confirmed one is in the journal after kill -9', async () => {
  const port = 21000 + Math.floor(Math.random() * 20000);
  mkdirSync(join(data, 'site'));
  const profile = join(data, 'profile.yaml');
  writeFileSync(
    profile,
    `id: test
files: ${join(data, 'site')}
centre: { lon: 120.87, lat: 30.03 }
feeds:
  - source: transmitters
    kind: gb26875
    listen: tcp://127.0.0.1:${port}
    places:
      - { address: '0000000000a1', name: 一号楼, lon: 120.9, lat: 30.01 }
`,
  );
  bridge = await Bridge.start(profile, data, '--port', '0');
  device = connect(port, '127.0.0.1');
  await once(device, 'connect');
  const confirmed: number[] = [];
  const cutter = new FrameCutter();
  device.on('data', (bytes: Buffer) => {
    for (const cut of cutter.push(bytes))
      if (cut.ok && cut.frame.command === COMMANDS.confirm) confirmed.push(cut.frame.serial);
  });
  for (let i = 1; i <= 50; i += 1) device.write(fire(i, i));
  await expect.poll(() => confirmed.length, { timeout: 20_000 }).toBe(50);
  expect((await bridge.health()).feeds).toMatchObject([{ source: 'transmitters', link: 'live', encrypted: false }]);

  // More on their way while it dies.
  for (let i = 51; i <= 80; i += 1) device.write(fire(i, i));
  await expect.poll(() => confirmed.length, { timeout: 20_000 }).toBeGreaterThan(50);
  await bridge.stop('SIGKILL');
  bridge = await Bridge.start(profile, data, '--port', '0');
  const viewer = await Viewer.open(bridge.ready.port, bridge.ready.token);
  const alarms = viewer.world.get('alarm') ?? new Map();
  for (const serial of confirmed) expect(alarms.has(`gb-0000000000a1-1.1-42.${serial}/fire`), `${serial}`).toBe(true);
  expect(alarms.get('gb-0000000000a1-1.1-42.7/fire')).toMatchObject({
    ...{ type: 'fire', level: 1, state: 'unacknowledged', lon: 120.9, contactLost: true },
  });
  viewer.socket.close();
}, 30_000);
