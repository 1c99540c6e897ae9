/**
 * The thread in which the past is shown: nothing that is read there holds up now.
 *
 * Owns: the shows by connection, one reading of the file for each. Guarantees: a show that fails ends alone.
 * Refuses: to open anything for writing.
 */
import { randomUUID } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { Unpackr } from 'msgpackr';
import { systemClock } from '../base/clock.ts';
import { openLog } from '../base/log.ts';
import type { SiteCard } from '../contract/port.ts';
import type { Inlet } from '../port/types.ts';
import { createClipsInStep } from './clips-in-step.ts';
import type { FromShows, ShowsOptions, ToShows } from './messages.ts';
import { createMoment } from './moment.ts';
import { Reading } from './reading.ts';
import { openShow } from './show.ts';

const { file, clips, version, drill, site } = workerData as ShowsOptions;
const unpackr = new Unpackr({ useRecords: false, mapsAsObjects: true });
const card = unpackr.unpack(site) as SiteCard;
const log = openLog().room('past');
const tell = (message: FromShows, transfer: ArrayBuffer[] = []): void => parentPort?.postMessage(message, transfer);

interface Show {
  readonly inlet: Inlet;
  /** Bytes given to the bridge, and of those: bytes that wait for the window. */
  unsent: number;
  backlog: number;
}
const shows = new Map<number, Show>();

const join = (id: number): void => {
  const reading = new Reading(file);
  const show: Show = {
    unsent: 0,
    backlog: 0,
    inlet: openShow(
      {
        moment: createMoment(reading),
        clips: createClipsInStep(clips),
        ...{ clock: systemClock, log, version, drill, site: card },
        run: `past-${randomUUID()}`,
        left: () => {
          reading.close();
          shows.delete(id);
        },
      },
      {
        send: (bytes, picture = false) => {
          show.unsent += bytes.byteLength;
          const copy = new Uint8Array(bytes);
          tell({ t: 'out', id, bytes: copy, picture }, [copy.buffer]);
        },
        backlog: () => show.unsent + show.backlog,
        close: (why) => tell({ t: 'close', id, why }),
      },
    ),
  };
  shows.set(id, show);
};

parentPort?.on('message', (message: ToShows) => {
  const { id } = message;
  try {
    if (message.t === 'join') return join(id);
    const show = shows.get(id);
    if (!show) return;
    if (message.t === 'in') show.inlet.receive(message.bytes);
    else if (message.t === 'gone') show.inlet.closed();
    else Object.assign(show, { unsent: Math.max(0, show.unsent - message.bytes), backlog: message.backlog });
  } catch (error) {
    log.error({ error: String(error) }, 'a window in the past failed');
    shows.get(id)?.inlet.closed();
    tell({ t: 'close', id, why: 'bridge-error' });
  }
});
