/**
 * One file of the plan, read and moved to WGS-84.
 * Owns: which reader takes which file; whose word on the datum counts: the layer's own, then what the file says itself,
 *   then the plan's; a .prj in plain degrees does not contradict gcj02 or bd09, which have no .prj.
 * Guarantees: a file named for several layers is read once; a layer most of whose coordinates cannot be of the stated
 *   system is refused; where a few cannot, those features are left out and told.
 */
import { openSync, readFileSync, readSync, closeSync } from 'node:fs';
import type { Geometry, Position } from 'geojson';
import { datumOf, datumOfPrj, implausible, type Datum } from './crs.ts';
import { parseGeoJson } from './geojson.ts';
import { belongs, shapesOfOsm } from './osm.ts';
import { elementsOfJson, readPbf, readXml } from './osm-read.ts';
import type { CityPlan, Layer } from './plan.ts';
import { readShapefile } from './shapefile.ts';
import { meets, type Shape, type Shapes } from './shapes.ts';
import { CityError, Unreadable } from './trouble.ts';

export interface ReadLayer {
  readonly layer: Layer;
  /** As it was understood; printed, so that a wrong datum is seen. */
  readonly crs: string;
  /** In WGS-84. */
  readonly shapes: readonly Shape[];
  /** Features without any geometry. */
  readonly empty: number;
  /** Ids of features with a coordinate that cannot be of the stated system. */
  readonly strange: readonly string[];
  readonly osm: boolean;
  /** What its owner should look at, though it was read. */
  readonly note?: string;
}
export type Reader = (layer: Layer) => Promise<ReadLayer>;

const FORMATS = 'known are .geojson, .json, .geojsonl, .shp, .osm, .osm.pbf and Overpass JSON';

export function openReader(plan: CityPlan): Reader {
  const held = new Map<string, Promise<{ read: Shapes; osm: boolean }>>();
  return async (layer) => {
    const { file, shown } = layer;
    try {
      const key = `${file} ${layer.encoding ?? ''}`;
      const opened = held.get(key) ?? readFile(file, layer.encoding);
      held.set(key, opened);
      const { read, osm } = await opened;
      const datum = datumFor(layer, plan, read, osm);
      const mine = read.shapes.filter((s) => (!osm || belongs(layer.layer, s.props)) && meets(s.props, layer.where));
      const { odd = [], sound = [] } = Object.groupBy(mine, ({ geometry }) =>
        oddOf(geometry, datum) ? 'odd' : 'sound',
      );
      if (odd.length * 2 > mine.length) throw refusal(odd, datum);
      const shapes = sound.map((shape): Shape => ({ ...shape, geometry: moved(shape.geometry, datum) }));
      const strange = odd.map(({ id }) => id ?? '');
      const note = contradiction(layer, datum, read);
      return {
        ...{ layer, crs: datum.name, shapes, empty: osm ? 0 : read.empty, strange, osm },
        ...(note === undefined ? {} : { note }),
      };
    } catch (error) {
      if (error instanceof Unreadable) {
        const inPlan = error.field === 'crs' || error.field === 'encoding';
        const at = inPlan ? `${layer.fromOsm ? '' : `${layer.field}.`}${error.field}` : error.field;
        throw new CityError(inPlan ? plan.path : shown, at, error.message, error.right);
      }
      throw error;
    }
  };
}

async function readFile(file: string, encoding: string | undefined): Promise<{ read: Shapes; osm: boolean }> {
  const name = file.toLowerCase();
  if (name.endsWith('.shp')) return { read: await readShapefile(file, encoding), osm: false };
  if (name.endsWith('.pbf')) return { read: shapesOfOsm(await readPbf(file)), osm: true };
  if (name.endsWith('.osm') || name.endsWith('.xml')) return { read: shapesOfOsm(await readXml(file)), osm: true };
  if (/\.(geo)?jsonl?$|\.geojsonseq$/.test(name)) {
    if (isOverpass(file)) return { read: shapesOfOsm(elementsOfJson(jsonOf(file))), osm: true };
    return { read: parseGeoJson(textOfFile(file)), osm: false };
  }
  throw new Unreadable('(file)', 'is of no known format', FORMATS);
}

function textOfFile(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const large = error instanceof Error && 'code' in error && error.code === 'ERR_STRING_TOO_LONG';
    throw new Unreadable(
      '(file)',
      large ? 'is larger than 512 MB' : 'cannot be read',
      'split it, or give .shp or .osm.pbf',
    );
  }
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(textOfFile(file));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Unreadable('(file)', `is not JSON (${error.message})`, 'give the whole answer of Overpass');
  }
}

