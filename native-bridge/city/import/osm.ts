/**
 * OSM elements to shapes: points, lines, areas; multipolygons are put together by osm2geojson-lite.
 * Guarantees: ids keep their kind (n, w, r before the number); a way that is the outline of a multipolygon and bears
 *   no tags of its own appears once, as the relation.
 * Which tags make a building, a road, water or a place is said here and nowhere else.
 */
import type { Geometry, Position } from 'geojson';
import osm2geojson from 'osm2geojson-lite';
import type { OsmData, OsmRelation, Spot, Tags } from './osm-read.ts';
import type { LayerName } from './plan.ts';
import type { Props, Shape, Shapes } from './shapes.ts';

/** Keys that make a closed way an area (OSM wiki, "Area"); `highway` and `barrier` do not. */
const AREA_KEYS = ['building', 'building:part', 'landuse', 'natural', 'water', 'amenity', 'leisure', 'shop', 'boundary', 'place', 'emergency', 'man_made', 'historic', 'tourism', 'office']; // prettier-ignore
const has = (tags: Props, key: string): boolean => tags[key] !== undefined && tags[key] !== 'no';
const isArea = (tags: Tags): boolean =>
  tags['area'] === 'yes' ||
  tags['waterway'] === 'riverbank' ||
  (tags['highway'] === undefined && tags['barrier'] === undefined && AREA_KEYS.some((key) => has(tags, key)));

/** Does what these tags describe belong to the layer? */
export function belongs(layer: LayerName, tags: Props): boolean {
  const is = (key: string, ...values: string[]): boolean => values.includes(String(tags[key]));
  switch (layer) {
    case 'buildings':
      return has(tags, 'building') || has(tags, 'building:part');
    case 'roads':
      return has(tags, 'highway');
    case 'water':
      return (
        is('natural', 'water', 'bay') || is('waterway', 'riverbank', 'dock') || is('landuse', 'reservoir', 'basin')
      );
    case 'boundary':
      return is('boundary', 'administrative');
    case 'blocks':
      return has(tags, 'historic') || is('boundary', 'protected_area', 'historic');
    case 'zones':
      return is('boundary', 'administrative') || has(tags, 'place');
    case 'places':
      return (
        is('amenity', 'fire_station', 'shelter') ||
        is('emergency', 'fire_hydrant', 'water_tank', 'suction_point', 'fire_water_pond', 'assembly_point')
      );
  }
}

const position = (p: Spot): Position => [p[0], p[1]];

export function shapesOfOsm(data: OsmData): Shapes {
  const shapes: Shape[] = [];
  let empty = 0;
  for (const { id, at, tags } of data.points)
    shapes.push({ id: `n${id}`, props: tags, geometry: { type: 'Point', coordinates: position(at) } });
  const outlines = new Set<number>();
  const assembled: Shape[] = [];
  for (const relation of data.relations) {
    const kind = relation.tags['type'];
    if (kind !== 'multipolygon' && kind !== 'boundary') continue;
    const geometry = assemble(data, relation);
    if (geometry === undefined) {
      empty++;
      continue;
    }
    for (const m of relation.members) if (m.type === 'way' && m.role !== 'inner') outlines.add(m.ref);
    assembled.push({ id: `r${relation.id}`, props: relation.tags, geometry });
  }
  for (const way of data.ways.values()) {
    if (Object.keys(way.tags).length === 0) continue;
    const spots = spotsOf(data, way.id);
    if (spots.length < 2) {
      empty++;
      continue;
    }
    const [first, last] = [spots[0], spots.at(-1)];
    const closed = spots.length > 3 && first !== undefined && first[0] === last?.[0] && first[1] === last[1];
    const line = spots.map(position);
    const geometry: Geometry =
      closed && isArea(way.tags) ? { type: 'Polygon', coordinates: [line] } : { type: 'LineString', coordinates: line };
    // Old mapping puts the building's tags on the outer way too: the relation, which knows the courtyard, counts.
    if (outlines.has(way.id) && geometry.type === 'Polygon') continue;
    shapes.push({ id: `w${way.id}`, props: way.tags, geometry });
  }
  return { shapes: [...shapes, ...assembled], empty };
}

function spotsOf(data: OsmData, way: number): readonly Spot[] {
  const found = data.ways.get(way);
  if (found?.geometry !== undefined) return found.geometry;
  return (found?.refs ?? []).flatMap((ref) => {
    const at = data.nodes.get(ref);
    return at === undefined ? [] : [at];
  });
}

/** One relation alone: the library's time grows with the square of what it is given. */
function assemble(data: OsmData, relation: OsmRelation): Geometry | undefined {
  const members = relation.members
    .filter((m) => m.type === 'way')
    .map(({ ref, role, geometry }) => ({
      ...{ type: 'way', ref, role },
      geometry: (geometry ?? spotsOf(data, ref)).map(([lon, lat]) => ({ lon, lat })),
    }))
    .filter((m) => m.geometry.length > 1);
  if (members.length === 0) return undefined;
  const { features } = osm2geojson(
    { elements: [{ type: 'relation', id: relation.id, tags: { type: 'multipolygon' }, members }] },
    { completeFeature: true },
  );
  const geometry = features.find((f) => f.geometry.type === 'Polygon' || f.geometry.type === 'MultiPolygon')?.geometry;
  return geometry?.type === 'Polygon' || geometry?.type === 'MultiPolygon' ? geometry : undefined;
}
