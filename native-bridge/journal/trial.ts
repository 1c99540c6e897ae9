/**
 * For the tests of this room only: journals in folders of their own, and entries to put into them.
 *
 * Owns: making and tidying away. Guarantees: every journal opened here is closed, every folder removed. Refuses: nothing.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { receiveTime } from '../contract/brand.ts';
import type { Frame } from '../contract/frame.ts';
import { openJournal } from './journal.ts';
import type { Entry, Journal } from './types.ts';

export class Trial {
  readonly dir = mkdtempSync(join(tmpdir(), 'fengsui-journal-'));
  readonly #opened: Journal[] = [];

  async open(at = this.dir): Promise<Journal> {
    const journal = await openJournal({ dir: at, durability: 'process', retentionDays: 30, maxBytes: 2 ** 34 });
    this.#opened.push(journal);
    return journal;
  }
  async end(): Promise<void> {
    for (const journal of this.#opened.splice(0)) await journal.close();
    rmSync(this.dir, { recursive: true, force: true });
  }
}
export const bodyOf = (seq: number, n: number): Buffer =>
  Buffer.from(JSON.stringify(Array.from({ length: n }, (_, i) => ({ id: `e${seq + i}`, ts: seq + i, text: '烟感' }))));
export const entry = (seq: number, n: number, more: Partial<Frame> = {}, rejected: number[] = []): Entry => ({
  frame: {
    source: 's',
    epoch: 'e',
    topic: 's.x',
    seq,
    n,
    from: seq,
    to: seq + n - 1,
    ts: 1000,
    heard: receiveTime(2000 + seq),
    manner: 'live',
    body: bodyOf(seq, n),
    ...more,
  },
  rejected,
  atFrom: 5,
  atTo: 6,
  broken: false,
});
export const committed = (journal: Journal, position: number): Promise<boolean> =>
  new Promise((resolve) =>
    journal.onCommitted((done) => {
      if (done.position >= position) resolve(done.recorded);
    }),
  );
export const keep = async (journal: Journal, ...entries: Entry[]): Promise<boolean> => {
  const position = entries.map((each) => journal.append(each, [], false)).at(-1) ?? 0;
  return committed(journal, position);
};
