// Type-checks every room with its own tsconfig, two at a time. Guarantees: a room without a tsconfig in this list fails
// the doors, not silently passes here. Exit code 1 when any room has an error.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const rooms = [
  'test/tsconfig.json',
  'test/tsconfig.renderer.json',
  'renderer/tsconfig.json',
  'renderer/tsconfig.worker.json',
  'native-bridge/tsconfig.json',
  'native-bridge/contract/tsconfig.json',
  'electron/tsconfig.json',
];

const check = (project: string): Promise<boolean> =>
  new Promise((done) => {
    const started = Date.now();
    const tsc = spawn(process.execPath, ['node_modules/typescript/bin/tsc', '-p', project, '--pretty', 'false'], {
      cwd: root,
    });
    let out = '';
    tsc.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    tsc.stderr.on('data', (chunk: Buffer) => (out += chunk.toString()));
    tsc.on('close', (code) => {
      const good = code === 0;
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      console.log(`${good ? 'ok  ' : 'FAIL'} ${project} ${seconds} s\n${out}`.trimEnd());
      done(good);
    });
  });

const only = process.argv.slice(2);
const waiting = only.length > 0 ? rooms.filter((room) => only.some((name) => room.includes(name))) : [...rooms];
let good = true;
const worker = async (): Promise<void> => {
  for (let room = waiting.shift(); room !== undefined; room = waiting.shift()) good = (await check(room)) && good;
};
await Promise.all([worker(), worker()]);
process.exit(good ? 0 : 1);
