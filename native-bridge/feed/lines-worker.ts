/**
 * The receiving thread: the sockets of every feed, away from the thread that decodes.
 *
 * Owns: the lines opened for the bridge and the slab being filled. Guarantees: what is received leaves with the turn of
 *   the event loop that brought it, in order with the ups and downs of its line; bounded memory: with `MOST_SLABS` under
 *   way nothing more is received; sockets are closed before the thread ends, whatever ends it: the binding brings down the
 *   whole process over a thread that ends with sockets open. Refuses: to look into messages.
 */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { MOST_SLABS, type FromThread, type ToThread } from './lines-talk.ts';
import { SlabBuilder, type Kind } from './slab.ts';
import { openLine, type Line, type Wire } from './sockets.ts';

const port = parentPort as MessagePort;
/** Set, and waited for, once there is nothing left to do. */
const closed = new Int32Array(workerData as SharedArrayBuffer);
const lines = new Map<number, Line>();
const slab = new SlabBuilder();
let underWay = 0;
let planned = false;

const send = (): void => {
  planned = false;
  if (slab.empty) return;
  underWay++;
  const taken = slab.take();
  port.postMessage({ t: 'slab', slab: taken } satisfies FromThread, [taken.bytes, taken.index]);
};
const put = (line: number, kind: Kind, frames: readonly Uint8Array[]): void => {
  slab.add(line, kind, frames);
  if (slab.full) send();
  else if (!planned) {
    planned = true;
    setImmediate(send);
  }
};
const say = (message: FromThread): void => {
  send();
  port.postMessage(message);
};

function open(line: number, wire: Wire): void {
  try {
    const opened = openLine({
      ...wire,
      message: (frames) => put(line, 'message', frames),
      reply: (frames) => put(line, 'reply', frames),
      up: () => say({ t: 'up', line }),
      down: () => say({ t: 'down', line }),
      refused: (why) => say({ t: 'refused', line, why }),
      failed: () => undefined,
      ready: () => underWay < MOST_SLABS,
    });
    lines.set(line, opened);
  } catch (error) {
    // One line that cannot be opened must not take the others with it.
    say({ t: 'failed', line, why: error instanceof Error ? error.message : String(error) });
  }
}

function end(): void {
  for (const line of lines.values()) line.close();
  lines.clear();
  port.close();
}
process.on('exit', () => {
  Atomics.store(closed, 0, 1);
  Atomics.notify(closed, 0);
});
// The bridge hears of it by the thread's end and begins another.
process.on('uncaughtException', end);

port.on('message', (message: ToThread) => {
  switch (message.t) {
    case 'open':
      return open(message.line, message.wire);
    case 'ask': {
      const { line, ticket, frames } = message;
      const asked = lines.get(line)?.ask(frames) ?? Promise.resolve(false);
      return void asked.then((sent) => say({ t: 'asked', ticket, sent }));
    }
    case 'topic':
      if (message.wanted) lines.get(message.line)?.subscribe(message.topic);
      else lines.get(message.line)?.unsubscribe(message.topic);
      return;
    case 'read':
      underWay--;
      return;
    case 'close':
      lines.get(message.line)?.close();
      return void lines.delete(message.line);
    case 'end':
      return end();
  }
});
