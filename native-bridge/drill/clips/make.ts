/**
 * Owns: `npm run video:clips`: draws every scene, encodes it with ffmpeg, writes stream and truth to
 * `resources/video`. Names on the command line make only those; `--stills <dir>` also keeps PNGs.
 * Guarantees: constrained baseline H.264, no B frames, a key frame each two seconds with its parameter
 * sets, one access unit per drawn frame, counted before anything is written.
 * Refuses: to run without ffmpeg and libx264; it says so.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createCanvas } from '@napi-rs/canvas';
import type { ClipBox, ClipFact, ClipTruth } from '../clip.ts';
import { accessUnits } from './annex-b.ts';
import { burnMark } from './digits.ts';
import { scenes } from './scenes.ts';
import { FPS, GOP, H, W } from './stage.ts';
import type { Scene } from './stage.ts';

const folder = join(import.meta.dirname, '../../../resources/video');

/** Constrained baseline, level 3.0, what every WebCodecs decoder takes. */
const codec = 'avc1.42E01E';

const encoder = [
  ['-hide_banner', '-loglevel', 'error'],
  ['-f', 'rawvideo', '-pix_fmt', 'rgba', '-s', `${W}x${H}`, '-r', `${FPS}`, '-i', 'pipe:0'],
  ['-vf', 'scale=out_color_matrix=bt709:out_range=tv', '-pix_fmt', 'yuv420p'],
  ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
  ['-c:v', 'libx264', '-profile:v', 'baseline', '-level', '3.0', '-preset', 'veryslow'],
  ['-tune', 'animation', '-crf', '25', '-maxrate', '420k', '-bufsize', '840k'],
  ['-bf', '0', '-refs', '3', '-g', `${GOP}`, '-keyint_min', `${GOP}`, '-sc_threshold', '0'],
  ['-x264-params', 'repeat-headers=1:annexb=1:aud=1:slices=1:threads=1:lookahead-threads=1'],
  ['-bsf:v', 'filter_units=remove_types=6', '-f', 'h264', 'pipe:1'],
].flat();

async function encode(scene: Scene, stills: string | undefined): Promise<{ stream: Buffer; boxes: ClipBox[][] }> {
  const ffmpeg = spawn('ffmpeg', encoder, { stdio: ['pipe', 'pipe', 'inherit'] });
  const chunks: Buffer[] = [];
  ffmpeg.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    ffmpeg.on('error', (error) => reject(new Error(`ffmpeg could not be started: ${error.message}`)));
    ffmpeg.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`ffmpeg ended with ${code}`))));
  });
  const canvas = createCanvas(W, H);
  const pen = canvas.getContext('2d');
  const boxes: ClipBox[][] = [];
  for (let frame = 0; frame < scene.frames; frame++) {
    boxes.push(scene.draw(pen, frame));
    burnMark(pen, frame);
    if (stills && frame % (2 * GOP) === GOP) {
      writeFileSync(join(stills, `${scene.name}-${frame}.png`), await canvas.encode('png'));
    }
    const pixels = Buffer.from(pen.getImageData(0, 0, W, H).data);
    if (!ffmpeg.stdin.write(pixels)) await new Promise((go) => ffmpeg.stdin.once('drain', go));
  }
  ffmpeg.stdin.end();
  await ended;
  return { stream: Buffer.concat(chunks), boxes };
}

/** A new fact only where something changed. */
function facts(scene: Scene): ClipFact[] {
  const out: ClipFact[] = [];
  let last = '';
  for (let frame = 0; scene.fact && frame < scene.frames; frame++) {
    const fact = scene.fact(frame);
    const text = JSON.stringify(fact);
    if (text !== last) out.push({ from: frame, ...fact });
    last = text;
  }
  return out;
}

async function make(scene: Scene, stills: string | undefined): Promise<void> {
  const { stream, boxes } = await encode(scene, stills);
  const units = accessUnits(stream);
  if (units.length !== scene.frames)
    throw new Error(`${scene.name}: ${scene.frames} frames drawn, ${units.length} access units`);
  units.forEach(({ key }, i) => {
    if (key !== (i % GOP === 0)) throw new Error(`${scene.name}: key frames do not come each ${GOP}`);
  });
  for (const [name, ends] of Object.entries(scene.sections)) {
    if (ends.some((end) => end % GOP !== 0)) throw new Error(`${scene.name}: section ${name} is not cut at key frames`);
  }
  const truth: ClipTruth = {
    name: scene.name,
    kind: scene.kind,
    fps: FPS,
    w: W,
    h: H,
    codec,
    bytes: stream.length,
    sections: scene.sections,
    units: units.map(({ offset, length, key }) => [offset, length, key ? 1 : 0] as const),
    facts: facts(scene),
    boxes,
  };
  writeFileSync(join(folder, `${scene.name}.h264`), stream);
  writeFileSync(join(folder, `${scene.name}.truth.json`), `${JSON.stringify(truth)}\n`);
  const rate = Math.round((stream.length * 8) / 1000 / (scene.frames / FPS));
  console.log(`${scene.name}: ${scene.frames} frames, ${stream.length} bytes, ${rate} kbit/s`);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { stills: { type: 'string' } },
});
const unknown = positionals.filter((name) => !scenes.some((scene) => scene.name === name));
if (unknown.length > 0) {
  console.error(`no scene ${unknown.join(', ')}; there are ${scenes.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
if (values.stills) mkdirSync(values.stills, { recursive: true });
for (const scene of scenes) {
  if (positionals.length === 0 || positionals.includes(scene.name)) await make(scene, values.stills);
}
