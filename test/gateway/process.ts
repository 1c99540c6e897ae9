// The gateway as a process, and a console for it: a SUB and a DEALER that keep what they hear.
// Guarantees: everything opened through a `Closing` is gone after `close`.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { curveKeyPair, Dealer, Subscriber } from 'zeromq';
import type { VideoHeader } from '../../native-bridge/contract/wire.ts';
import { decodeMap } from '../../native-bridge/platform/codec.ts';

export const MAIN = resolve(import.meta.dirname, '../../native-bridge/gateway/main.ts');

export interface Said {
  readonly camera?: string;
  readonly msg: string;
  readonly why?: string;
  readonly how?: string;
  readonly [field: string]: unknown;
}
export interface Ready {
  readonly profile: string;
  readonly events: string;
  readonly request: string;
  readonly serverKey: string;
  readonly cameras: string[];
}
export interface Picture {
  readonly header: VideoHeader;
  readonly unit: Buffer;
  /** ms UTC, heard. */
  readonly at: number;
}

export class GatewayProcess {
  readonly data: string;
  readonly said: Said[] = [];
  /** All it wrote, both ways. */
  output = '';
  ready: Ready = { profile: '', events: '', request: '', serverKey: '', cameras: [] };
  readonly process: ChildProcess;

  private constructor(data: string, config: string) {
    this.data = data;
    const child = spawn(process.execPath, [MAIN, '--config', config, '--data', data], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.process = child;
    createInterface({ input: child.stderr }).on('line', (line) => {
      this.output += `${line}\n`;
      if (line.startsWith('{')) this.said.push(JSON.parse(line) as Said);
    });
  }
  /** `cameras`: the YAML below `cameras:`. */
  static async start(cameras: string, more = ''): Promise<GatewayProcess> {
    const data = mkdtempSync(join(tmpdir(), 'fengsui-gateway-'));
    const config = join(data, 'cameras.yaml');
    writeFileSync(config, `listen: { events: 0, request: 0 }\n${more}\ncameras:\n${cameras}\n`);
    const gateway = new GatewayProcess(data, config);
    const { stdout } = gateway.process;
    if (stdout === null) throw new Error('no output');
    const lines = createInterface({ input: stdout });
    const [line] = (await Promise.race([once(lines, 'line'), once(gateway.process, 'exit')])) as [unknown];
    if (typeof line !== 'string') throw new Error(`the gateway ended with ${String(line)}: ${gateway.output}`);
    gateway.output += line;
    gateway.ready = JSON.parse(line) as Ready;
    return gateway;
  }
  about(camera: string, msg: string): Said[] {
    return this.said.filter((said) => said.camera === camera && said.msg === msg);
  }
  /** The ffmpeg and ffprobe processes of this gateway that run now. */
  children(): number {
    const list = spawnSync('ps', ['-o', 'stat=,comm=', '--ppid', String(this.process.pid)]).stdout.toString();
    return list.split('\n').filter((line) => /ff(mpeg|probe)/.test(line) && !line.startsWith('Z')).length;
  }
  /** Exit code (or signal) and how long it took. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<{ code: number | string | null; ms: number }> {
    const began = performance.now();
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const gone = once(this.process, 'exit');
      this.process.kill(signal);
      await gone;
    }
    return { code: this.process.exitCode ?? this.process.signalCode, ms: performance.now() - began };
  }
  async close(): Promise<void> {
    await this.stop('SIGKILL');
    rmSync(this.data, { recursive: true, force: true });
  }
}

export class Console {
  readonly pictures = new Map<string, Picture[]>();
  beats = 0;
  readonly #sub: Subscriber;
  readonly #dealer: Dealer;
  #asked = 0;

  constructor({ events, request, serverKey }: Ready) {
    const pair = curveKeyPair();
    const keys = { curveServerKey: serverKey, curvePublicKey: pair.publicKey, curveSecretKey: pair.secretKey };
    this.#sub = new Subscriber({ linger: 0, ...keys });
    this.#dealer = new Dealer({ linger: 0, receiveTimeout: 3000, ...keys });
    this.#sub.connect(events);
    this.#dealer.connect(request);
    this.#sub.subscribe('video.hb');
    void this.#listen().catch(() => undefined);
  }
  watch(...ids: string[]): void {
    this.#sub.subscribe(...ids.map((id) => `video.frame.${id}`));
  }
  leave(...ids: string[]): void {
    this.#sub.unsubscribe(...ids.map((id) => `video.frame.${id}`));
  }
  of(id: string): Picture[] {
    return this.pictures.get(id) ?? [];
  }
  async ask(verb: string, map: object): Promise<[status: string, map: Record<string, unknown> | null]> {
    await this.#dealer.send([String(++this.#asked), verb, JSON.stringify(map)]);
    const [, status, answer] = await this.#dealer.receive();
    return [String(status), decodeMap(answer)];
  }
  close(): void {
    this.#sub.close();
    this.#dealer.close();
  }
  async #listen(): Promise<void> {
    for await (const [topic, head, unit] of this.#sub) {
      if (String(topic) === 'video.hb') this.beats++;
      if (unit === undefined) continue;
      const header = decodeMap(head) as VideoHeader | null;
      if (header === null || String(topic) !== `video.frame.${header.cameraId}`) throw new Error('a strange message');
      const list = this.pictures.get(header.cameraId) ?? [];
      this.pictures.set(header.cameraId, list);
      list.push({ header, unit: Buffer.from(unit), at: Date.now() });
    }
  }
}

export async function until(what: string, good: () => boolean, ms = 20_000): Promise<void> {
  const end = Date.now() + ms;
  while (!good()) {
    if (Date.now() > end) throw new Error(`not within ${ms} ms: ${what}`);
    await new Promise((go) => setTimeout(go, 20));
  }
}
