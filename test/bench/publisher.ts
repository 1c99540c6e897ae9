// Starts a publisher for the benchmarks: C where a compiler and libzmq are at hand, otherwise Python, pre-encoded both.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, '.cache/bench');

/** One event of about 300 bytes as JSON, of 50,000 devices. */
export function readingOf(n: number, devices: number): Record<string, unknown> {
  const noise = (Math.imul(n + 1, 2654435761) >>> 0) / 2 ** 32;
  return {
    id: `rd-${n.toString(36)}-${Math.floor(noise * 1e9).toString(36)}`,
    deviceId: `dev-${String((Math.imul(n, 7919) >>> 0) % devices).padStart(6, '0')}`,
    ts: 1_795_000_000_000 + n,
    values: {
      residualCurrent: Math.round(noise * 30_000) / 1000,
      cableTemp: Math.round((20 + noise * 40) * 100) / 100,
      current: Math.round(noise * 16_000) / 1000,
      voltage: Math.round((218 + noise * 14) * 100) / 100,
      power: Math.round(noise * 3520),
      breaker: n % 97 === 0 ? 'open' : 'closed',
    },
    gateway: `gw-${String(n % 640).padStart(4, '0')}`,
    quality: 'good',
    firmware: '4.2.17',
    panel: `配电箱 ${n % 4096}`,
  };
}

/** A file of bodies with `batch` events each. */
export function bodiesFile(batch: number, devices: number, bodies: number): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `bodies-${batch}-${devices}-${bodies}.bin`);
  if (existsSync(file)) return file;
  const parts: Buffer[] = [];
  for (let i = 0; i < bodies; i++) {
    const events = Array.from({ length: batch }, (_, k) => readingOf(i * batch + k, devices));
    const body = Buffer.from(JSON.stringify(batch === 1 ? events[0] : events));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(body.length);
    parts.push(length, body);
  }
  writeFileSync(file, Buffer.concat(parts));
  return file;
}

function compiled(): string | null {
  const source = join(root, 'test/bench/publisher.c');
  const binary = join(
    folder,
    `publisher-${createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 12)}`,
  );
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  const made = spawnSync('cc', ['-O2', '-o', binary, source, '-l:libzmq.so.5'], { stdio: 'ignore' });
  return made.status === 0 ? binary : null;
}

export interface Publisher {
  kind: 'C' | 'Python';
  events: string;
  request: string;
  stop(): Promise<void>;
}
export async function publish(options: {
  bodies: string;
  batch: number;
  messages: number;
  perSecond?: number;
  secretKey?: string;
}): Promise<Publisher> {
  const { bodies, batch, messages, perSecond = 0, secretKey } = options;
  const args = [
    bodies,
    String(batch),
    String(messages),
    String(perSecond),
    ...(secretKey === undefined ? [] : [secretKey]),
  ];
  const binary = compiled();
  const child: ChildProcess =
    binary === null
      ? spawn('/usr/bin/python3', [join(root, 'test/bench/publisher.py'), ...args], {
          stdio: ['ignore', 'pipe', 'inherit'],
        })
      : spawn(binary, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (data: Buffer) => resolve(data.toString()));
    child.once('error', reject);
    child.once('exit', () => reject(new Error('the publisher ended at once')));
  });
  const [events = '', request = ''] = line.trim().split(' ');
  return {
    kind: binary === null ? 'Python' : 'C',
    events,
    request,
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
    },
  };
}
