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

const ffmpeg = (args: readonly string[], input?: Buffer): Buffer =>
  execFileSync('ffmpeg', ['-loglevel', 'error', ...args, 'pipe:1'], {
    maxBuffer: 64 * 1024 * 1024,
    ...(input ? { input } : {}),
  });
const CLIP = join(root, 'resources/video/elevator-ebike.h264');
/** As a fragmented MP4, one fragment a frame: what a Media Source player is fed with. */
const fragmented = (rate: number, stream: Buffer | string): Buffer =>
  ffmpeg(
    [
      ...['-r', String(rate), '-f', 'h264', '-i', typeof stream === 'string' ? stream : 'pipe:0', '-c', 'copy'],
      ...['-movflags', 'empty_moov+default_base_moof+frag_every_frame', '-f', 'mp4'],
    ],
    typeof stream === 'string' ? undefined : stream,
  );

/** The same cab at 1280 × 720 and 25/s, ten seconds, two between key frames, as a camera would code it. */
const large = (): Buffer =>
  ffmpeg([
    ...['-r', '15', '-f', 'h264', '-i', CLIP, '-t', '10', '-vf', 'scale=1280:720,fps=25'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'baseline', '-level', '3.1', '-b:v', '2500k'],
    ...['-g', '50', '-x264-params', 'scenecut=0:sliced-threads=0', '-bsf:v', 'h264_metadata=aud=insert', '-f', 'h264'],
  ]);
/** Where its units begin and end: each begins with a delimiter (type 9); one with an IDR slice (type 5) is a key frame. */
const unitsOf = (stream: Buffer): [number, number, 0 | 1][] => {
  const starts: number[] = [];
  const keys: boolean[] = [];
  for (let at = stream.indexOf('000001', 0, 'hex'); at >= 0; at = stream.indexOf('000001', at + 3, 'hex')) {
    const type = (stream[at + 3] ?? 0) & 31;
    if (type === 9) {
      starts.push(stream[at - 1] === 0 ? at - 1 : at);
      keys.push(false);
    } else if (type === 5) keys[keys.length - 1] = true;
  }
  return starts.map((at, i) => [at, (starts[i + 1] ?? stream.length) - at, keys[i] ? 1 : 0]);
};

/** The cab again, main profile: CABAC, three slices a picture, a key frame every 15. Pictures 90 to 150, marks and all. */
const cabac = (): Buffer =>
  ffmpeg([
    ...['-r', '15', '-f', 'h264', '-i', CLIP, '-vf', 'trim=start_frame=90:end_frame=150', '-c:v', 'libx264'],
    ...['-preset', 'veryfast', '-tune', 'zerolatency', '-profile:v', 'main', '-bf', '0', '-crf', '20', '-g', '15'],
    ...['-x264-params', 'scenecut=0:sliced-threads=0:slices=3', '-bsf:v', 'h264_metadata=aud=insert', '-f', 'h264'],
  ]);

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
  let made: Buffer | null = null;
  const hd = (): Buffer => (made ??= large());
  let coded: Buffer | null = null;
  const main = (): Buffer => (coded ??= cabac());
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
    else if (path === '/peer.mp4') send('video/mp4', fragmented(15, CLIP));
    else if (path === '/large.mp4') send('video/mp4', fragmented(25, hd()));
    else if (path === '/clips/large.h264') send('application/octet-stream', hd());
    else if (path === '/clips/large.truth.json')
      send('application/json', JSON.stringify({ codec: 'avc1.42C01F', w: 1280, h: 720, units: unitsOf(hd()) }));
    else if (path === '/clips/cabac.h264') send('application/octet-stream', main());
    else if (path === '/clips/cabac.truth.json')
      send(
        'application/json',
        JSON.stringify({ codec: 'avc1.4D401E', w: 640, h: 360, units: unitsOf(main()), boxes: [] }),
      );
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
