/**
 * Packing: records, orders and acts as MessagePack for the file.
 *
 * Owns: the packer. Guarantees: plain maps without extensions, so that any reader of MessagePack reads them back.
 * Refuses: bytes that are shared with anyone: what it gives may be transferred.
 */
import { Packr } from 'msgpackr';
import type { StatePut } from './group.ts';
import type { Position, StateChange } from './types.ts';

const packr = new Packr({ useRecords: false, variableMapSize: true });

export const packed = (value: unknown): Uint8Array => new Uint8Array(packr.pack(value));

/** All records of one put in one buffer, with where each lies in it. */
export function packState(changes: readonly StateChange[], mark: Position | null): StatePut & { bytes: ArrayBuffer } {
  const records = changes.map((change) => (change.record === null ? null : packr.pack(change.record)));
  const bytes = new Uint8Array(records.reduce((sum, record) => sum + (record?.length ?? 0), 0));
  let end = 0;
  const rows = changes.map(({ collection, id }, i) => {
    const record = records[i] ?? null;
    if (record === null) return { collection, id, from: 0, to: -1 };
    bytes.set(record, end);
    end += record.length;
    return { collection, id, from: end - record.length, to: end };
  });
  return { rows, bytes: bytes.buffer, mark };
}
