/**
 * The sensing network: smoke, electricity, charging, tanks, control rooms and panels over the buildings.
 * Guarantees: with what the other files bring, exactly `DEVICES` entries; each inside its building, on a floor it has.
 */
import type { SiteDevice, Tower } from '../../contract/site-files.ts';
import type { Built, City } from './city.ts';
import { inside, middle, toLonLat, type XY } from './plane.ts';
import { round, tidy } from './places.ts';
import type { Random } from './random.ts';
import { pad } from './towers.ts';

export const DEVICES = 20_000;

interface Fitting {
  kind: SiteDevice['kind'];
  built: Built;
  floor: number;
  what: string;
  roof?: boolean;
}

const PREFIX = {
  smoke: 'smk',
  electricity: 'ele',
  'charging-pile': 'chg',
  'water-tank': 'wtk',
  'control-room': 'ctl',
  'fire-panel': 'pnl',
} as const;
type Fitted = keyof typeof PREFIX;

export function fitDevices(
  city: City,
  towers: ReadonlyMap<string, Tower>,
  keyUnits: ReadonlyMap<string, string>,
  others: number,
  r: Random,
): SiteDevice[] {
  const fittings: Fitting[] = [];
  const spare: Fitting[] = [];
  const fit = (kind: Fitted, built: Built, floor: number, what: string, roof = false) =>
    fittings.push({ kind, built, floor, what, roof });
  for (const built of city.buildings) {
    const tower = towers.get(built.id);
    const levels = [...Array(built.floors).keys()].map((f) => f + 1);
    if (built.use === 'historic') {
      // Timber: every house watched, by smoke and by wire.
      fit('smoke', built, 1, '烟感');
      if (built.floors > 1 && r.chance(0.35)) fit('smoke', built, 2, '烟感');
      fit('electricity', built, 1, '智慧用电');
    } else if (tower !== undefined) {
      for (const floor of levels) fit('smoke', built, floor, '前室烟感');
      for (const floor of tower.floors) {
        if (floor < 0) fit('smoke', built, floor, '车库烟感');
        else if (floor % 4 === 1) fit('electricity', built, floor, '楼层配电');
      }
      for (let k = 0; k < 2; k++) fit('charging-pile', built, 1, '充电棚');
    } else if (keyUnits.has(built.id)) {
      for (const floor of levels) {
        for (let k = 0; k < 3; k++) fit('smoke', built, floor, '烟感');
        fit('electricity', built, floor, '配电箱');
      }
      fit('fire-panel', built, 1, '消防主机');
      if (built.floors >= 3) fit('control-room', built, 1, '消控室');
      if (built.floors >= 4) fit('water-tank', built, built.floors, '屋顶水箱', true);
    } else if (built.use === 'commercial') {
      fit('smoke', built, 1, '烟感');
      if (r.chance(0.3)) fit('electricity', built, 1, '智慧用电');
    } else if (built.use === 'residential') {
      if (r.chance(0.25)) fit('smoke', built, r.int(1, built.floors), '独居老人烟感');
      if (r.chance(0.16)) fit('charging-pile', built, 1, '充电棚');
      for (let k = 0; k < 3; k++) spare.push({ kind: 'smoke', built, floor: r.int(1, built.floors), what: '烟感' });
    } else if (
      built.use === 'factory' ||
      built.use === 'warehouse' ||
      built.use === 'school' ||
      built.use === 'hospital' ||
      built.use === 'office' ||
      built.use === 'public'
    ) {
      fit('smoke', built, 1, '烟感');
      fit('electricity', built, 1, '配电箱');
    } else if (built.use === 'village') {
      if (r.chance(0.06)) fit('smoke', built, r.int(1, built.floors), '独居老人烟感');
      spare.push({ kind: 'smoke', built, floor: r.int(1, built.floors), what: '烟感' });
    }
  }
  const wanted = DEVICES - others;
  if (fittings.length > wanted) throw new Error(`${fittings.length} fittings, ${wanted} wanted`);
  fittings.push(...r.shuffled(spare).slice(0, wanted - fittings.length));
  if (fittings.length !== wanted) throw new Error(`${fittings.length} fittings, ${wanted} wanted`);

  const order = new Map(city.buildings.map((b, k) => [b.id, k]));
  const counts = new Map<string, number>();
  const perFloor = new Map<string, number>();
  return fittings
    .sort((a, b) => (order.get(a.built.id) ?? 0) - (order.get(b.built.id) ?? 0))
    .map((f): SiteDevice => {
      const kind = f.kind as Fitted;
      const n = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, n);
      const key = `${f.built.id}/${f.floor}/${kind}`;
      const k = (perFloor.get(key) ?? 0) + 1;
      perFloor.set(key, k);
      const [lon, lat] = toLonLat(somewhere(f.built, r));
      const storey = towers.get(f.built.id)?.floorHeight ?? f.built.height / f.built.floors;
      const where = f.built.name?.zh ?? tidy(f.built.address).replace('上虞区', '');
      const keyUnitId = keyUnits.get(f.built.id);
      return {
        id: `${PREFIX[kind]}-${pad(n, 5)}`,
        kind,
        name: `${where}${f.floor < 0 ? `负${-f.floor}` : f.floor}层${f.what}${k > 1 ? k : ''}`,
        buildingId: f.built.id,
        floor: f.floor,
        lon: round(lon),
        lat: round(lat),
        h:
          Math.round(
            (f.roof === true
              ? f.built.height - 1
              : f.floor < 0
                ? f.floor * 3.4 + 2.2
                : (f.floor - 1) * storey + Math.min(2.4, storey * 0.8)) * 10,
          ) / 10,
        ...(keyUnitId === undefined ? {} : { keyUnitId }),
        ...(f.built.blockId === undefined ? {} : { blockId: f.built.blockId }),
        // About one in 150 is out of reach at any time, so that dark places exist from the first minute.
        state: kind === 'smoke' && r.chance(1 / 150) ? 'offline' : 'ok',
      };
    });
}

/** A point inside one of the building's parts, a metre from the walls where there is room. */
function somewhere(built: Built, r: Random): XY {
  const part = r.pick(built.draft.form.parts);
  const centre = middle(part);
  const [a, b, , d] = part;
  if (part.length !== 4 || a === undefined || b === undefined || d === undefined) return centre;
  const u = r.range(0.12, 0.88);
  const v = r.range(0.22, 0.85);
  const p: XY = [a[0] + (b[0] - a[0]) * u + (d[0] - a[0]) * v, a[1] + (b[1] - a[1]) * u + (d[1] - a[1]) * v];
  return inside(p, built.draft.form.rings[0] ?? []) ? p : centre;
}
