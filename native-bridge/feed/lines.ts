/**
 * Lines: the sockets of all feeds on a receiving thread of their own, as the feeds see them (F13).
 *
 * Owns: that thread, and what is under way from it. Guarantees: a line behaves as one of `sockets.ts` does; `TURN_MS`
 *   of slabs a turn of the event loop, so that what else there is to do comes in between and a turn that takes long over
 *   that does not make small slabs wait for a turn each; a thread that dies is begun anew, its lines
 *   with it. Refuses: to understand a message.
 */
import { Worker } from 'node:worker_threads';
import type { FromThread, ToThread } from './lines-talk.ts';
import { readSlab, type Slab } from './slab.ts';
import type { Line, LineOptions } from './sockets.ts';

const END_MS = 500;
const RESPAWN_MS = 1000;
const PAUSE_MS = 2;
/** A full slab takes some 5 ms; a small one well below one. */
const TURN_MS = 5;
const thread = new URL(import.meta.url.endsWith('.ts') ? './lines-worker.ts' : './lines-worker.js', import.meta.url);

export interface Lines {
  open(options: LineOptions): Line;
  /** Closes what is open; resolves when the thread is gone, within a second. */
  close(): Promise<void>;
}

export function openLines(): Lines {
  const open = new Map<number, { options: LineOptions; topics: Set<string> }>();
  const tickets = new Map<number, (sent: boolean) => void>();
  let slabs: Slab[] = [];
  let serial = 0;
  let resting = false;
  let ended = false;
  let closed = new Int32Array(new SharedArrayBuffer(4));
  let worker = begin();

  function begin(): Worker {
    closed = new Int32Array(new SharedArrayBuffer(4));
    const begun = new Worker(thread, { workerData: closed.buffer });
    begun.on('message', hear);
    // What went wrong is told by its end.
    begun.on('error', () => undefined);
    begun.on('exit', fell);
    return begun;
  }
  function fell(): void {
    slabs = [];
    for (const resolve of tickets.values()) resolve(false);
    tickets.clear();
    if (ended) return;
    for (const { options } of open.values()) options.down();
    setTimeout(() => {
      if (ended) return;
      worker = begin();
      for (const line of open.keys()) connect(line);
    }, RESPAWN_MS).unref();
  }
  // However this process ends: a thread that is torn down with sockets open would abort it.
  const atExit = (): void => {
    if (worker.threadId < 0) return;
    tell({ t: 'end' });
    Atomics.wait(closed, 0, 0, END_MS);
  };
  process.once('exit', atExit);
  const tell = (message: ToThread): void => worker.postMessage(message);
  const connect = (line: number): void => {
    const known = open.get(line);
    if (known === undefined) return;
    const { events, request, serverKey, client } = known.options;
    tell({ t: 'open', line, wire: { events, request, serverKey, client, topics: [...known.topics] } });
  };

  const rest = (wait: (done: () => void) => unknown): void => {
    resting = true;
    wait(() => {
      resting = false;
      read();
    });
  };
  function read(): void {
    if (resting || slabs.length === 0) return;
    const until = performance.now() + TURN_MS;
    do {
      for (const { options } of open.values()) if (!options.ready()) return rest((done) => setTimeout(done, PAUSE_MS));
      const slab = slabs.shift();
      if (slab === undefined) break;
      readSlab(slab, (line, kind, frames) => open.get(line)?.options[kind](frames));
      tell({ t: 'read' });
    } while (performance.now() < until);
    rest(setImmediate);
  }
  function hear(message: FromThread): void {
    switch (message.t) {
      case 'slab':
        slabs.push(message.slab);
        return read();
      case 'asked':
        tickets.get(message.ticket)?.(message.sent);
        return void tickets.delete(message.ticket);
      case 'up':
        return open.get(message.line)?.options.up();
      case 'down':
        return open.get(message.line)?.options.down();
      case 'refused':
        return open.get(message.line)?.options.refused(message.why);
      case 'failed':
        return open.get(message.line)?.options.failed(message.why);
    }
  }

  return {
    open(options) {
      const line = serial++;
      const topics = new Set(options.topics);
      open.set(line, { options, topics });
      connect(line);
      return {
        ask: (frames) =>
          new Promise((resolve) => {
            if (worker.threadId < 0) return resolve(false);
            const ticket = serial++;
            tickets.set(ticket, resolve);
            tell({ t: 'ask', line, ticket, frames });
          }),
        subscribe(topic) {
          topics.add(topic);
          tell({ t: 'topic', line, topic, wanted: true });
        },
        unsubscribe(topic) {
          topics.delete(topic);
          tell({ t: 'topic', line, topic, wanted: false });
        },
        close() {
          open.delete(line);
          tell({ t: 'close', line });
        },
      };
    },
    async close() {
      ended = true;
      process.off('exit', atExit);
      if (worker.threadId < 0) return;
      tell({ t: 'end' });
      await new Promise((resolve) => {
        worker.once('exit', resolve);
        // One that hangs is left behind: it must not be torn down.
        setTimeout(resolve, END_MS).unref();
      });
      worker.unref();
    },
  };
}
