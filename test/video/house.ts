// Serves the harness: its page, the bundled worker and the clips, on a loopback port of its own.
import { readFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '../..');

export interface House {
  url: string;
  close: () => void;
}

/** The e-bike's clip as a fragmented MP4, one fragment a frame: what a Media Source player is fed with. */
const fragmented = (): Buffer =>
  execFileSync(
    'ffmpeg',
    [
      [
        '-loglevel',
        'error',
        '-r',
        '15',
        '-f',
        'h264',
        '-i',
        join(root, 'resources/video/elevator-ebike.h264'),
        '-c',
        'copy',
      ],
      ['-movflags', 'empty_moov+default_base_moof+frag_every_frame', '-f', 'mp4', 'pipe:1'],
    ].flat(),
    { maxBuffer: 16 * 1024 * 1024 },
  );

/** `script`: the page's own, `harness` or `peer`. */
export const openHouse = async (script: 'harness' | 'peer' = 'harness'): Promise<House> => {
  const { outputFiles } = await build({
    entryPoints: [
      join(root, 'test/video/harness.ts'),
      join(root, 'test/video/peer.ts'),
      join(root, 'renderer/video/decode-worker.ts'),
    ],
    bundle: true,
    format: 'esm',
    target: 'chrome130',
    outdir: '/',
    entryNames: '[name]',
    write: false,
    logLevel: 'error',
  });
  const scripts = new Map(outputFiles.map(({ path, text }) => [path.slice(path.lastIndexOf('/')), text]));
  const page = `<!doctype html><meta charset="utf-8"><body style="margin:0;background:#0a0f15"><script type="module" src="/${script}.js"></script>`;
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://house').pathname;
    const clip = /^\/clips\/([a-z-]+\.(?:h264|truth\.json))$/.exec(path)?.[1];
    const code = scripts.get(path);
    const send = (type: string, body: string | Buffer): void => {
      response.setHeader('content-type', type);
      response.end(body);
    };
    if (path === '/') send('text/html', page);
    else if (code !== undefined) send('text/javascript', code);
    else if (path === '/peer.mp4') send('video/mp4', fragmented());
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
