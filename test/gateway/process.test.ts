// The promises of native-bridge/gateway/README.md that need no camera: what runs when, what it survives, how it ends.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { expectClean, once1 } from './clean.ts';
import { Console, GatewayProcess, MAIN, until } from './process.ts';

describe.concurrent('without a server', () => {
  test('G8: only what is watched runs, by exact name, and stops when nobody watches; G10: none outlives a kill', async () => {
    const gateway = await GatewayProcess.start(
      '  - { id: cam-1, pattern: testsrc2, size: 160x120, sub: true }\n  - { id: cam-10, pattern: testsrc2, size: 160x120 }',
      'onDemand: true',
    );
    const viewing = new Console(gateway.ready);
    try {
      await until('a heartbeat', () => viewing.beats > 0);
      expect(gateway.children()).toBe(0);
      viewing.watch('cam-1');
      await until('pictures', () => viewing.of('cam-1').length > 10);
      expectClean(viewing.of('cam-1'));
      expect(gateway.children()).toBe(1);
      expect(gateway.about('cam-10', 'starting')).toEqual([]);
      viewing.watch('cam-1~sub');
      await until('the small one', () => viewing.of('cam-1~sub').length > 5);
      viewing.leave('cam-1', 'cam-1~sub');
      await until('stopped', () => gateway.children() === 0, 15_000);
      viewing.watch('cam-10');
      await until('the other', () => viewing.of('cam-10').length > 0);
      const ids = spawnSync('pgrep', ['-P', String(gateway.process.pid)])
        .stdout.toString()
        .trim()
        .split('\n');
      expect(ids.length).toBe(1);
      await gateway.stop('SIGKILL');
      const runs = (): boolean => /^[^Z]/.test(spawnSync('ps', ['-o', 'stat=', '-p', ids[0] ?? '']).stdout.toString());
      await until('its ffmpeg is gone', () => !runs(), 5000);
    } finally {
      viewing.close();
      await gateway.close();
    }
  });
  test('G4: B-frames that begin under way are noticed and transcoded; G7: an ffmpeg that hangs is replaced', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fengsui-clip-'));
    const file = join(folder, 'turns.ts');
    const part = (seconds: number, offset: number, ...x264: string[]): Buffer => {
      const source = ['-f', 'lavfi', '-i', `testsrc2=size=160x120:rate=10:duration=${seconds}`, '-pix_fmt', 'yuv420p'];
      const out = ['-g', '10', '-output_ts_offset', String(offset), '-f', 'mpegts', 'pipe:1'];
      return spawnSync('ffmpeg', ['-v', 'error', ...source, '-c:v', 'libx264', ...x264, ...out]).stdout;
    };
    // Longer than any look at it beforehand.
    writeFileSync(file, Buffer.concat([part(9, 0, '-bf', '0'), part(4, 9, '-bf', '2', '-b_strategy', '0')]));
    const gateway = await GatewayProcess.start(
      `  - { id: turns, file: '${file}' }\n  - { id: hangs, pattern: testsrc2, size: 160x120 }`,
    );
    const viewing = new Console(gateway.ready);
    try {
      viewing.watch('turns', 'hangs');
      await until('pictures', () => viewing.of('hangs').length > 5);
      const [id = ''] = spawnSync('pgrep', ['-P', String(gateway.process.pid), '-f', 'testsrc2'])
        .stdout.toString()
        .split('\n');
      process.kill(Number(id), 'SIGSTOP');
      await until('it is noticed', () => gateway.about('turns', 'cannot be shown as it is').length > 0);
      // By the time we look it may have begun anew already.
      expect(gateway.about('turns', 'starting')[0]).toMatchObject({ how: 'copy' });
      expect(gateway.about('turns', 'cannot be shown as it is')[0]?.why).toMatch(/B-frames/);
      const before = once1(viewing.of('turns'));
      // The joint of the two halves is damage, and leaves out a number.
      const joint = before.findIndex(({ header }, i) => header.fseq !== (before[0]?.header.fseq ?? 0) + i);
      expect(before.length).toBeGreaterThan(80);
      expectClean(before.slice(0, joint < 0 ? undefined : joint));
      await until('begun anew', () => gateway.about('turns', 'starting').length > 1);
      const anew = Number(gateway.about('turns', 'starting').at(-1)?.['time']);
      const after = () => once1(viewing.of('turns')).filter(({ header }) => header.pts > anew);
      await until('transcoded', () => after().length > 15);
      expect(gateway.about('turns', 'starting').at(-1)).toMatchObject({ how: 'transcode' });
      expectClean(after());
      await until('the hanging one is replaced', () => gateway.about('hangs', 'running').length > 1);
      expect(gateway.about('hangs', 'no pictures')[0]?.why).toBe('no picture for 10 s');
    } finally {
      viewing.close();
      await gateway.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  const start = async (args: string[], env: NodeJS.ProcessEnv = process.env): Promise<[number | null, string]> => {
    const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'ignore', 'pipe'], env });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += String(chunk)));
    await once(child, 'close');
    return [child.exitCode, said];
  };

  test('G10: a missing ffmpeg, a wrong list, a wrong option is one line and exit code 2', async () => {
    const gateway = await GatewayProcess.start('  - { id: a, pattern: testsrc2, size: 160x120 }', 'onDemand: true');
    try {
      const config = join(gateway.data, 'cameras.yaml');
      const [code, said] = await start(['--config', config, '--data', gateway.data], { PATH: gateway.data });
      expect([code, said]).toEqual([2, expect.stringMatching(/^ffmpeg: cannot be run; install ffmpeg [^\n]*\n$/)]);
      const taken = gateway.ready.events.split(':').at(-1) ?? '';
      writeFileSync(config, `listen: { events: ${taken}, request: 0 }\ncameras: [{ id: a, pattern: testsrc2 }]\n`);
      expect(await start(['--config', config, '--data', gateway.data])).toEqual([
        2,
        expect.stringMatching(/^listen: the port is in use/),
      ]);
      writeFileSync(config, 'cameras: [{ id: a, url: "rtp://u:geheim@h" }]\n');
      const [wrongCode, wrong] = await start(['--config', config, '--data', gateway.data]);
      expect(wrongCode).toBe(2);
      expect(wrong).toMatch(
        /^[^\n]*cameras\.yaml: cameras\[0\]\.url: the address has the wrong form; write rtsp:[^\n]*\n$/,
      );
      expect((await start(['--data', gateway.data]))[1]).toMatch(/^command line: --config: is missing; [^\n]*\n$/);
    } finally {
      await gateway.close();
    }
  });
});
