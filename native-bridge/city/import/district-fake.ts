/**
 * An invented district of another city (by Yinchuan's place on the map, nothing of it real), for tests.
 * Guarantees: the same numbers every time; the truth in WGS-84 beside what is written out in other datums and formats.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import loaded from 'gcoord';
import type { LonLat } from '../../contract/site-files.ts';

const gcoord = 'default' in loaded ? loaded.default : loaded;

export const HEART: LonLat = [106.2305, 38.4872];
const METRES = 111_320;
const SQUEEZE = Math.cos((HEART[1] * Math.PI) / 180);
/** East and north of the heart, metres. */
export const at = (x: number, y: number): LonLat => [HEART[0] + x / METRES / SQUEEZE, HEART[1] + y / METRES];
export const box = (x: number, y: number, w: number, h: number): LonLat[] => [at(x, y), at(x + w, y), at(x + w, y + h), at(x, y + h)]; // prettier-ignore

export interface FakeBuilding {
  readonly id: number;
  readonly rings: readonly (readonly LonLat[])[];
  readonly tags: Readonly<Record<string, string>>;
}
export interface FakeRoad {
  readonly id: number;
  readonly line: readonly LonLat[];
  readonly tags: Readonly<Record<string, string>>;
}
export interface FakeDistrict {
  readonly buildings: readonly FakeBuilding[];
  readonly roads: readonly FakeRoad[];
  readonly water: readonly LonLat[];
  readonly boundary: readonly LonLat[];
  readonly points: readonly { id: number; at: LonLat; tags: Readonly<Record<string, string>> }[];
}

const BLOCK = 140;

/** `side` × `side` blocks of twelve buildings, streets between, a river at the western edge. */
export function fakeDistrict(side: number): FakeDistrict {
  const buildings: FakeBuilding[] = [];
  const start = (-side / 2) * BLOCK;
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      for (let k = 0; k < 12; k++) {
        const n = (row * side + column) * 12 + k;
        const x = start + column * BLOCK + 14 + (k % 4) * 30;
        const y = start + row * BLOCK + 14 + Math.floor(k / 4) * 40;
        const floors = n % 29 === 0 ? 33 : 3 + ((n * 7) % 9);
        const tags: Record<string, string> = { building: n % 5 === 0 ? 'commercial' : 'apartments', name: `${n}号楼` };
        if (n % 3 === 0) tags['building:levels'] = String(floors);
        else if (n % 3 === 1) tags['height'] = `${floors * 3} m`;
        const outer = box(x, y, 22, 16 + (n % 4) * 4);
        // A courtyard here and there: in OSM a multipolygon.
        buildings.push({ id: 1000 + n, rings: n % 40 === 7 ? [outer, box(x + 6, y + 5, 8, 6)] : [outer], tags });
      }
    }
  }
  const roads: FakeRoad[] = [];
  const end = start + side * BLOCK;
  const marks = Array.from({ length: side + 1 }, (_, i) => start + i * BLOCK);
  marks.forEach((m, i) => {
    const highway = i % 4 === 0 ? 'primary' : 'residential';
    const tags: Record<string, string> = { highway, name: `${i}街` };
    if (i % 4 === 0) tags['maxspeed'] = '60';
    if (i % 3 === 1) tags['oneway'] = 'yes';
    roads.push({ id: 10 + i * 2, line: marks.map((x) => at(x, m)), tags });
    roads.push({ id: 11 + i * 2, line: marks.map((y) => at(m, y)), tags: { ...tags, name: `${i}路` } });
  });
  return {
    buildings,
    roads,
    water: box(start - 260, start, 180, end - start),
    boundary: box(start - 400, start - 200, end - start + 600, end - start + 400),
    points: [
      { id: 1, at: at(5, 5), tags: { amenity: 'fire_station', name: '示例消防站' } },
      { id: 2, at: at(BLOCK, 5), tags: { emergency: 'fire_hydrant' } },
      { id: 3, at: at(BLOCK, 90), tags: { amenity: 'bench' } },
    ],
  };
}

export const gcj = ([lon, lat]: LonLat): number[] => gcoord.transform([lon, lat], gcoord.WGS84, gcoord.GCJ02);
const closed = (ring: readonly LonLat[]): LonLat[] => [...ring, ring[0] ?? [0, 0]];

interface Feature {
  type: 'Feature';
  properties: Readonly<Record<string, unknown>>;
  geometry: { type: string; coordinates: unknown };
}
export const feature = (
  type: string,
  coordinates: unknown,
  properties: Readonly<Record<string, unknown>>,
): Feature => ({
  type: 'Feature',
  properties,
  geometry: { type, coordinates },
});

export const PLAN = `
name: { zh: 示例区, en: Sample District }
synthetic: true
provenance: { date: 2026-01-31, origin: { zh: 测试生成, en: made for tests }, licence: CC0 }
`;

