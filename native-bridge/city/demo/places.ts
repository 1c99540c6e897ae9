/**
 * Places: command centre, stations, hydrants, water intakes, shelters, depots, key units.
 * Guarantees: hydrants stand at kerbs about 120 m apart in towns (GB 50974 allows no more);
 * a key unit names its building and its field of risk.
 */
import type { Place, SiteDevice } from '../../contract/site-files.ts';
import type { Built, City } from './city.ts';
import { phone } from './names.ts';
import { ROAD_WIDTH } from './network.ts';
import { add, distance, left, middle, mix, scale, sub, toLonLat, toPlane, unit, type XY } from './plane.ts';
import type { Random } from './random.ts';
import { pad } from './towers.ts';
import { TOWNS } from './towns.ts';

export const HYDRANTS = 1500;
const KEY_UNITS = 96;

export interface Placed {
  places: Place[];
  hydrants: SiteDevice[];
  /** Building id → key unit id. */
  keyUnitOf: Map<string, string>;
}

export const tidy = (address: string): string => address.replace('|', '');
const spot = (p: XY): { lon: number; lat: number } => {
  const [lon, lat] = toLonLat(p);
  return { lon: round(lon), lat: round(lat) };
};
export const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;
const at = (b: Built): { lon: number; lat: number } => spot(middle(b.draft.form.parts[0] ?? []));

export function placePlaces(city: City, r: Random): Placed {
  const places: Place[] = [];
  const keyUnitOf = new Map<string, string>();
  const command = city.seats.get('command');
  if (command === undefined) throw new Error('no command centre was built');
  places.push({
    id: 'command',
    kind: 'command-centre',
    ...at(command),
    buildingId: command.id,
    address: tidy(command.address),
    phone: phone(r),
    name: { zh: '上虞区应急联动指挥中心', en: 'Shangyu Emergency Linkage Command Centre' },
  });
  for (const [id, seat] of city.seats) {
    if (id === 'command' || seat.name === undefined) continue;
    places.push({
      id,
      kind: 'station',
      name: seat.name,
      ...at(seat),
      buildingId: seat.id,
      address: tidy(seat.address),
      phone: phone(r),
    });
  }
  const chiefs = city.buildings.filter((b) => b.draft.chief === true && b.name !== undefined);
  let unitNumber = 0;
  const perField = new Map<string, number>();
  for (const built of r.shuffled(chiefs)) {
    const field = fieldOf(built);
    const held = perField.get(field) ?? 0;
    if (unitNumber >= KEY_UNITS || held >= 24 || built.use === 'station' || built.name === undefined) continue;
    perField.set(field, held + 1);
    const id = `ku-${pad(++unitNumber, 3)}`;
    keyUnitOf.set(built.id, id);
    places.push({
      id,
      kind: 'key-unit',
      name: built.name,
      ...at(built),
      buildingId: built.id,
      address: tidy(built.address),
      field,
      phone: phone(r),
    });
  }
  city.buildings
    .filter((b) => b.use === 'school' && b.draft.chief === true)
    .slice(0, 60)
    .forEach((school, k) => {
      const name = school.name ?? { zh: '学校', en: 'School' };
      places.push({
        id: `sh-${pad(k + 1, 3)}`,
        kind: 'shelter',
        ...at(school),
        buildingId: school.id,
        address: tidy(school.address),
        capacity: r.int(4, 30) * 100,
        name: { zh: `${name.zh}避灾安置点`, en: `${name.en} shelter` },
      });
    });
  TOWNS.slice(0, 14).forEach((town, k) => {
    const store =
      city.buildings.find((b) => b.town === town && (b.use === 'warehouse' || b.use === 'factory')) ??
      city.buildings.find((b) => b.town === town);
    if (store === undefined) return;
    places.push({
      id: `dp-${pad(k + 1, 2)}`,
      kind: 'depot',
      ...at(store),
      buildingId: store.id,
      address: tidy(store.address),
      capacity: r.int(5, 80),
      name: { zh: `${town.zh}应急物资储备库`, en: `${town.en} supply depot` },
    });
  });
  places.push(...intakes(city, r));
  const hydrants = layHydrants(city, r);
  for (const h of hydrants) {
    places.push({
      id: h.id,
      kind: 'hydrant',
      name: { zh: h.name, en: `Hydrant ${h.id.slice(4)}` },
      lon: h.lon,
      lat: h.lat,
    });
  }
  return { places, hydrants, keyUnitOf };
}

/** The seven key fields, as the risk streams name them. */
function fieldOf(built: Built): string {
  switch (built.use) {
    case 'factory':
    case 'warehouse':
      return /化工|新材料|医药/.test(built.name?.zh ?? '') ? 'chemical' : 'industry';
    case 'office':
      return /化工|新材料|医药/.test(built.name?.zh ?? '') ? 'chemical' : 'industry';
    case 'commercial':
      return 'fire';
    default:
      return 'city';
  }
}

function layHydrants(city: City, r: Random): SiteDevice[] {
  const centres = TOWNS.map((t) => ({ t, p: toPlane(t.at), reach: Math.max(...t.radius) * 1.1 }));
  const found: { p: XY; name: string }[] = [];
  city.network.edges.forEach((edge) => {
    if (edge.class === 'motorway' || edge.class === 'lane' || edge.name === undefined) return;
    const line = city.network.line(edge);
    const a = line[0] ?? [0, 0];
    const b = line.at(-1) ?? a;
    if (!centres.some((c) => distance(c.p, a) < c.reach)) return;
    const length = distance(a, b);
    const side = left(unit(sub(b, a)));
    for (let d = 30; d < length - 15; d += 120) {
      const p = add(mix(a, b, d / length), scale(side, (ROAD_WIDTH[edge.class] / 2 - 1.2) * (r.chance(0.5) ? 1 : -1)));
      if (city.land.dry(p, 2)) found.push({ p, name: `${edge.name.zh}消火栓` });
    }
  });
  return r
    .shuffled(found)
    .slice(0, HYDRANTS)
    .sort((x, y) => x.p[0] - y.p[0] || x.p[1] - y.p[1])
    .map((f, k) => ({
      id: `hyd-${pad(k + 1, 4)}`,
      kind: 'hydrant' as const,
      name: `${f.name}${k + 1}`,
      ...spot(f.p),
      h: 0.6,
      state: 'ok',
    }));
}

/** Where an engine can draw from open water: canal banks beside a road. */
function intakes(city: City, r: Random): Place[] {
  const spots: XY[] = [];
  for (const [k, strip] of city.land.strips.entries()) {
    const p = middle(strip);
    if (k % 3 === 0 && city.network.nodes.some((n) => distance(n, p) < 260) && !spots.some((s) => distance(s, p) < 500))
      spots.push(p);
  }
  return r
    .shuffled(spots)
    .slice(0, 48)
    .map((p, k) => ({
      id: `wi-${pad(k + 1, 2)}`,
      kind: 'water-intake',
      ...spot(p),
      name: { zh: `天然水源取水口${k + 1}`, en: `Open water intake ${k + 1}` },
    }));
}
