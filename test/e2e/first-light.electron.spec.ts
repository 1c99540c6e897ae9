// First light in Electron, where its binary is: the same main job, through MessagePorts instead of a socket.
import { _electron, expect, test } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAll } from '../../electron/launcher/build.ts';
import { lines, readyLine } from '../../electron/launcher/lines.ts';
import { throughLossAndBack } from './main-job.ts';
import { healthOf, root, standDrill, waitLive } from './product.ts';

test('from live to the e-bike in its tower, through loss and back', async () => {
  await buildAll();
  const data = mkdtempSync(join(tmpdir(), 'fengsui-electron-'));
  const drill = await standDrill({ data });
  const shell = await _electron.launch({
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...[root, '--profile', drill.profile, '--data', data, '--port', '0', '--size', '1600x900'],
    ],
  });
  try {
    const port = Promise.withResolvers<number>();
    const out = lines((line) => {
      const ready = readyLine(line);
      if (ready) port.resolve(Number(ready['port']));
    });
    shell.process().stdout?.on('data', (chunk: Buffer) => {
      out.push(chunk.toString());
    });
    const wall = await shell.firstWindow();
    await waitLive(wall);
    expect(new URL(wall.url()).protocol).toBe('app:');
    const bridgePort = await port.promise;
    const bridgePid = (): Promise<number | undefined> =>
      shell.evaluate(({ app }) => app.getAppMetrics().find(({ serviceName }) => serviceName === 'fengsui-bridge')?.pid);
    await throughLossAndBack({ ...drill, health: () => healthOf(bridgePort), bridgePid }, wall);
  } finally {
    await shell.close();
    await drill.stop();
    rmSync(data, { recursive: true, force: true });
  }
});
