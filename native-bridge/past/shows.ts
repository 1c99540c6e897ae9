/**
 * The shows as the bridge sees them: windows that look at the past, carried to a thread of their own and back.
 *
 * Owns: the thread, begun for the first window and ended after the last. Guarantees: Z6: bytes pass through as they are; a
 *   thread that dies closes its windows' connections, which then come again.
 * Refuses: to read a message.
 */
import { Worker } from 'node:worker_threads';
import { Packr } from 'msgpackr';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { SiteCard } from '../contract/port.ts';
import type { Inlet, Outlet } from '../port/types.ts';
import type { FromShows, ShowsOptions, ToShows } from './messages.ts';

/** A console has some windows; each in the past holds a picture of its own. */
const MOST_SHOWS = 12;
/** Without a window the thread stays for so long, ms. */
const LINGER_MS = 60_000;

const sources = import.meta.url.endsWith('.ts');

export interface Shows {
  /** The connection of a window that looks at the past. */
  readonly join: (outlet: Outlet) => Inlet;
  readonly close: () => Promise<void>;
}

export const createShows = (
  options: Omit<ShowsOptions, 'site'> & { site: SiteCard; clock: Clock; log: Log },
): Shows => {
  const { clock, log, site, ...rest } = options;
  const outlets = new Map<number, Outlet>();
  let thread: Worker | null = null;
  let last = 0;
  let disarm = (): void => undefined;

  const tell = (message: ToShows): void => thread?.postMessage(message);
  const linger = (): void => {
    disarm();
    if (outlets.size > 0 || thread === null) return;
    disarm = clock.after(LINGER_MS, () => {
      if (outlets.size > 0) return;
      void thread?.terminate();
      thread = null;
    });
  };
  const end = (id: number, why: string): void => {
    const outlet = outlets.get(id);
    outlets.delete(id);
    outlet?.close(why);
    linger();
  };
  const hear = (message: FromShows): void => {
    const { id } = message;
    if (message.t === 'close') return end(id, message.why);
    const outlet = outlets.get(id);
    outlet?.send(message.bytes, message.picture);
    tell({ t: 'sent', id, bytes: message.bytes.byteLength, backlog: outlet?.backlog() ?? 0 });
  };
  const spawn = (): Worker => {
    const workerData: ShowsOptions = { ...rest, site: new Uint8Array(new Packr({ useRecords: false }).pack(site)) };
    const made = new Worker(new URL(sources ? './show-worker.ts' : './show-worker.js', import.meta.url), {
      workerData,
    });
    made.on('message', hear);
    made.on('error', (error) => log.error({ error: String(error) }, 'the past could not be shown'));
    made.on('exit', () => {
      // One that was sent away has no windows: those of its successor stay.
      if (thread !== made) return;
      thread = null;
      for (const id of [...outlets.keys()]) end(id, 'bridge-error');
    });
    made.unref();
    return made;
  };
  return {
    join: (outlet) => {
      if (outlets.size >= MOST_SHOWS) {
        outlet.close('too many windows in the past');
        return { receive: () => undefined, closed: () => undefined };
      }
      thread ??= spawn();
      const id = ++last;
      outlets.set(id, outlet);
      tell({ t: 'join', id });
      return {
        receive: (bytes) => tell({ t: 'in', id, bytes }),
        closed: () => {
          if (!outlets.delete(id)) return;
          tell({ t: 'gone', id });
          linger();
        },
      };
    },
    close: async () => {
      disarm();
      for (const id of [...outlets.keys()]) end(id, 'closing');
      disarm();
      await thread?.terminate();
    },
  };
};