/** city.yaml and GeoJSON in GCJ-02, with some features that no wall can show. */
export function writeGcj(folder: string, district: FakeDistrict): void {
  mkdirSync(folder, { recursive: true });
  const put = (name: string, features: readonly Feature[]) =>
    writeFileSync(join(folder, name), JSON.stringify({ type: 'FeatureCollection', features }));
  const polygon = (rings: readonly (readonly LonLat[])[], props: Readonly<Record<string, unknown>>) =>
    feature('Polygon', rings.map((ring) => closed(ring).map(gcj)), props); // prettier-ignore
  const [first] = district.buildings;
  const [a, b, c, d] = box(300, 2, 12, 3);
  put('buildings.geojson', [
    ...district.buildings.map(({ id, rings, tags }) =>
      polygon(rings, {
        编号: `w${id}`,
        楼名: tags['name'],
        用途: tags['building'] === 'commercial' ? '商业' : '住宅',
        ...(tags['height'] === undefined ? {} : { 楼高: Number.parseFloat(tags['height']) }),
        ...(tags['building:levels'] === undefined ? {} : { 层数: Number(tags['building:levels']) }),
        ...(id % 2 === 0 ? { 人口: id % 300, 户数: `${id % 90} 户` } : {}),
      }),
    ),
    polygon(first?.rings ?? [], { 编号: 'twice' }),
    polygon([[a, b, d, c].map((p) => p ?? HEART)], { 编号: 'bow-tie', 层数: 2, 用途: '住宅' }),
    polygon([box(0, 0, 0.4, 0.4)], { 编号: 'speck' }),
    polygon([box(0, 0, 100, 0).slice(0, 2)], { 编号: 'line' }),
    polygon([box(90_000, 0, 20, 20)], { 编号: 'far', 层数: 2 }),
    feature('Point', gcj(HEART), { 编号: 'point' }),
  ]);
  put('roads.geojson', district.roads.map(({ line, tags }) => feature('LineString', line.map(gcj), tags))); // prettier-ignore
  put('boundary.geojson', [polygon([district.boundary], { name: '示例区' })]);
  put('water.geojson', [polygon([district.water], { name: '示例河', kind: 'river' })]);
  put('places.geojson', district.points.map((p) => feature('Point', gcj(p.at), p.tags))); // prettier-ignore
  writeFileSync(
    join(folder, 'city.yaml'),
    `id: sample-gcj\ncrs: gcj02\n${PLAN}
buildings: { file: buildings.geojson, take: { id: 编号, name: 楼名, height: 楼高, floors: 层数, use: 用途 } }
roads: roads.geojson
boundary: boundary.geojson
water: water.geojson
places: places.geojson
`,
  );
}

/** The same as OSM elements: nodes shared by ids, courtyards as multipolygons. */
export function elementsOf(district: FakeDistrict): Record<string, unknown>[] {
  const nodes = new Map<string, number>();
  const out: Record<string, unknown>[] = [];
  const node = ([lon, lat]: LonLat): number => {
    const key = `${lon.toFixed(7)},${lat.toFixed(7)}`;
    const known = nodes.get(key);
    if (known !== undefined) return known;
    const id = 100_000 + nodes.size;
    nodes.set(key, id);
    out.push({ type: 'node', id, lon: Number(lon.toFixed(7)), lat: Number(lat.toFixed(7)) });
    return id;
  };
  const rest: Record<string, unknown>[] = [];
  const way = (id: number, line: readonly LonLat[], tags: Readonly<Record<string, string>>) =>
    rest.push({ type: 'way', id, nodes: line.map(node), tags });
  const relations: Record<string, unknown>[] = [];
  for (const { id, rings, tags } of district.buildings) {
    const [outer = [], inner] = rings;
    if (inner === undefined) {
      way(id, closed(outer), tags);
      continue;
    }
    way(5_000_000 + id, closed(outer), {});
    way(6_000_000 + id, closed(inner), {});
    const member = (ref: number, role: string) => ({ type: 'way', ref, role });
    relations.push({ type: 'relation', id, tags: { ...tags, type: 'multipolygon' }, members: [member(5_000_000 + id, 'outer'), member(6_000_000 + id, 'inner')] }); // prettier-ignore
  }
  for (const { id, line, tags } of district.roads) way(id, line, tags);
  way(1, closed(district.water), { natural: 'water', water: 'river', name: '示例河' });
  way(2, closed(district.boundary), { boundary: 'administrative', admin_level: '6', name: '示例区' });
  for (const { id, at: [lon, lat], tags } of district.points) out.push({ type: 'node', id, lon, lat, tags }); // prettier-ignore
  return [...out, ...rest, ...relations];
}

export function osmXml(elements: readonly Record<string, unknown>[]): string {
  const tagsOf = (tags: unknown): string =>
    Object.entries(Object(tags)).map(([k, v]) => `<tag k="${k}" v="${String(v)}"/>`).join(''); // prettier-ignore
  const lines = elements.map((e) => {
    const tags = tagsOf(e['tags']);
    if (e['type'] === 'node') return `<node id="${String(e['id'])}" lon="${String(e['lon'])}" lat="${String(e['lat'])}">${tags}</node>`; // prettier-ignore
    const refs = (Array.isArray(e['nodes']) ? e['nodes'] : []).map((ref) => `<nd ref="${String(ref)}"/>`).join('');
    const members = (Array.isArray(e['members']) ? e['members'] : []).map((m: { ref: number; role: string }) => `<member type="way" ref="${m.ref}" role="${m.role}"/>`).join(''); // prettier-ignore
    return `<${String(e['type'])} id="${String(e['id'])}">${refs}${members}${tags}</${String(e['type'])}>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6">\n${lines.join('\n')}\n</osm>\n`;
}

/** city.yaml and one .osm file for all layers. */
export function writeOsm(folder: string, district: FakeDistrict): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'extract.osm'), osmXml(elementsOf(district)));
  writeFileSync(
    join(folder, 'city.yaml'),
    `id: sample-osm\n${PLAN}\nosm: extract.osm\nboundary: { file: extract.osm, where: { admin_level: 6 } }\n`,
  );
}
