/**
 * The hub: all viewers, and the beat at which they are told.
 *
 * Owns: who is connected; the 20 Hz beat and the swift lane.
 * Guarantees: T1 to T5; a viewer that throws or hangs is its own trouble.
 * Refuses: to know how bytes travel.
 */
import { DELTA_MS } from '../contract/port.ts';
import { unpack } from './packing.ts';
import type { Hub, HubOptions, Inlet, PortCounts } from './types.ts';
import { createViewer, type Viewer } from './viewer.ts';

/** How late a delta may leave whose window was not ready for it when it fell due. */
const LOOK_MS = DELTA_MS / 5;

export const createHub = (options: HubOptions): Hub => {
  const viewers = new Set<Viewer>();
  const counts: PortCounts = {
    deltas: 0,
    swift: 0,
    wipes: 0,
    records: 0,
    coalesced: 0,
    bytes: 0,
    commands: 0,
    refused: 0,
  };
  let soon = false;
  const each = (act: (viewer: Viewer) => void): void => {
    for (const viewer of viewers) {
      try {
        act(viewer);
      } catch (error) {
        options.log.error({ error: String(error) }, 'a viewer failed');
        viewer.end('bridge-error', 'the bridge failed to serve this window');
      }
    }
  };
  const stop = options.clock.every(LOOK_MS, () => each((viewer) => viewer.beat()));
  /** What came between two deltas leaves to the millisecond when the next is due. */
  let disarm: (() => void) | null = null;
  const tell = (): void => {
    let wait = Number.POSITIVE_INFINITY;
    each((viewer) => {
      // First what must not wait, then what may take some ms to pack.
      viewer.swift();
      viewer.beat();
      wait = Math.min(wait, viewer.wait());
    });
    if (disarm !== null || wait === Number.POSITIVE_INFINITY) return;
    disarm = options.clock.after(Math.max(1, wait), () => {
      disarm = null;
      tell();
    });
  };

  return {
    join: (outlet) => {
      const viewer = createViewer(options, outlet, counts, () => viewers.delete(viewer));
      viewers.add(viewer);
      let inlet: Inlet | null = null;
      // The first word says whether it is now or a moment of the past that the window wants.
      const first = (bytes: Uint8Array): Inlet => {
        if (!options.past || typeof unpack(bytes)?.['at'] !== 'number') return viewer;
        viewer.closed();
        return options.past(outlet);
      };
      return {
        receive: (bytes) => (inlet ??= first(bytes)).receive(bytes),
        closed: () => (inlet ?? viewer).closed(),
      };
    },
    changed: () => {
      if (soon || viewers.size === 0) return;
      soon = true;
      // Everything that this turn of the event loop brings leaves together.
      setImmediate(() => {
        soon = false;
        tell();
      });
    },
    viewers: () => [...viewers].flatMap((viewer) => viewer.state() ?? []),
    counts,
    close: () => {
      stop();
      disarm?.();
      each((viewer) => viewer.end('closing', 'the bridge is closing'));
    },
  };
};
