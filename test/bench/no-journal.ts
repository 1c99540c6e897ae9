// A journal that keeps nothing and answers at once: what the path costs without one.
import type { Committed, Journal } from '../../native-bridge/journal/types.ts';

export function noJournal(): Journal {
  const acts: ((committed: Committed) => void)[] = [];
  let position = 0;
  let waiting = false;
  return {
    append() {
      position++;
      if (!waiting) {
        waiting = true;
        setTimeout(() => {
          waiting = false;
          for (const act of acts) act({ position, recorded: false });
        }, 10);
      }
      return position;
    },
    quarantine: () => undefined,
    onCommitted: (act) => void acts.push(act),
    noteGone: () => undefined,
    noteSnapshot: () => undefined,
    onForgotten: () => undefined,
    coverage: () => [],
    async *tail() {
      // Nothing is kept.
    },
    state: { read: () => [], mark: () => 0, put: () => undefined },
    orders: { put: () => Promise.resolve(), update: () => Promise.resolve(), open: () => [], recent: () => [] },
    audit: () => undefined,
    stats: () => ({ events: 0, bySource: {}, quarantined: {}, bytes: 0, backlog: 0 }),
    backlog: () => 0,
    status: () => ({ id: 'recording', recording: false, reason: null, file: '', events: 0, bytes: 0 }),
    onStatus: () => undefined,
    close: () => Promise.resolve(),
  };
}