/** Overpass names itself in its first lines. */
function isOverpass(file: string): boolean {
  const head = Buffer.alloc(4096);
  const handle = openSync(file, 'r');
  try {
    const text = head.subarray(0, readSync(handle, head)).toString('utf8');
    return /"elements"\s*:/.test(text) && !/"FeatureCollection"/.test(text);
  } finally {
    closeSync(handle);
  }
}

function datumFor(layer: Layer, plan: CityPlan, read: Shapes, osm: boolean): Datum {
  if (layer.crs !== undefined) return datumOf(layer.crs);
  const general = plan.crs === undefined ? undefined : datumOf(plan.crs);
  const own = read.prj !== undefined ? datumOfPrj(read.prj) : read.crs !== undefined ? datumOf(read.crs) : undefined;
  if (own !== undefined && (general === undefined || !own.degrees)) return own;
  if (general !== undefined) return general;
  if (osm) return datumOf('wgs84');
  throw new Unreadable('crs', 'is missing', `add crs: wgs84, gcj02, bd09 or EPSG:<code> for ${layer.shown}`);
}

/** A .prj in plain degrees is often written beside shifted coordinates, and sometimes right: people look, we say. */
function contradiction({ shown, field }: Layer, datum: Datum, { prj }: Shapes): string | undefined {
  if (prj === undefined || (datum.name !== 'gcj02' && datum.name !== 'bd09')) return undefined;
  const own = datumOfPrj(prj);
  return own.degrees
    ? `${shown}: its .prj says ${own.name}, crs says ${datum.name}, and crs was followed; if it lies some 500 m off its roads, give ${field} crs: wgs84`
    : undefined;
}

/** The first coordinate that cannot be of this system, and why. */
function oddOf(geometry: Geometry, datum: Datum): { at: Position; why: string } | undefined {
  if (geometry.type === 'GeometryCollection') {
    for (const part of geometry.geometries) {
      const odd = oddOf(part, datum);
      if (odd) return odd;
    }
    return undefined;
  }
  for (const at of positionsOf(geometry)) {
    const [x, y] = [Number(at[0]), Number(at[1])];
    const why = Number.isFinite(x) && Number.isFinite(y) ? implausible(datum, x, y) : undefined;
    if (why !== undefined) return { at, why };
  }
  return undefined;
}

function positionsOf(geometry: Exclude<Geometry, { type: 'GeometryCollection' }>): Position[] {
  switch (geometry.type) {
    case 'Point':
      return [geometry.coordinates];
    case 'MultiPoint':
    case 'LineString':
      return geometry.coordinates;
    case 'MultiLineString':
    case 'Polygon':
      return geometry.coordinates.flat();
    case 'MultiPolygon':
      return geometry.coordinates.flat(2);
  }
}

function refusal(odd: readonly Shape[], datum: Datum): Unreadable {
  const [first] = odd.flatMap(({ geometry }) => oddOf(geometry, datum) ?? []);
  return new Unreadable(
    'coordinates',
    `[${first?.at[0]}, ${first?.at[1]}] in ${datum.name}: ${first?.why ?? ''}`,
    'give the layer the crs its coordinates are in',
  );
}

function moved(geometry: Geometry, datum: Datum): Geometry {
  const one = (p: Position): Position => {
    const [x, y] = [Number(p[0]), Number(p[1])];
    if (!Number.isFinite(x) || !Number.isFinite(y)) return [NaN, NaN];
    const [lon, lat] = datum.toWgs84(x, y);
    return [lon, lat];
  };
  const line = (ps: Position[]) => ps.map(one);
  switch (geometry.type) {
    case 'Point':
      return { type: 'Point', coordinates: one(geometry.coordinates) };
    case 'MultiPoint':
    case 'LineString':
      return { ...geometry, coordinates: line(geometry.coordinates) };
    case 'MultiLineString':
    case 'Polygon':
      return { ...geometry, coordinates: geometry.coordinates.map(line) };
    case 'MultiPolygon':
      return { ...geometry, coordinates: geometry.coordinates.map((rings) => rings.map(line)) };
    case 'GeometryCollection':
      return { ...geometry, geometries: geometry.geometries.map((g) => moved(g, datum)) };
  }
}
