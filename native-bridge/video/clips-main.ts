/**
 * `npm run clips`: what was kept of the cameras, from outside, also while the bridge runs.
 *
 * Owns: the command line. Guarantees: listing and exporting change nothing on the shelf; a bad word ends with one line and
 *   exit 2, a clip that could not be exported whole with exit 1. Refuses: to delete; the ring does.
 */
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { ClipRecord } from '../contract/clip-record.ts';
import { BOXES, exportClip } from './clip-export.ts';
import { readClip } from './clip-file.ts';

const USAGE = `npm run clips -- <command> [--data <dir>]
  list [--json]                         every clip: when, which camera, why, how long
  export [--id <clip>] --out <dir>      all, or one: MP4 (ffmpeg) and a still of an e-bike
         [--boxes subtitle|burned]      boxes as WebVTT beside untouched pictures (default), or drawn into them`;

const run = async (): Promise<number> => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: 'string', default: '.data' },
      id: { type: 'string' },
      out: { type: 'string' },
      boxes: { type: 'string', default: 'subtitle' },
      json: { type: 'boolean', default: false },
    },
  });
  const dir = join(resolve(values.data), 'clips');
  const names = await readdir(dir).catch(() => [] as string[]);
  const cards = names.filter((name) => name.endsWith('.json') && names.includes(name.replace(/json$/, 'clip')));
  const read = await Promise.all(
    cards.map(async (name) => JSON.parse(await readFile(join(dir, name), 'utf8')) as ClipRecord),
  );
  const clips = read.sort((a, b) => a.from - b.from);
  const [command] = positionals;
  if (command === 'list') {
    for (const clip of clips) {
      const { id, cameraId, from, to, frames, bytes, why, state, trouble } = clip;
      const seconds = ((to - from) / 1000).toFixed(1);
      const line = [
        new Date(from).toISOString(),
        cameraId,
        why.join('+'),
        `${seconds} s`,
        `${frames} frames`,
        `${bytes} bytes`,
      ];
      console.log(values.json ? JSON.stringify(clip) : [...line, state, trouble ?? '', id].filter((x) => x).join('  '));
    }
    return 0;
  }
  if (command !== 'export') throw new Error(`command: "${command ?? ''}" is not one; expected list or export`);
  if (values.out === undefined) throw new Error('--out: missing; the folder to write to');
  const how = BOXES.find((one) => one === values.boxes);
  if (how === undefined) throw new Error(`--boxes: "${values.boxes}" is not one; expected ${BOXES.join(' or ')}`);
  const wanted = clips.filter(({ id }) => values.id === undefined || id === values.id);
  if (wanted.length === 0) throw new Error(values.id === undefined ? `${dir}: no clips` : `--id: no clip ${values.id}`);
  await mkdir(values.out, { recursive: true });
  let code = 0;
  for (const clip of wanted) {
    const { parts } = await readClip(join(dir, `${clip.id}.clip`));
    const { files, trouble } = await exportClip(clip, parts, values.out, how);
    if (files.length > 0) console.log(files.join('  '));
    for (const each of trouble) console.error(`${clip.id}: ${each}`);
    if (trouble.length > 0) code = 1;
  }
  return code;
};

run().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    process.exitCode = 2;
  },
);
