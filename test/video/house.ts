// Serves the harness: its page, the bundled worker and the clips, on a loopback port of its own.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '../..');

export interface House {
  url: string;
  close: () => void;
}

export const openHouse = async (): Promise<House> => {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'test/video/harness.ts'), join(root, 'renderer/video/decode-worker.ts')],
    bundle: true,
    format: 'esm',
    target: 'chrome130',
    outdir: '/',
    entryNames: '[name]',
    write: false,
    logLevel: 'error',
  });
  const scripts = new Map(outputFiles.map(({ path, text }) => [path.slice(path.lastIndexOf('/')), text]));
  const page =
    '<!doctype html><meta charset="utf-8"><body style="margin:0;background:#0a0f15"><script type="module" src="/harness.js"></script>';
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://house').pathname;
    const clip = /^\/clips\/([a-z-]+\.(?:h264|truth\.json))$/.exec(path)?.[1];
    const script = scripts.get(path);
    const send = (type: string, body: string | Buffer): void => {
      response.setHeader('content-type', type);
      response.end(body);
    };
    if (path === '/') send('text/html', page);
    else if (script !== undefined) send('text/javascript', script);
    else if (clip)
      readFile(join(root, 'resources/video', clip)).then(
        (body) => send('application/octet-stream', body),
        () => response.writeHead(404).end(),
      );
    else response.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}/`, close: () => server.close() };
};
