/**
 * What the strip's kept row remembers beyond the strip itself.
 *
 * Owns: the shape of that row and how it is read back.
 * Guarantees: whatever stands there, an answer; nothing kept is position 0.
 * Refuses: to trust types of what comes from disk.
 */
import type { StripRecord } from '../contract/records.ts';
import type { Saved } from './change-log.ts';

export interface KeptStrip extends StripRecord {
  /** The core records of the same slice hold every event up to this position of the journal. */
  position: number;
  /** When news was heard in the last ten minutes. */
  announced: readonly number[];
}
export interface Memory {
  position: number;
  announced: readonly number[];
}
const isNumber = (value: unknown): value is number => typeof value === 'number';

export const memoryOf = (rows: Iterable<Saved>): Memory => {
  const memory: Memory = { position: 0, announced: [] };
  for (const { collection, record } of rows) {
    if (collection !== 'strip' || record === null) continue;
    if ('position' in record && isNumber(record.position)) memory.position = record.position;
    if ('announced' in record && Array.isArray(record.announced)) memory.announced = record.announced.filter(isNumber);
  }
  return memory;
};
