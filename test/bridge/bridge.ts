// The real bridge as a process, and a platform on real sockets for it.
// Guarantees: everything started is gone after `stop`; the profile stands in the data folder given.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Health } from '../../native-bridge/contract/health.ts';
import type { PlatformEndpoint } from '../../native-bridge/platform/platform.ts';

export const root = resolve(import.meta.dirname, '../..');
const MAIN = join(root, 'native-bridge/main.ts');

/** Writes a profile that takes everything but the feeds from nowhere: no site files, one centre. */
export const writeProfile = (data: string, feeds: Readonly<Record<string, PlatformEndpoint>>): string => {
  const files = join(data, 'site');
  mkdirSync(files, { recursive: true });
  const lines = Object.entries(feeds).map(([source, { events, request, serverKey }]) =>
    [
      `  - source: ${source}`,
      `    events: ${events}`,
      `    request: ${request}`,
      ...(serverKey === undefined ? [] : [`    serverKey: '${serverKey}'`]),
    ].join('\n'),
  );
  const file = join(data, 'profile.yaml');
  writeFileSync(
    file,
    `id: test\nfiles: ${files}\ncentre: { lon: 120.87, lat: 30.03 }\n${lines.length > 0 ? `feeds:\n${lines.join('\n')}\n` : 'feeds: []\n'}`,
  );
  return file;
};

export interface Ready {
  port: number;
  token: string;
  url: string;
}

export class Bridge {
  readonly process: ChildProcess;
  readonly ready: Ready;
  /** ms from the start of the process to its ready line. */
  readonly startMs: number;
  errors = '';

  private constructor(child: ChildProcess, ready: Ready, startMs: number) {
    this.process = child;
    this.ready = ready;
    this.startMs = startMs;
  }
  static async start(profile: string, data: string, ...more: string[]): Promise<Bridge> {
    const began = performance.now();
    const child = spawn(process.execPath, [MAIN, '--profile', profile, '--data', data, ...more], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, FENGSUI_LOG: 'warn' },
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += String(chunk)));
    const lines = createInterface({ input: child.stdout });
    const [line] = (await Promise.race([once(lines, 'line'), once(child, 'exit')])) as [unknown];
    if (typeof line !== 'string') throw new Error(`the bridge ended with ${String(line)}: ${errors}`);
    const bridge = new Bridge(child, JSON.parse(line) as Ready, performance.now() - began);
    child.stderr.on('data', (chunk: Buffer) => (bridge.errors += String(chunk)));
    return bridge;
  }
  /** Ends it and answers exit code or signal, and how long that took. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<{ code: number | null; ms: number }> {
    if (this.process.exitCode !== null || this.process.signalCode !== null)
      return { code: this.process.exitCode, ms: 0 };
    const began = performance.now();
    const gone = once(this.process, 'exit');
    this.process.kill(signal);
    await gone;
    return { code: this.process.exitCode, ms: performance.now() - began };
  }
  async health(): Promise<Health> {
    return (await (await fetch(`http://127.0.0.1:${this.ready.port}/health`)).json()) as Health;
  }
}
