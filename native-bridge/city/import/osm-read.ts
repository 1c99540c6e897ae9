/**
 * OSM files to their elements: .osm XML (sax, streamed), .osm.pbf (osm-pbf-parser-node), Overpass JSON.
 * Guarantees: nodes, ways and relations as they stand in the file, whatever its form; nothing is assembled here.
 * Refuses: extracts so large that they should have been cut to the district first.
 */
import { createReadStream } from 'node:fs';
import { createOSMStream } from 'osm-pbf-parser-node';
import sax from 'sax';
import { Unreadable } from './trouble.ts';

export type Tags = Record<string, string>;
export type Spot = readonly [lon: number, lat: number];
export interface OsmWay {
  readonly id: number;
  tags: Tags;
  readonly refs: number[];
  /** Overpass `out geom`: the points themselves. */
  readonly geometry?: readonly Spot[];
}
export interface OsmRelation {
  readonly id: number;
  tags: Tags;
  readonly members: { type: string; ref: number; role: string; geometry?: readonly Spot[] }[];
}
export interface OsmData {
  readonly nodes: Map<number, Spot>;
  readonly points: { id: number; at: Spot; tags: Tags }[];
  readonly ways: Map<number, OsmWay>;
  readonly relations: OsmRelation[];
}

/** A Map holds 2^24 entries; a city of ten million people has about a tenth of this. */
const MOST_NODES = 15_000_000;
const none: Tags = {};
const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const mapsIn = (value: unknown): Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter(isMap) : [];
const tagsOf = (value: unknown): Tags =>
  isMap(value) ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, String(v)])) : none;
const spotsOf = (value: unknown): Spot[] => mapsIn(value).map((p): Spot => [Number(p['lon']), Number(p['lat'])]);

function collector() {
  const data: OsmData = { nodes: new Map(), points: [], ways: new Map(), relations: [] };
  const node = (id: number, lon: number, lat: number, tags: Tags): void => {
    const at: Spot = [lon, lat];
    data.nodes.set(id, at);
    if (data.nodes.size > MOST_NODES)
      throw new Unreadable(
        '(file)',
        `holds more than ${MOST_NODES} nodes`,
        'cut it to the district first (osmium extract)',
      );
    if (tags !== none && Object.keys(tags).length > 0) data.points.push({ id, at, tags });
  };
  /** An element as Overpass JSON has it; .osm.pbf differs only in `refs`. */
  const element = (one: Readonly<Record<string, unknown>>): void => {
    const id = Number(one['id']);
    const tags = tagsOf(one['tags']);
    if (one['type'] === 'node') node(id, Number(one['lon']), Number(one['lat']), tags);
    if (one['type'] === 'way') {
      const refs = one['refs'] ?? one['nodes'];
      const geometry = one['geometry'] === undefined ? undefined : spotsOf(one['geometry']);
      data.ways.set(id, {
        id,
        tags,
        refs: Array.isArray(refs) ? refs.map(Number) : [],
        ...(geometry === undefined ? {} : { geometry }),
      });
    }
    if (one['type'] === 'relation') {
      const members = mapsIn(one['members']).map((m) => ({
        ...{ type: String(m['type']), ref: Number(m['ref']), role: String(m['role'] ?? '') },
        ...(m['geometry'] === undefined ? {} : { geometry: spotsOf(m['geometry']) }),
      }));
      data.relations.push({ id, tags, members });
    }
  };
  return { data, node, element };
}

/** @throws {Unreadable} */
export function elementsOfJson(value: unknown): OsmData {
  const { data, element } = collector();
  if (!isMap(value) || !Array.isArray(value['elements']))
    throw new Unreadable('elements', 'is no list', 'give what Overpass answers with [out:json]');
  mapsIn(value['elements']).forEach(element);
  return data;
}

/** @throws {Unreadable} */
export async function readPbf(path: string): Promise<OsmData> {
  const { data, element } = collector();
  try {
    for await (const items of createOSMStream(path)) mapsIn(Array.isArray(items) ? items : [items]).forEach(element);
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable('(file)', `is no .osm.pbf (${String(error)})`, 'give an extract with zlib blocks');
  }
  return data;
}

/** @throws {Unreadable} */
export async function readXml(path: string): Promise<OsmData> {
  const { data, node } = collector();
  const parser = sax.parser(true);
  parser.onerror = (error) => {
    throw error;
  };
  let open: { kind: 'node' | 'way' | 'relation'; id: number; lon: number; lat: number; tags: Tags } | undefined;
  let refs: number[] = [];
  let members: OsmRelation['members'] = [];
  let root = '';
  parser.onopentag = ({ name, attributes }) => {
    const of = (key: string): string => {
      const value = attributes[key];
      return typeof value === 'string' ? value : (value?.value ?? '');
    };
    if (root === '') root = name;
    if (name === 'node' || name === 'way' || name === 'relation') {
      open = { kind: name, id: Number(of('id')), lon: Number(of('lon')), lat: Number(of('lat')), tags: none };
      refs = [];
      members = [];
    } else if (open === undefined) return;
    else if (name === 'tag') {
      if (open.tags === none) open.tags = {};
      open.tags[of('k')] = of('v');
    } else if (name === 'nd') refs.push(Number(of('ref')));
    else if (name === 'member') members.push({ type: of('type'), ref: Number(of('ref')), role: of('role') });
  };
  parser.onclosetag = (name) => {
    if (open === undefined || name !== open.kind) return;
    const { id, tags } = open;
    if (name === 'node') node(id, open.lon, open.lat, tags);
    else if (name === 'way') data.ways.set(id, { id, tags, refs });
    else data.relations.push({ id, tags, members });
    open = undefined;
  };
  try {
    for await (const piece of createReadStream(path, 'utf8')) parser.write(String(piece));
    parser.close();
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new Unreadable('(file)', `is no XML (${first})`, 'give an .osm file, whole');
  }
  if (root !== 'osm') throw new Unreadable('(file)', `begins with <${root}>, not <osm>`, 'give an .osm file');
  return data;
}
