/**
 * The demonstration city in one piece: land, roads, plots, villages, buildings with their ids.
 * Guarantees: the same every time; ids follow the order of towns and blocks; nothing overlaps.
 */
import type { Building, BuildingUse } from '../../contract/site-files.ts';
import type { Name } from '../../contract/site.ts';
import { slab } from './forms.ts';
import { makeGround, type Ground } from './ground.ts';
import { layHighways, layVillages, type Village } from './highways.ts';
import { makeLand, type Land } from './land.ts';
import { estateNames, firmNames, stems } from './names.ts';
import { finish, makeNetwork, ROAD_WIDTH, type Network } from './network.ts';
import { add, bearing, distance, left, middle, mix, scale, strip, sub, toLonLat, unit, type XY } from './plane.ts';
import type { Draft, Plot } from './draft.ts';
import { fill } from './plots.ts';
import type { Random } from './random.ts';
import { layTown, type Block, type Grid } from './streets.ts';
import { TOWNS, type BlockUse, type Town } from './towns.ts';

/** A building with what only the generator needs to know of it. */
export interface Built extends Omit<Building, 'towerId'> {
  towerId?: string;
  draft: Draft;
  town: Town;
}
export interface HistoricBlock {
  id: string;
  name: Name;
  corners: readonly XY[];
  townId: string;
}
export interface City {
  land: Land;
  network: Network;
  grids: ReadonlyMap<string, Grid>;
  villages: readonly Village[];
  historic: readonly HistoricBlock[];
  buildings: readonly Built[];
  /** Station id (and `command`) → its main building. */
  seats: ReadonlyMap<string, Built>;
}

/** High-rise estates and landmarks by town; the rest of their wish becomes slabs. */
const TOWER_PLOTS: Readonly<Record<string, number>> = {
  baiguan: 16,
  caoe: 6,
  kaifa: 1,
  songxia: 3,
  xiaoyue: 2,
  dongguan: 2,
  fenghui: 1,
  zhangzhen: 1,
  lianghu: 1,
};
const LANDMARKS = 4;

export function buildCity(random: Random): City {
  const land = makeLand();
  const sketch = makeNetwork();
  const grids = new Map<string, Grid>();
  for (const town of TOWNS) grids.set(town.id, layTown(town, land, sketch, random.fork(`town/${town.id}`)));
  const turnoffs = layHighways(grids, land, sketch);
  const villages = layVillages(turnoffs, land, sketch, random.fork('villages'));
  const network = finish(sketch);

  const ground = makeGround();
  for (const edge of network.edges) {
    const line = network.line(edge);
    for (let i = 1; i < line.length; i++) {
      const p = line[i - 1];
      const q = line[i];
      if (p !== undefined && q !== undefined) ground.put(strip(p, q, ROAD_WIDTH[edge.class]));
    }
  }
  land.strips.forEach((s) => ground.put(s));

  const historic: HistoricBlock[] = [];
  const drafts: Draft[] = [];
  const seats = new Map<string, Draft>();
  const names = { estate: estateNames(random.fork('estates')), firm: firmNames(random.fork('firms')) };
  for (const town of TOWNS) {
    const r = random.fork(`plots/${town.id}`);
    const plots = plan(town, grids.get(town.id)?.blocks ?? [], historic, names, r);
    for (const plot of plots) {
      const made = fill(plot, ground, land, r);
      drafts.push(...made);
      const chief = made.find((d) => d.chief);
      if (plot.use === 'station' && chief !== undefined) seats.set(town.stationId, chief);
      if (plot.use === 'command' && chief !== undefined) seats.set('command', chief);
    }
  }
  for (const village of villages)
    drafts.push(...houses(village, ground, land, random.fork(`village/${village.name.zh}`)));
  const buildings = number(drafts);
  const seatBuildings = new Map<string, Built>();
  for (const [id, draft] of seats) {
    const built = buildings.find((b) => b.draft === draft);
    if (built !== undefined) seatBuildings.set(id, built);
  }
  return { land, network, grids, villages, historic, buildings, seats: seatBuildings };
}

const span = (block: Block): number =>
  Math.min(distance(block.corners[0], block.corners[1]), distance(block.corners[0], block.corners[3]));

/** Decides what each block of a town is for, the rare uses first. */
function plan(
  town: Town,
  blocks: readonly Block[],
  historic: HistoricBlock[],
  names: { estate: () => Name; firm: () => Name },
  r: Random,
): Plot[] {
  const fixed = new Map<Block, Plot>();
  const take = (wanted: number, fits: (block: Block) => boolean): Block[] => {
    const found = blocks.filter((b) => !fixed.has(b) && span(b) > 105 && fits(b)).sort((a, b) => a.outward - b.outward);
    return found.slice(0, wanted);
  };
  if (town.id === 'baiguan') {
    for (const block of take(1, (b) => span(b) > 125))
      fixed.set(block, {
        block,
        use: 'command',
        compound: { zh: '上虞区应急联动指挥中心', en: 'Shangyu Emergency Linkage Command Centre' },
      });
    for (const block of take(LANDMARKS, (b) => (b.i + b.j) % 2 === 0)) {
      const stem = r.pick(stems);
      fixed.set(block, { block, use: 'landmark', compound: { zh: `${stem.zh}中心`, en: `${stem.en} Centre` } });
    }
  }
  if (STATION_TOWNS.has(town.id)) {
    for (const block of take(1, (b) => b.outward > 0.3 && span(b) > 118)) {
      fixed.set(block, {
        block,
        use: 'station',
        compound: { zh: `${town.zh}片区综合应急消防救援站`, en: `${town.en} Area Rescue Station` },
      });
    }
  }
  town.historic.forEach(([zh, en]) => {
    for (const block of take(1, (b) => b.outward > 0.16)) {
      const id = `hb-${historic.length + 1}`;
      historic.push({ id, name: { zh, en }, corners: block.corners, townId: town.id });
      fixed.set(block, { block, use: 'historic', blockId: id });
    }
  });
  const wishes = new Map<Block, BlockUse>();
  for (const block of blocks) {
    const ring = block.outward < 0.24 ? 0 : block.outward < 0.74 ? 1 : 2;
    wishes.set(block, r.weighted(town.mix[ring]));
  }
  const towers = new Set(
    r.shuffled(blocks.filter((b) => wishes.get(b) === 'tower' && span(b) > 110)).slice(0, TOWER_PLOTS[town.id] ?? 0),
  );
  return blocks.map((block): Plot => {
    const held = fixed.get(block);
    if (held !== undefined) return held;
    const wish = wishes.get(block) ?? 'slab';
    const use = wish === 'tower' && !towers.has(block) ? 'slab' : wish;
    const compound = compoundName(use, town, names, r);
    return compound === undefined ? { block, use } : { block, use, compound };
  });
}

