/**
 * The past: what the bridge reads of its own journal, mostly at start.
 *
 * Owns: one reading connection, opened when first needed. Guarantees: a file that is not there or cannot be read
 *   gives what was asked to be given instead; nothing throws. Refuses: to write.
 */
import { Reading, framesOf } from './reading.ts';
import type { Entry, Position } from './types.ts';

export class Past {
  readonly #file: string;
  #reading: Reading | null = null;

  constructor(file: string) {
    this.#file = file;
  }

  read<T>(act: (reading: Reading) => T, without: T): T {
    try {
      this.#reading ??= new Reading(this.#file);
      return act(this.#reading);
    } catch {
      // The recording mark says so already.
      this.close();
      return without;
    }
  }

  /** Frames after a position. Damaged segments are passed over: `journal verify` names them. */
  async *tail(after: Position): AsyncGenerator<{ position: Position; entry: Entry }> {
    let reading: Reading;
    try {
      reading = new Reading(this.#file);
    } catch {
      return;
    }
    try {
      for (const row of reading.segments(after)) {
        try {
          for (const { frame, rejected } of framesOf(row)) {
            yield { position: row.id, entry: { frame, rejected, atFrom: row.at_from, atTo: row.at_to, broken: false } };
          }
        } catch {
          continue;
        }
        await new Promise(setImmediate);
      }
    } catch {
      // The file became unreadable on the way: what was read is delivered.
    } finally {
      reading.close();
    }
  }

  close(): void {
    this.#reading?.close();
    this.#reading = null;
  }
}
