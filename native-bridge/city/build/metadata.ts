/**
 * The property table of a tile (EXT_structural_metadata): id, use, floors, height by feature.
 * Guarantees: row n belongs to feature id n; every buffer view starts on eight bytes.
 */
import type { Footprint } from './footprint.ts';

export const SCHEMA = {
  id: 'fengsui_city',
  classes: {
    building: {
      properties: {
        id: { type: 'STRING', required: true },
        use: { type: 'STRING', required: true },
        floors: { type: 'SCALAR', componentType: 'UINT16', required: true },
        height: { type: 'SCALAR', componentType: 'FLOAT32', required: true },
      },
    },
  },
} as const;

export interface Table {
  /** Bytes of each buffer view, in the order of their indexes in `properties`. */
  readonly views: readonly Uint8Array[];
  /** `properties` of the table when its first view has index `first`. */
  properties(first: number): Readonly<Record<string, object>>;
}

export function tableOf(footprints: readonly Footprint[]): Table {
  const ids = strings(footprints.map((f) => f.id));
  const uses = strings(footprints.map((f) => f.use));
  const floors = bytes(Uint16Array.from(footprints.map((f) => f.floors)));
  const heights = bytes(Float32Array.from(footprints.map((f) => f.height)));
  return {
    views: [...ids, ...uses, floors, heights],
    properties: (first) => ({
      id: { values: first, stringOffsets: first + 1, stringOffsetType: 'UINT32' },
      use: { values: first + 2, stringOffsets: first + 3, stringOffsetType: 'UINT32' },
      floors: { values: first + 4 },
      height: { values: first + 5 },
    }),
  };
}

const bytes = (view: ArrayBufferView): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

function strings(values: readonly string[]): [Uint8Array, Uint8Array] {
  const encoded = values.map((v) => new TextEncoder().encode(v));
  const offsets = new Uint32Array(values.length + 1);
  const text = new Uint8Array(encoded.reduce((sum, e) => sum + e.length, 0));
  let at = 0;
  encoded.forEach((e, i) => {
    text.set(e, at);
    at += e.length;
    offsets[i + 1] = at;
  });
  return [text, bytes(offsets)];
}