const STATION_TOWNS = new Set(['baiguan', 'kaifa', 'dongguan', 'zhangzhen', 'xiaoyue', 'fenghui']);

function compoundName(
  use: BlockUse,
  town: Town,
  names: { estate: () => Name; firm: () => Name },
  r: Random,
): Name | undefined {
  const stem = r.pick(stems);
  const made = (zh: string, en: string): Name => ({ zh: `${stem.zh}${zh}`, en: `${stem.en} ${en}` });
  switch (use) {
    case 'slab':
    case 'tower':
      return names.estate();
    case 'factory':
      return names.firm();
    case 'office':
      return made('大厦', 'Building');
    case 'market':
      return r.chance(0.5) ? made('商业广场', 'Plaza') : made('农贸市场', 'Market');
    case 'hospital':
      return { zh: `${town.zh}${stem.zh}医院`, en: `${town.en} ${stem.en} Hospital` };
    case 'school':
      return r.chance(0.6) ? made('小学', 'Primary School') : made('中学', 'Middle School');
    default:
      return undefined;
  }
}

/** Houses on both sides of a village's lanes, in two rows. */
function houses(village: Village, ground: Ground, land: Land, r: Random): Draft[] {
  const out: Draft[] = [];
  for (const [p, q] of village.lanes) {
    const along = unit(sub(q, p));
    const side = left(along);
    const length = distance(p, q);
    const angle = Math.atan2(along[1], along[0]);
    for (const way of [1, -1]) {
      for (const back of [9.5, 23]) {
        for (let t = 5; t < length - 4;) {
          const w = r.range(9.5, 12) * r.int(1, 4);
          t += w / 2 + r.range(1.5, 6);
          if (r.chance(back > 20 ? 0.72 : 0.2)) continue;
          const at = add(mix(p, q, t / length), scale(side, way * (back + r.range(-1, 1.2))));
          const form = slab({ at, angle: angle + r.range(-0.06, 0.06) }, 'village', r.int(2, 4), w, r.range(9, 11));
          if (!(form.rings[0] ?? []).every((c) => land.dry(c, 5)) || !ground.claim(form.parts, 1.6)) continue;
          t += w / 2;
          out.push({ form, at, townId: village.townId, street: village.name, number: out.length + 1 });
        }
      }
    }
  }
  return out;
}

/** Ids, names and addresses. House numbers run along each street of a town, odd and even. */
function number(drafts: readonly Draft[]): Built[] {
  const counters = new Map<string, number>();
  return drafts.map((draft, k): Built => {
    const town = TOWNS.find((t) => t.id === draft.townId) ?? TOWNS[0];
    if (town === undefined) throw new Error('no towns');
    const id = `b${String(k + 1).padStart(5, '0')}`;
    const key = `${town.id}/${draft.street.zh}`;
    const count = (counters.get(key) ?? 0) + 1;
    counters.set(key, count);
    const estate =
      draft.compound !== undefined &&
      (draft.form.use === 'residential' || draft.form.use === 'high-rise') &&
      draft.chief !== true;
    const village = draft.compound === undefined && draft.form.use === 'village' && draft.number !== undefined;
    const name: Name | undefined =
      draft.compound === undefined
        ? undefined
        : draft.chief === true
          ? draft.compound
          : { zh: `${draft.compound.zh}${draft.number ?? 1}幢`, en: `${draft.compound.en} Block ${draft.number ?? 1}` };
    const address = estate
      ? `${town.address}${draft.compound?.zh ?? ''}|${draft.number ?? 1}幢`
      : `${town.address}${draft.street.zh}|${village ? (draft.number ?? count) : count}号`;
    const rings = draft.form.rings.map((ring) => ring.map(toLonLat));
    return {
      id,
      rings,
      height: draft.form.height,
      floors: draft.form.floors,
      use: draft.form.use,
      ...(name === undefined ? {} : { name }),
      address,
      ...(draft.blockId === undefined ? {} : { blockId: draft.blockId }),
      ...(draft.tower === true ? { towerId: '' } : {}),
      centre: toLonLat(middle(draft.form.rings[0] ?? [])),
      draft,
      town,
    };
  });
}

/** Buildings by use, in order. */
export const ofUse = (city: City, ...uses: BuildingUse[]): Built[] =>
  city.buildings.filter((b) => uses.includes(b.use));
/** The way a building's long side faces, degrees. */
export const facing = (built: Built): number => {
  const part = built.draft.form.parts[0] ?? [];
  const p = part[0] ?? [0, 0];
  const q = part[1] ?? [1, 0];
  return bearing(left(sub(q, p)));
};
