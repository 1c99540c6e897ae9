// The promises of native-bridge/gateway/README.md on real processes, real sockets, and a real RTSP server.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CameraId } from '../../native-bridge/contract/brand.ts';
import { Bridge } from '../bridge/bridge.ts';
import { Viewer } from '../bridge/viewer.ts';
import { expectClean, once1 } from './clean.ts';
import { Console, GatewayProcess, until, type Picture } from './process.ts';
import { RtspServer, serverMissing } from './rtsp-server.ts';

const missing = serverMissing();
if (missing !== null) console.warn(`skipped, no RTSP server: ${missing}`);
const SECRET = 'geheim%21wort';

const hasSets = ({ unit }: Picture): boolean => {
  const [sps, pps] = [unit.indexOf('0000000167', 0, 'hex'), unit.indexOf('0000000168', 0, 'hex')];
  return (
    (sps >= 0 || unit.indexOf('0000000127', 0, 'hex') >= 0) && (pps >= 0 || unit.indexOf('0000000128', 0, 'hex') >= 0)
  );
};
const secondsOf = (pictures: readonly Picture[]): number =>
  ((pictures.at(-1)?.header.pts ?? 0) - (pictures[0]?.header.pts ?? 0)) / 1000;

describe.skipIf(missing !== null)('cameras of a real RTSP server', () => {
  let server: RtspServer;
  let gateway: GatewayProcess;
  let viewing: Console;
  const open: { close(): unknown }[] = [];

  beforeAll(async () => {
    server = await RtspServer.start(0, 'plain', 'sdp-only', 'b-frames', 'h265', 'resize', 'cam=plain');
    const camera = (id: string, path: string, more = ''): string =>
      `  - { id: ${id}, url: 'rtsp://admin:${SECRET}@127.0.0.1:${server.port}/${path}'${more} }`;
    gateway = await GatewayProcess.start(
      [
        camera('plain', 'plain', ', sub: { height: 120, fps: 5, kbps: 100 }, still: true'),
        camera('sdp', 'sdp-only'),
        camera('b', 'b-frames'),
        camera('b-refused', 'b-frames', ', unfit: refuse'),
        camera('h265', 'h265'),
        camera('h265-refused', 'h265', ', unfit: refuse'),
        camera('resize', 'resize'),
        camera('nowhere', 'nowhere'),
      ].join('\n'),
    );
    viewing = new Console(gateway.ready);
    viewing.watch(...gateway.ready.cameras);
    await until(
      'every camera shows 30 pictures, the resized one both sizes',
      () =>
        ['plain', 'plain~sub', 'sdp', 'b', 'h265', 'resize'].every((id) => viewing.of(id).length >= 30) &&
        viewing.of('plain~still').length >= 4 &&
        new Set(viewing.of('resize').map(({ header }) => header.w)).size === 2,
      40_000,
    );
  });
  afterAll(async () => {
    viewing.close();
    for (const thing of open) await thing.close();
    await gateway.close();
    await server.kill();
  });

  test('G1 G2: H.264 is passed on, also when the sender repeats parameter sets between slices', () => {
    expect(gateway.about('plain', 'starting')).toMatchObject([{ how: 'copy' }]);
    expectClean(viewing.of('plain'));
    expect(viewing.of('plain')[0]?.header).toMatchObject({ v: 1, w: 320, h: 240, codec: 'avc1.42C00C' });
    expect(viewing.beats).toBeGreaterThan(2);
  });

  test('G2: parameter sets that stand only in the SDP are before every key frame', () => {
    expect(gateway.about('sdp', 'starting')).toMatchObject([{ how: 'copy' }]);
    expectClean(viewing.of('sdp'));
    const keys = viewing.of('sdp').filter(({ header }) => header.key);
    expect(keys.length).toBeGreaterThan(1);
    expect(keys.every(hasSets)).toBe(true);
  });

  test('G3: the capture times keep the camera’s spacing of 15 a second', () => {
    const run = once1(viewing.of('sdp')).slice(15);
    const steps = run.slice(1).map(({ header }, i) => header.pts - (run[i]?.header.pts ?? 0));
    expect(run.length).toBeGreaterThan(10);
    const sorted = steps.toSorted((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeGreaterThanOrEqual(65);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(69);
    expect((run.length - 1) / secondsOf(run)).toBeCloseTo(15, 0);
  });

  test('G4: B-frames and H.265 are transcoded or refused, in words', () => {
    expect(gateway.about('b', 'starting')).toMatchObject([
      { how: 'transcode', why: expect.stringMatching(/B-frames/) as string },
    ]);
    expectClean(viewing.of('b'));
    expect(gateway.about('h265', 'starting')).toMatchObject([{ how: 'transcode', why: 'H.265, consoles show H.264' }]);
    expectClean(viewing.of('h265'));
    for (const [id, why] of [
      ['b-refused', /B-frames/],
      ['h265-refused', /H\.265/],
    ] as const) {
      const [said] = gateway.said.filter(({ camera, msg }) => camera === id && msg.startsWith('refused'));
      expect(said?.why).toMatch(why);
      expect(viewing.of(id)).toEqual([]);
    }
  });

  test('G2: another size under way is in the header from its first picture, and decodes', () => {
    const run = once1(viewing.of('resize'));
    expectClean(run);
    expect(new Set(run.map(({ header }) => `${header.w}x${header.h}`))).toEqual(new Set(['320x240', '480x270']));
    run.forEach(({ header }, i) => {
      if (header.w !== run[i - 1]?.header.w) expect(header.key).toBe(true);
    });
  });

  test('G3 G5: the smaller streams bear the capture times of the pictures they were made of', () => {
    expectClean(viewing.of('plain~sub'));
    expectClean(viewing.of('plain~still'));
    const times = new Set(viewing.of('plain').map(({ header }) => header.pts));
    const first = Math.min(...times);
    for (const id of ['plain~sub', 'plain~still']) {
      const made = viewing.of(id).filter(({ header, at }) => header.pts > first && at < Date.now() - 1000);
      expect(made.length).toBeGreaterThan(2);
      expect(made.filter(({ header }) => !times.has(header.pts))).toEqual([]);
    }
    expect(viewing.of('plain~sub')[0]?.header).toMatchObject({ w: 160, h: 120 });
    expect(viewing.of('plain~still').every(({ header }) => header.key)).toBe(true);
    const stills = once1(viewing.of('plain~still'));
    expect((stills.length - 1) / secondsOf(stills)).toBeCloseTo(1, 0);
  });

  test('G6: a key frame asked for is the newest group of pictures again, numbers and times as before', async () => {
    await until('some pictures after the key frame', () => viewing.of('sdp').at(-1)?.header.key === false);
    const repeated = (): number => {
      const seen = new Set<number>();
      return viewing.of('sdp').findIndex(({ header: { fseq } }) => seen.has(fseq) || !seen.add(fseq));
    };
    expect(repeated()).toBe(-1);
    expect(await viewing.ask('keyframe', { cameraId: 'sdp' })).toEqual(['ok', {}]);
    await until('it is said again', () => repeated() >= 0);
    const all = [...viewing.of('sdp')];
    const again = repeated();
    const key = all.findIndex(({ header }) => header.fseq === all[again]?.header.fseq);
    expect(all[key]?.header.key).toBe(true);
    expect(all[again]).toMatchObject({ header: all[key]?.header, unit: all[key]?.unit });
    // Not an older group than the newest there was.
    expect(all.slice(key + 1, again).some(({ header }) => header.key)).toBe(false);
    await until('the run goes on', () => once1(viewing.of('sdp')).length > once1(all.slice(0, again)).length + 3);
    expectClean(viewing.of('sdp'));
  });

  test('G6: the answers of a source without events: an empty snapshot, and no orders', async () => {
    expect(await viewing.ask('snapshot', {})).toMatchObject(['end', { seq: 0 }]);
    const order = { orderId: 'o', type: 'dispatch', target: '', args: {}, by: 'x', at: 1 };
    expect(await viewing.ask('command', order)).toMatchObject(['rejected', { orderId: 'o' }]);
  });

  test('G1: the camera reaches a window through the real bridge', async () => {
    // Led by the profile that the gateway writes: the demonstration site with this one feed.
    const bridge = await Bridge.start(gateway.ready.profile, gateway.data);
    open.push({ close: () => bridge.stop('SIGKILL') });
    const viewer = await Viewer.open(bridge.ready.port, bridge.ready.token);
    open.push(viewer);
    viewer.say({ t: 'cameras', ids: ['sdp' as CameraId] });
    await viewer.until(() => viewer.frames.length > 20);
    expectClean(viewer.frames.map(({ header, data }) => ({ header, unit: Buffer.from(data), at: Date.now() })));
    expect((await bridge.health()).feeds).toMatchObject([
      { source: 'video', link: 'live', quarantined: 0, encrypted: true },
    ]);
    await bridge.stop();
  });

  test('G7 G4: the server dies and comes back with H.265 instead: seen, tried again, transcoded', async () => {
    const tries = gateway.about('nowhere', 'no pictures').map(({ againInMs }) => againInMs);
    expect(tries.slice(0, 3)).toEqual([500, 1000, 2000]);
    const before = viewing.of('plain').at(-1)?.header.fseq ?? 0;
    const { port } = server;
    await server.kill();
    await until('it is seen', () => gateway.about('plain', 'no pictures').length > 0);
    server = await RtspServer.start(port, 'plain=h265', 'sdp-only');
    const later = (): Picture[] => viewing.of('plain').filter(({ header }) => header.fseq > before + 1);
    await until('pictures again', () => later().length > 20 && gateway.about('plain', 'running').length > 1);
    expect(gateway.about('plain', 'starting').at(-1)).toMatchObject({
      how: 'transcode',
      why: 'H.265, consoles show H.264',
    });
    const back = later().filter(({ header }) => header.codec !== 'avc1.42C00C');
    expectClean(back);
    // What is missing is a gap in the numbers.
    expect(back[0]?.header.fseq).toBeGreaterThan(before + 1);
  });

  test('G9 G10: no secret in anything it said; it ends in time and leaves no ffmpeg', async () => {
    expect(gateway.children()).toBeGreaterThan(3);
    const { code, ms } = await gateway.stop();
    expect(code).toBe(0);
    expect(ms).toBeLessThan(2000);
    expect(spawnSync('pgrep', ['-f', `127.0.0.1:${server.port}/`]).stdout.toString()).toBe('');
    expect(gateway.said.some(({ msg }) => msg === 'status')).toBe(true);
    for (const word of [SECRET, 'geheim!wort', 'admin', 'geheim']) expect(gateway.output).not.toContain(word);
    expect(gateway.output).toContain(`rtsp://***@127.0.0.1:${server.port}/nowhere`);
    expect(readFileSync(gateway.ready.profile, 'utf8')).toContain(gateway.ready.events);
  });
});
