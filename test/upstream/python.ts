// Starts the Python platform and talks to it; the console's first three stages beside it, on a folder of their own.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { silentLog } from '../../native-bridge/base/log.ts';
import { systemClock } from '../../native-bridge/base/clock.ts';
import type { Observation } from '../../native-bridge/contract/observation.ts';
import type { FeedRecord } from '../../native-bridge/contract/records.ts';
import { PROFILE_DEFAULTS, type FeedProfile, type Profile } from '../../native-bridge/contract/site.ts';
import { openJournal } from '../../native-bridge/journal/journal.ts';
import type { Journal } from '../../native-bridge/journal/types.ts';
import { openIntake, type Intake } from '../../native-bridge/stages.ts';

export interface Said {
  ready?: boolean;
  events?: string;
  request?: string;
  serverKey?: string | null;
  asked?: string;
  map?: Record<string, unknown>;
  done?: string;
  seq?: number;
}
export class Platform {
  readonly process: ChildProcessWithoutNullStreams;
  readonly said: Said[] = [];
  readonly #waiting: (() => void)[] = [];
  address: { events: string; request: string; serverKey: string | null } = { events: '', request: '', serverKey: null };

  constructor(...args: string[]) {
    this.process = spawn('/usr/bin/python3', [fileURLToPath(new URL('upstream.py', import.meta.url)), ...args]);
    this.process.stderr.on('data', (data) => process.stderr.write(data));
    createInterface({ input: this.process.stdout }).on('line', (line) => {
      this.said.push(JSON.parse(line) as Said);
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }
  async #until(find: (said: Said) => boolean, from: number): Promise<Said> {
    for (;;) {
      const found = this.said.slice(from).find(find);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }
  async start(): Promise<this> {
    const { events, request, serverKey } = await this.#until((said) => said.ready === true, 0);
    this.address = { events: events ?? '', request: request ?? '', serverKey: serverKey ?? null };
    return this;
  }
  /** Resolves when it is done; answers the last number published. */
  async act(act: Record<string, unknown> & { do: string }): Promise<number> {
    const from = this.said.length;
    this.process.stdin.write(`${JSON.stringify(act)}\n`);
    return (await this.#until((said) => said.done === act.do, from)).seq ?? 0;
  }
  asked(verb: string): Record<string, unknown>[] {
    return this.said.filter((said) => said.asked === verb).map((said) => said.map ?? {});
  }
  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const gone = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGKILL');
    await gone;
  }
}

export function profileOf(feeds: FeedProfile[]): Profile {
  return {
    ...PROFILE_DEFAULTS,
    id: 'test',
    name: { zh: '试', en: 'test' },
    centre: { lon: 120.87, lat: 30.03 },
    files: '/nowhere',
    pack: 'test',
    feeds,
    windows: [],
    linkages: { departments: [] },
    origin: [],
  };
}
export function feedOf(platform: Platform, source = 'fire-iot'): FeedProfile {
  const { events, request, serverKey } = platform.address;
  return {
    source,
    kind: 'zmq',
    events,
    request,
    crs: 'wgs84',
    insecure: false,
    ...(serverKey === null ? {} : { serverKey }),
  };
}

export class Console {
  readonly observations: Observation[] = [];
  readonly journal: Journal;
  readonly intake: Intake;

  constructor(journal: Journal, data: string, feeds: FeedProfile[]) {
    this.journal = journal;
    this.intake = openIntake({ profile: profileOf(feeds), data, journal, clock: systemClock, log: silentLog });
    this.intake.onObservations((observations) => this.observations.push(...observations));
  }
  static async open(data: string, feeds: FeedProfile[]): Promise<Console> {
    const journal = await openJournal({
      dir: `${data}/journal`,
      durability: 'process',
      retentionDays: 30,
      maxBytes: 2 ** 34,
    });
    const made = new Console(journal, data, feeds);
    made.intake.start();
    return made;
  }
  feed(source = 'fire-iot'): FeedRecord {
    const record = this.intake.feeds().find((feed) => feed.id === source);
    if (record === undefined) throw new Error(`no feed ${source}`);
    return record;
  }
  async close(): Promise<void> {
    await this.intake.close();
    await this.journal.close();
  }
}

export async function eventually(check: () => boolean, what: string | (() => unknown), ms = 15_000): Promise<void> {
  const end = Date.now() + ms;
  while (!check()) {
    if (Date.now() > end)
      throw new Error(`not in ${ms} ms: ${typeof what === 'string' ? what : JSON.stringify(what())}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
