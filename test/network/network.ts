// One shaped link in two network namespaces: a real platform process on the far side, the bridge and a window on this one.
// Guarantees: everything started, the namespaces included, is gone after `end`. Refuses: to run without root and tun.
import { spawn, spawnSync, type ChildProcess, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { exportLines } from '../../native-bridge/journal/export.ts';
import { JOURNAL_FILE } from '../../native-bridge/journal/journal.ts';
import { Reading } from '../../native-bridge/journal/reading.ts';
import { verify } from '../../native-bridge/journal/verify.ts';
import type { PlatformEndpoint } from '../../native-bridge/platform/platform.ts';
import { root, writeProfile } from '../bridge/bridge.ts';
import type { Seen } from './watcher.ts';

/** `rate` bytes/s each way, `trip` s there and back, `loss` share of packets in spells of `burst`. */
export interface Shape {
  name: string;
  rate: number;
  trip: number;
  loss?: number;
  burst?: number;
}
/** Why the tests cannot run here, or null. */
export const obstacle = (): string | null => {
  if (process.getuid?.() !== 0) return 'needs root';
  if (!existsSync('/dev/net/tun')) return 'needs /dev/net/tun';
  const probe = `fsp${String(process.pid)}`;
  if (spawnSync('ip', ['netns', 'add', probe]).status !== 0) return 'needs network namespaces';
  spawnSync('ip', ['netns', 'del', probe]);
  return null;
};
const within = (namespace: string, file: string, ...args: string[]): ChildProcessWithoutNullStreams =>
  spawn('ip', ['netns', 'exec', namespace, process.execPath, file, ...args], {
    env: { ...process.env, FENGSUI_LOG: 'error' },
  });
let serial = 0;

/** Number, when it was said and when it was heard, ms. */
export interface Exported {
  seq: number;
  ts: number;
  heard: number;
}

export class Network {
  readonly shape: Shape;
  readonly data = mkdtempSync(join(tmpdir(), 'fengsui-net-'));
  seen: Seen | null = null;
  readonly #far: string;
  readonly #near: string;
  readonly #children: ChildProcess[] = [];
  #link: ChildProcessWithoutNullStreams | null = null;
  #platform: ChildProcessWithoutNullStreams | null = null;
  #bridge: ChildProcessWithoutNullStreams | null = null;
  #told: (line: { seq: number }) => void = () => undefined;

  constructor(shape: Shape) {
    this.shape = shape;
    const id = `${String(process.pid)}-${String(serial++)}`;
    this.#far = `fsfar-${id}`;
    this.#near = `fsnear-${id}`;
  }
  async #first(child: ChildProcessWithoutNullStreams, what: string): Promise<unknown> {
    this.#children.push(child);
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += String(chunk)));
    const lines = createInterface({ input: child.stdout });
    const [line] = (await Promise.race([once(lines, 'line'), once(child, 'exit')])) as [unknown];
    if (typeof line !== 'string') throw new Error(`${what} ended: ${errors}`);
    lines.on('line', (text) => this.#heard(what, JSON.parse(text)));
    return JSON.parse(line);
  }
  #heard(what: string, line: unknown): void {
    if (what === 'watcher') this.seen = line as Seen;
    if (what === 'platform') this.#told(line as { seq: number });
  }

  async start(devices: number, rate: number): Promise<void> {
    for (const name of [this.#far, this.#near]) spawnSync('ip', ['netns', 'add', name]);
    const file = join(import.meta.dirname, 'link.py');
    this.#link = spawn('/usr/bin/python3', [file, this.#far, this.#near]);
    await this.#first(this.#link, 'link');
    const { trip, rate: bytes, loss = 0, burst = 4 } = this.shape;
    // A queue of two round trips, as such links have, and of some packets at the least.
    this.#shape({ rate: bytes, delay: trip / 2, loss, burst, queue: Math.max(30_000, bytes * trip * 2) });
    const here = (name: string): string => join(import.meta.dirname, name);
    const args = [join(this.data, 'far-keys'), String(devices), String(rate)];
    this.#platform = within(this.#far, here('far-platform.ts'), ...args);
    const { endpoint } = (await this.#first(this.#platform, 'platform')) as { endpoint: PlatformEndpoint };
    const profile = writeProfile(this.data, { 'fire-iot': endpoint });
    this.#bridge = within(this.#near, join(root, 'native-bridge/main.ts'), '--profile', profile, '--data', this.data);
    const ready = (await this.#first(this.#bridge, 'bridge')) as { port: number; token: string };
    await this.#first(within(this.#near, here('watcher.ts'), String(ready.port), ready.token), 'watcher');
  }
  #shape(what: object): void {
    this.#link?.stdin.write(`${JSON.stringify(what)}\n`);
  }
  dark(on: boolean): void {
    this.#shape({ down: on });
  }
  /** Tells the platform; answers its last number. */
  async platform(what: { rate?: number; flood?: number }): Promise<number> {
    const told = new Promise<{ seq: number }>((resolve) => (this.#told = resolve));
    this.#platform?.stdin.write(`${JSON.stringify(what)}\n`);
    return (await told).seq;
  }
  async until(good: (seen: Seen) => boolean, what: string, ms: number): Promise<Seen> {
    const end = Date.now() + ms;
    for (;;) {
      if (this.seen !== null && good(this.seen)) return this.seen;
      if (Date.now() > end)
        throw new Error(`${this.shape.name}: no ${what} in ${String(ms)} ms: ${JSON.stringify(this.seen)}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
  /** Ends the bridge and reads its journal as the command would: the proof, and each number exported. */
  async proof(): Promise<{
    verdict: ReturnType<typeof verify>;
    exported: Exported[];
    ids: number;
    code: number | null;
  }> {
    const bridge = this.#bridge;
    if (bridge === null) throw new Error('no bridge');
    const gone = once(bridge, 'exit');
    bridge.kill('SIGTERM');
    await gone;
    const reading = new Reading(join(this.data, 'journal', JOURNAL_FILE));
    const verdict = verify(reading);
    const exported: Exported[] = [];
    const ids = new Set<string>();
    const damaged = (segment: number, why: string): never => {
      throw new Error(`segment ${String(segment)}: ${why}`);
    };
    for (const { seq, event, ts, heard } of exportLines(reading, {
      ...{ from: 0, to: Infinity, source: null },
      snapshots: false,
      damaged,
    })) {
      exported.push({ seq, ts, heard });
      ids.add((event as { id: string }).id);
    }
    reading.close();
    return { verdict, exported, ids: ids.size, code: bridge.exitCode };
  }
  async end(): Promise<void> {
    for (const child of this.#children.reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }
    for (const name of [this.#far, this.#near]) spawnSync('ip', ['netns', 'del', name]);
    rmSync(this.data, { recursive: true, force: true });
  }
}
