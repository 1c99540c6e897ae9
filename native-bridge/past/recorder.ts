/**
 * The recorder as the bridge sees it: once a second, what has changed on the wall goes to be kept.
 *
 * Owns: how far it has told, the thread. Guarantees: Z1, Z5: the picture is read like a window reads it, in slices of a few
 *   ms; a thread that is behind or gone costs steps, never the picture; nothing throws.
 * Refuses: to wait.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Packr } from 'msgpackr';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Puts } from '../contract/port.ts';
import { COLLECTIONS, type Collection, type RecordOf } from '../contract/records.ts';
import type { PictureLog } from '../port/types.ts';
import type { FromRecorder, RecorderOptions, ToRecorder } from './messages.ts';
import type { KeptRemoves } from './mirror.ts';

/** Records packed in one turn of the event loop: about 2 ms. */
const SLICE_RECORDS = 400;
/** So many steps may wait for the thread; then they are left out and the next holds their changes too. */
const MOST_WAITING = 3;
const RESPAWN_MS = 5000;
const CLOSE_MS = 800;

const sources = import.meta.url.endsWith('.ts');

export interface Recorder {
  /** Keeps the picture of now; answers at once. */
  readonly step: () => void;
  /** Why nothing is kept at the moment; null: it is. */
  readonly trouble: () => string | null;
  readonly close: () => Promise<void>;
}

export const createRecorder = (
  options: RecorderOptions & { picture: PictureLog; clock: Clock; log: Log },
): Recorder => {
  const { picture, clock, log, file, maxAgeMs, maxBytes } = options;
  const packr = new Packr({ useRecords: false, variableMapSize: true });
  let thread: Worker | null = null;
  let fellAt = Number.NEGATIVE_INFINITY;
  /** Up to this clock of the picture all is told; null: nothing is. */
  let told: number | null = null;
  let waiting = 0;
  let busy = false;
  let over = false;
  let reason: string | null = null;
  let closed = (): void => undefined;

  const fell = (): void => {
    thread = null;
    told = null;
    waiting = 0;
    fellAt = clock.now();
    closed();
    if (!over) log.error({}, 'the recorder of the past ended; it is begun anew');
  };
  const spawn = (): Worker => {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const workerData: RecorderOptions = { file, maxAgeMs, maxBytes };
    const made = new Worker(new URL(sources ? './recorder-worker.ts' : './recorder-worker.js', import.meta.url), {
      workerData,
    });
    made.on('message', (message: FromRecorder) => {
      if (message.t === 'closed') return closed();
      waiting -= 1;
      if (message.reason !== reason && message.reason !== null)
        log.error({ why: message.reason }, 'what is shown is not kept');
      reason = message.reason;
    });
    made.on('error', (error) => log.error({ error: String(error) }, 'recorder of the past'));
    made.on('exit', fell);
    made.unref();
    return made;
  };
  const tell = (message: ToRecorder, transfer: ArrayBuffer[] = []): void => thread?.postMessage(message, transfer);

  const everything = (): { clock: number; puts: Puts; removes: KeptRemoves } => {
    const puts: Puts = {};
    const gather = <C extends Collection>(name: C): void => {
      const records: RecordOf[C][] = [...picture.all(name)];
      Object.assign(puts, { [name]: records });
    };
    COLLECTIONS.forEach(gather);
    return { clock: picture.clock(), puts, removes: {} };
  };
  const step = async (): Promise<void> => {
    const at = clock.now();
    const known = told === null ? null : picture.since(told);
    const { clock: upTo, puts, removes } = known ?? everything();
    told = upTo;
    const parts: Uint8Array<ArrayBuffer>[] = [];
    for (const collection of COLLECTIONS) {
      const records = puts[collection] ?? [];
      for (let i = 0; i < records.length; i += SLICE_RECORDS) {
        if (i > 0) await new Promise(setImmediate);
        parts.push(new Uint8Array(packr.pack({ [collection]: records.slice(i, i + SLICE_RECORDS) })));
      }
    }
    if (thread === null) return;
    waiting += 1;
    tell(
      { t: 'step', at, whole: known === null, parts, removes },
      parts.map(({ buffer }) => buffer),
    );
  };
  return {
    step: () => {
      if (over || busy || waiting >= MOST_WAITING) return;
      if (thread === null && clock.now() - fellAt < RESPAWN_MS) return;
      busy = true;
      try {
        thread ??= spawn();
      } catch (error) {
        fellAt = clock.now();
        busy = false;
        reason = String(error);
        return;
      }
      step()
        .catch((error: unknown) => {
          told = null;
          log.error({ error: String(error) }, 'a step of the past was not kept');
        })
        .finally(() => (busy = false));
    },
    trouble: () => reason,
    close: async () => {
      over = true;
      const last = thread;
      if (last === null) return;
      await new Promise<void>((resolve) => {
        const late = setTimeout(resolve, CLOSE_MS);
        closed = () => {
          clearTimeout(late);
          resolve();
        };
        tell({ t: 'close' });
      });
      await last.terminate();
    },
  };
};
