/**
 * From the shape on disk to the shape in memory, for bridge, drill and renderer alike.
 * Guarantees: pure, no I/O; order of the file kept; `encodePath` and `decodePath` are inverses
 * to half a `QUANTUM`. Refuses nothing: `city/site.ts` checks files before they come here.
 */
import {
  QUANTUM,
  type Building,
  type BuildingsFile,
  type DevicesFile,
  type LonLat,
  type RoadEdge,
  type RoadGraph,
  type RoadsFile,
  type SiteDevice,
} from './site-files.ts';

const PER_DEGREE = Math.round(1 / QUANTUM);

/** Absolute integer units of one coordinate. */
export function toUnits(degrees: number): number {
  return Math.round(degrees * PER_DEGREE);
}

/** Dividing by a whole number gives the nearest double, so values read back print short. */
export function toDegrees(units: number): number {
  return units / PER_DEGREE;
}

/** Flat differences on disk → points. `from` is the point before the first, when it is relative too. */
export function decodePath(path: readonly number[], from: LonLat = [0, 0]): LonLat[] {
  const points: LonLat[] = [];
  let lon = toUnits(from[0]);
  let lat = toUnits(from[1]);
  for (let i = 0; i + 1 < path.length; i += 2) {
    lon += path[i] ?? 0;
    lat += path[i + 1] ?? 0;
    points.push([toDegrees(lon), toDegrees(lat)]);
  }
  return points;
}

export function encodePath(points: readonly LonLat[], from: LonLat = [0, 0]): number[] {
  const path: number[] = [];
  let lon = toUnits(from[0]);
  let lat = toUnits(from[1]);
  for (const point of points) {
    const nextLon = toUnits(point[0]);
    const nextLat = toUnits(point[1]);
    path.push(nextLon - lon, nextLat - lat);
    lon = nextLon;
    lat = nextLat;
  }
  return path;
}

/** Mean Earth radius, IUGG, metres. */
const EARTH_RADIUS = 6_371_008.8;

/** Metres between two points; equirectangular, better than 1 in 10^4 over a district. */
export function metresBetween(a: LonLat, b: LonLat): number {
  const rad = Math.PI / 180;
  const x = (b[0] - a[0]) * rad * Math.cos(((a[1] + b[1]) / 2) * rad);
  const y = (b[1] - a[1]) * rad;
  return Math.hypot(x, y) * EARTH_RADIUS;
}

/** Area centroid of a ring; the mean of its points when it has no area. */
export function ringCentre(ring: readonly LonLat[]): LonLat {
  const origin = ring[0] ?? [0, 0];
  let area = 0;
  let x = 0;
  let y = 0;
  ring.forEach((p, i) => {
    const q = ring[(i + 1) % ring.length] ?? origin;
    const px = p[0] - origin[0];
    const py = p[1] - origin[1];
    const qx = q[0] - origin[0];
    const qy = q[1] - origin[1];
    const cross = px * qy - qx * py;
    area += cross;
    x += (px + qx) * cross;
    y += (py + qy) * cross;
  });
  if (Math.abs(area) < 1e-18) {
    const n = Math.max(1, ring.length);
    return [ring.reduce((s, p) => s + p[0], 0) / n, ring.reduce((s, p) => s + p[1], 0) / n];
  }
  return [origin[0] + x / (3 * area), origin[1] + y / (3 * area)];
}

export function readBuildings(file: BuildingsFile): Building[] {
  return file.rows.map(([id, paths, dm, floors, use, name, street, number, block, tower]) => {
    const rings = paths.map((path) => decodePath(path));
    const called = file.names[name];
    const [people = -1, households = -1] = file.people?.[id] ?? [];
    return {
      id,
      rings,
      height: dm / 10,
      floors,
      use: file.uses[use] ?? 'residential',
      ...(called === undefined ? {} : { name: called }),
      address: `${file.streets[street] ?? ''}${number}`,
      ...(block === 0 ? {} : { blockId: block }),
      ...(tower === 0 ? {} : { towerId: tower }),
      ...(people < 0 ? {} : { people }),
      ...(households < 0 ? {} : { households }),
      centre: ringCentre(rings[0] ?? []),
    };
  });
}

export function readRoads(file: RoadsFile): RoadGraph {
  const nodes = decodePath(file.nodes);
  const edges = file.edges.map(([a, b, cls, speed, oneway, name, path]): RoadEdge => {
    const from = nodes[a] ?? [0, 0];
    const to = nodes[b] ?? [0, 0];
    const line = [from, ...decodePath(path, from), to];
    const called = file.names[name];
    let length = 0;
    for (let i = 1; i < line.length; i++) {
      length += metresBetween(line[i - 1] ?? from, line[i] ?? to);
    }
    return {
      a,
      b,
      class: file.classes[cls] ?? 'local',
      speed,
      oneway: oneway === 1,
      ...(called === undefined ? {} : { name: called }),
      line,
      length,
    };
  });
  return { nodes, edges };
}

export function readDevices(file: DevicesFile): SiteDevice[] {
  return file.rows.map(([id, kind, name, building, floor, lon, lat, dm, unit, block, state]) => ({
    id,
    kind: file.kinds[kind] ?? 'smoke',
    name,
    ...(building === 0 ? {} : { buildingId: building }),
    ...(floor === 0 ? {} : { floor }),
    lon: toDegrees(lon),
    lat: toDegrees(lat),
    h: dm / 10,
    ...(unit === 0 ? {} : { keyUnitId: unit }),
    ...(block === 0 ? {} : { blockId: block }),
    state: file.states[state] ?? 'ok',
  }));
}
