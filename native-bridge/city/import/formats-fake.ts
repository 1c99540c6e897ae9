/**
 * Writers of the binary formats a district may bring, small enough to trust: Shapefile and .osm.pbf, for tests.
 */
import { writeFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';

export interface Row {
  readonly ring: readonly (readonly [number, number])[];
  /** Bytes as they stand in the file, so that any code page can be tried. */
  readonly name: Uint8Array;
  readonly floors: number;
}

/** Closed clockwise rings, one a record (ESRI Shapefile Technical Description, 1998). `path` without its ending. */
export function writeShapefile(
  path: string,
  rows: readonly Row[],
  prj: string | undefined,
  cpg: string | undefined,
): void {
  const bodies = rows.map(({ ring }) => {
    const points = [...ring, ring[0] ?? [0, 0]];
    const body = Buffer.alloc(44 + 4 + points.length * 16);
    body.writeInt32LE(5, 0);
    const xs = points.map((p) => p[0]);
    const ys = points.map((p) => p[1]);
    [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)].forEach((v, i) =>
      body.writeDoubleLE(v, 4 + i * 8),
    );
    body.writeInt32LE(1, 36);
    body.writeInt32LE(points.length, 40);
    points.forEach((p, i) => {
      body.writeDoubleLE(p[0], 48 + i * 16);
      body.writeDoubleLE(p[1], 56 + i * 16);
    });
    return body;
  });
  const head = Buffer.alloc(100);
  head.writeInt32BE(9994, 0);
  head.writeInt32BE((100 + bodies.reduce((sum, b) => sum + 8 + b.length, 0)) / 2, 24);
  head.writeInt32LE(1000, 28);
  head.writeInt32LE(5, 32);
  const records = bodies.map((body, i) => {
    const start = Buffer.alloc(8);
    start.writeInt32BE(i + 1, 0);
    start.writeInt32BE(body.length / 2, 4);
    return Buffer.concat([start, body]);
  });
  writeFileSync(`${path}.shp`, Buffer.concat([head, ...records]));

  const fields = [['MC', 'C', 20], ['CS', 'N', 4]] as const; // prettier-ignore
  const table = Buffer.alloc(32 + fields.length * 32 + 1);
  table[0] = 3;
  table.writeUInt32LE(rows.length, 4);
  table.writeUInt16LE(table.length, 8);
  table.writeUInt16LE(25, 10);
  fields.forEach(([name, type, length], i) => {
    table.write(name, 32 + i * 32, 'latin1');
    table.write(type, 43 + i * 32, 'latin1');
    table[48 + i * 32] = length;
  });
  table[table.length - 1] = 13;
  const lines = rows.map(({ name, floors }) => {
    const line = Buffer.alloc(25, 0x20);
    Buffer.from(name).copy(line, 1);
    line.write(String(floors).padStart(4), 21, 'latin1');
    return line;
  });
  writeFileSync(`${path}.dbf`, Buffer.concat([table, ...lines]));
  if (prj !== undefined) writeFileSync(`${path}.prj`, prj);
  if (cpg !== undefined) writeFileSync(`${path}.cpg`, cpg);
}

// --- .osm.pbf: protocol buffers by hand (OSM wiki, "PBF Format") ---------------------------

const varint = (value: number): number[] => {
  const out: number[] = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return [...out, left];
    out.push((left % 128) + 128);
  }
};
const zigzag = (value: number): number[] => varint(value < 0 ? -value * 2 - 1 : value * 2);
const bytes = (field: number, body: readonly number[] | Uint8Array): number[] => [
  ...varint(field * 8 + 2),
  ...varint(body.length),
  ...body,
];
const number = (field: number, value: number): number[] => [...varint(field * 8), ...varint(value)];
const text = (field: number, value: string): number[] => bytes(field, new TextEncoder().encode(value));
const steps = (values: readonly number[]): number[] => values.flatMap((v, i) => zigzag(v - (values[i - 1] ?? 0)));

const blob = (type: string, body: readonly number[]): Buffer => {
  const data = [...number(2, body.length), ...bytes(3, deflateSync(Uint8Array.from(body)))];
  const header = [...text(1, type), ...number(3, data.length)];
  const length = Buffer.alloc(4);
  length.writeUInt32BE(header.length);
  return Buffer.concat([length, Buffer.from(header), Buffer.from(data)]);
};

type Element = Readonly<Record<string, unknown>>;
const tagsOf = (e: Element): [string, string][] => Object.entries(Object(e['tags'])).map(([k, v]) => [k, String(v)]);

/** Elements as Overpass JSON has them. */
export function osmPbf(elements: readonly Element[]): Buffer {
  const strings = [''];
  const known = new Map<string, number>();
  const word = (s: string): number => {
    const at = known.get(s) ?? strings.push(s) - 1;
    known.set(s, at);
    return at;
  };
  const of = (type: string) => elements.filter((e) => e['type'] === type);
  const keys = (e: Element) => [
    ...bytes(
      2,
      tagsOf(e).flatMap(([k]) => varint(word(k))),
    ),
    ...bytes(
      3,
      tagsOf(e).flatMap(([, v]) => varint(word(v))),
    ),
  ];
  const nodes = of('node');
  const dense = [
    ...bytes(1, steps(nodes.map((e) => Number(e['id'])))),
    ...bytes(8, steps(nodes.map((e) => Math.round(Number(e['lat']) * 1e7)))),
    ...bytes(9, steps(nodes.map((e) => Math.round(Number(e['lon']) * 1e7)))),
    ...bytes(
      10,
      nodes.flatMap((e) => [...tagsOf(e).flatMap(([k, v]) => [...varint(word(k)), ...varint(word(v))]), 0]),
    ),
  ];
  const ways = of('way').map((e) =>
    bytes(3, [...number(1, Number(e['id'])), ...keys(e), ...bytes(8, steps(e['nodes'] as number[]))]),
  );
  const relations = of('relation').map((e) => {
    const members = e['members'] as { ref: number; role: string }[];
    return bytes(4, [
      ...number(1, Number(e['id'])),
      ...keys(e),
      ...bytes(
        8,
        members.flatMap((m) => varint(word(m.role))),
      ),
      ...bytes(9, steps(members.map((m) => m.ref))),
      ...bytes(
        10,
        members.map(() => 1),
      ),
    ]);
  });
  const groups = [bytes(2, bytes(2, dense)), bytes(2, ways.flat()), bytes(2, relations.flat())].flat();
  const table = bytes(
    1,
    strings.flatMap((s) => text(1, s)),
  );
  const header = [...text(4, 'OsmSchema-V0.6'), ...text(4, 'DenseNodes')];
  return Buffer.concat([blob('OSMHeader', header), blob('OSMData', [...table, ...groups])]);
}
