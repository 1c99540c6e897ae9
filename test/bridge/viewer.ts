// A window without a screen: a WebSocket client of the port that keeps the picture it is told.
// Guarantees: checks that deltas follow each other without a hole; acknowledges by itself unless told to sleep.
import { once } from 'node:events';
import { Packr, Unpackr } from 'msgpackr';
import WebSocket from 'ws';
import type { CommandName, Commands, Role, ToViewer, ViewerMessage } from '../../native-bridge/contract/port.ts';
import { COLLECTIONS, type Collection, type RecordOf } from '../../native-bridge/contract/records.ts';

const packr = new Packr({ useRecords: false });
const unpackr = new Unpackr({ useRecords: false, mapsAsObjects: true });

export interface Hello {
  role?: Role;
  run?: string;
  clock?: number;
  /** A moment of the past, ms UTC. */
  at?: number;
}
type Answer = ToViewer['answer'];

export class Viewer {
  readonly socket: WebSocket;
  readonly world = new Map<Collection, Map<string, RecordOf[Collection]>>();
  welcome: ToViewer['welcome'] | null = null;
  clock: number | null = null;
  wipes = 0;
  deltas = 0;
  swift = 0;
  coalesced = 0;
  readonly frames: ToViewer['frame'][] = [];
  readonly boxes: ToViewer['boxes'][] = [];
  readonly answers: Answer[] = [];
  readonly holes: string[] = [];
  /** Where a window in the past stands. */
  time: ToViewer['time'] | null = null;
  asleep = false;
  closed: string | null = null;
  /** Called with each change as it is heard. */
  onPut: <C extends Collection>(collection: C, record: RecordOf[C]) => void = () => undefined;
  #nextId = 0;
  readonly #pieces: ToViewer['wipe']['puts'][] = [];
  readonly #waiting = new Map<number, (answer: Answer) => void>();

  constructor(port: number, token: string, origin = `http://127.0.0.1:${port}`) {
    this.socket = new WebSocket(`ws://127.0.0.1:${port}/port`, `fengsui.${token}`, {
      origin,
      perMessageDeflate: false,
    });
    this.socket.on('message', (data: Buffer) => this.#hear(unpackr.unpack(data) as ViewerMessage));
    this.socket.on('close', (code, why) => (this.closed = `${code} ${String(why)}`));
    this.socket.on('error', () => undefined);
  }
  /** Connects and says hello; resolves when the first picture is complete. */
  static async open(port: number, token: string, hello: Hello = {}): Promise<Viewer> {
    const viewer = new Viewer(port, token);
    await once(viewer.socket, 'open');
    const { role = 'duty', run, clock, at } = hello;
    viewer.clock = clock ?? null;
    viewer.say({
      t: 'hello',
      version: 1,
      role,
      window: 'test',
      ...(run === undefined ? {} : { run, clock }),
      ...(at === undefined ? {} : { at }),
    });
    await viewer.until(() => viewer.wipes > 0 || (viewer.welcome !== null && viewer.clock !== null));
    return viewer;
  }
  say(message: object): void {
    this.socket.send(packr.pack(message));
  }
  raw(bytes: Uint8Array | string): void {
    this.socket.send(bytes);
  }
  all<C extends Collection>(collection: C): RecordOf[C][] {
    return [...(this.world.get(collection)?.values() ?? [])] as RecordOf[C][];
  }
  get<C extends Collection>(collection: C, id: string): RecordOf[C] | undefined {
    return this.world.get(collection)?.get(id) as RecordOf[C] | undefined;
  }
  async until(good: () => boolean, ms = 15_000): Promise<void> {
    const end = Date.now() + ms;
    while (!good()) {
      if (Date.now() > end) throw new Error(`not within ${ms} ms: ${String(good)}`);
      await new Promise((go) => setTimeout(go, 5));
    }
  }
  command<N extends CommandName>(name: N, args: Commands[N]['args'], by = 'tester'): Promise<Answer> {
    const id = ++this.#nextId;
    this.say({ t: 'command', id, name, args, by });
    return new Promise((answered) => this.#waiting.set(id, answered));
  }
  async close(): Promise<void> {
    if (this.socket.readyState === WebSocket.CLOSED) return;
    this.socket.close();
    await once(this.socket, 'close');
  }
  #take(puts: ToViewer['delta']['puts'], removes: ToViewer['delta']['removes']): void {
    for (const collection of COLLECTIONS) {
      const shelf = this.world.get(collection) ?? new Map<string, RecordOf[Collection]>();
      this.world.set(collection, shelf);
      for (const record of puts[collection] ?? []) {
        shelf.set(record.id, record);
        this.onPut(collection, record);
      }
      for (const id of removes[collection] ?? []) shelf.delete(id);
    }
  }
  #hear(message: ViewerMessage): void {
    switch (message.t) {
      case 'welcome':
        this.welcome = message;
        return;
      case 'wipe':
        this.#pieces.push(message.puts);
        if (message.more) return;
        this.world.clear();
        for (const puts of this.#pieces.splice(0)) this.#take(puts, {});
        this.clock = message.clock;
        this.wipes += 1;
        break;
      case 'delta':
        if (message.from !== this.clock) this.holes.push(`at ${String(this.clock)}, delta from ${message.from}`);
        if (message.from === message.clock) this.swift += 1;
        else this.deltas += 1;
        this.coalesced += message.coalesced;
        this.clock = message.clock;
        this.#take(message.puts, message.removes);
        break;
      case 'boxes':
        this.boxes.push(message);
        return;
      case 'frame':
        this.frames.push(message);
        return;
      case 'time':
        this.time = message;
        return;
      case 'answer':
        this.answers.push(message);
        this.#waiting.get(message.id)?.(message);
        this.#waiting.delete(message.id);
        return;
    }
    if (!this.asleep) this.say({ t: 'ack', clock: this.clock });
  }
}
