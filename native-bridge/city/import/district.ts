/**
 * A district's own files → one folder: site files, tiles, card, report, preview and a profile to start with.
 * Guarantees: the folder appears whole or not at all, has every file the bridge and the windows ask for, and can be
 *   carried elsewhere as it is; the same input gives the same bytes; an unchanged district is not built again.
 * Refuses: a district of which no building is left, with the reasons.
 */
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  createReadStream,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { SITE_FILES, type AreasFile, type LonLat } from '../../contract/site-files.ts';
import { readTerrain } from '../../contract/terrain.ts';
import { metresBetween, toDegrees, toUnits } from '../../contract/site-read.ts';
import { footprintOf } from '../build/footprint.ts';
import { builderMark, writePack, type Progress } from '../build/pack.ts';
import { extent } from '../build/tileset.ts';
import { checkFree, writeWhole } from '../build/whole.ts';
import { readCard, type PackCard } from '../card.ts';
import { buildingsFile, roadsFile, text } from '../encode.ts';
import { OWN_FILES } from '../site.ts';
import { makeAreas, drawnBoundary } from './areas.ts';
import { makeBuildings } from './buildings.ts';
import { carryTilesets, ownFiles } from './carry.ts';
import { insideOf } from './district-area.ts';
import { checkImagery, makeImagery } from './imagery.ts';
import { makePlaces } from './places.ts';
import { LAYERS, type CityPlan, type LayerName } from './plan.ts';
import { preview } from './preview.ts';
import { openReader, type ReadLayer } from './read.ts';
import { makeRoads } from './roads.ts';
import { makeTerrain } from './terrain.ts';
import { Tally, type CityReport } from './tally.ts';
import { CityError } from './trouble.ts';

/** Less than this of the roads in one piece: the lines probably do not share their crossings. */
const CONNECTED = 0.8;
/** Farther than the wall's camera goes from the middle. */
const STRAY_M = 45_000;

const TERRAIN = 'terrain.json';

export interface DistrictOrder {
  readonly plan: CityPlan;
  readonly out: string;
  readonly force: boolean;
}
export interface Told {
  /** What is being done now, and how far. */
  readonly phase: (what: string) => void;
  readonly progress: Progress;
}

/** @throws {CityError | SiteError | PackError} */
export async function buildDistrict(
  { plan, out, force }: DistrictOrder,
  told: Told,
): Promise<{ card: PackCard; report: CityReport | undefined; built: boolean }> {
  checkFree(out);
  const mark = await fingerprint(plan);
  const known = readCard(out);
  if (!force && known?.fingerprint === mark) return { card: known, report: undefined, built: false };
  checkImagery(plan);
  const own = ownFiles(dirname(plan.path));
  const { site, report } = await takeIn(plan, told);
  const { name = { zh: plan.id, en: plan.id }, provenance } = plan;
  return writeWhole(out, async (folder) => {
    const write = (file: string, body: string | Buffer): void => writeFileSync(join(folder, file), body);
    const { boundary, water, blocks, zones } = site;
    for (const [file, areas] of Object.entries({ boundary, water, blocks, zones }))
      write(`${file}.geojson`, text(areas));
    write(SITE_FILES.roads, text(roadsFile(site.roads.nodes, site.roads.edges)));
    write(SITE_FILES.buildings, text(buildingsFile(site.buildings)));
    write(SITE_FILES.places, text({ format: 'fengsui/places@1', places: site.places }));
    for (const { name: file, copy, empty } of own) {
      if (copy !== undefined) copyFileSync(copy, join(folder, file));
      else write(file, text({ ...empty }));
    }
    const beside = carryTilesets(plan, folder);
    told.phase('imagery');
    const carried = [...(await makeImagery(plan, folder, extent(site.buildings), report)), ...beside.carried];
    const terrain = await makeTerrain(plan, extent(site.buildings), report);
    if (terrain) write(TERRAIN, text({ ...terrain }));
    const land = terrain && readTerrain(terrain);
    told.phase('tiles');
    const said = { id: plan.id, name, synthetic: plan.synthetic ?? false, provenance, centre: site.centre };
    const card = await writePack(
      folder,
      site.buildings.map((building) => footprintOf(building, land)),
      {
        ...{ ...said, ...(carried.length > 0 ? { carried } : {}), fingerprint: mark },
        ...(terrain ? { terrain: { file: TERRAIN } } : {}),
      },
      beside.tiles,
      told.progress,
    );
    told.phase('preview');
    write('preview.png', preview(site));
    write('report.json', `${JSON.stringify(report, null, 2)}\n`);
    write('site.yaml', PROFILE_HEAD + stringify({ ...said, files: '.', pack: plan.id }));
    return { card, report, built: true };
  });
}

const PROFILE_HEAD =
  '# Made by the city builder. Start with it, or write a profile of your own: an id, extends: <path of this file>, feeds.\n';

async function takeIn(plan: CityPlan, told: Told) {
  const read = openReader(plan);
  const tallies = Object.fromEntries(LAYERS.map((name) => [name, new Tally()])) as Record<LayerName, Tally>;
  const layers = {} as Record<LayerName, ReadLayer[]>;
  for (const name of LAYERS) {
    layers[name] = [];
    for (const layer of plan.layers[name]) {
      told.phase(`reading ${layer.shown}`);
      layers[name].push(await read(layer));
    }
  }
  const report: CityReport = {
    format: 'fengsui/city-report@1',
    id: plan.id,
    files: LAYERS.flatMap((name) =>
      layers[name].map(({ layer, crs, shapes }) => ({ layer: name, file: layer.shown, crs, features: shapes.length })),
    ),
    layers: {},
    notes: LAYERS.flatMap((name) => layers[name].flatMap(({ note }) => note ?? [])),
  };
  const name = plan.name ?? { zh: plan.id, en: plan.id };
  told.phase('areas');
  const areasOf = (layer: LayerName): AreasFile => makeAreas(layer, layers[layer], tallies[layer]);
  const given = areasOf('boundary');
  if (plan.layers.boundary.length > 0 && given.features.length === 0)
    throw new CityError(plan.path, 'boundary', 'holds no area that can be used', 'give a polygon of the district');
  const inside = plan.keepOutside === true || given.features.length === 0 ? undefined : insideOf(given.features);
  const blocks = areasOf('blocks');
  const inBlock = blocks.features.map((block) => ({ id: block.id, inside: insideOf([block]) }));
  told.phase('footprints');
  const buildings = makeBuildings(
    layers.buildings,
    {
      ...{ plan, inside, progress: told.progress },
      blockAt: (place) => inBlock.find((block) => block.inside(place))?.id,
    },
    tallies.buildings,
  );
  const tally = tallies.buildings.result;
  if (buildings.length === 0) {
    const why = Object.entries(tally.dropped).map(([reason, { count }]) => `${count} ${reason}`);
    throw new CityError(
      plan.path,
      'buildings',
      `none of ${tally.read} is left (${why.join('; ') || 'the files hold none'})`,
      'check file, crs and boundary',
    );
  }
  told.phase('roads');
  const roads = makeRoads(layers.roads, inside, tallies.roads);
  const places = makePlaces(layers.places, inside, tallies.places);
  const boundary =
    given.features.length > 0
      ? given
      : drawnBoundary(
          buildings.map((b) => b.centre),
          name,
        );
  if (given.features.length === 0) report.notes.push('no boundary given: drawn round the buildings');
  if (roads.connected < CONNECTED)
    report.notes.push(
      `only ${Math.round(roads.connected * 100)} % of the roads' length hangs together: lines must share the points where they meet`,
    );
  for (const file of OWN_FILES)
    if (!existsSync(join(dirname(plan.path), SITE_FILES[file])))
      report.notes.push(`no ${SITE_FILES[file]}: an empty one was made`);
  const centre = plan.centre ?? middleBuilding(buildings.map((b) => b.centre));
  const strays = buildings.filter((b) => metresBetween(b.centre, [centre.lon, centre.lat]) > STRAY_M);
  if (strays.length > 0)
    report.notes.push(
      `${strays.length} ${strays.length === 1 ? 'building lies' : 'buildings lie'} more than ${STRAY_M / 1000} km from the middle (${strays[0]?.id ?? ''}): a boundary leaves such out`,
    );
  const water = areasOf('water');
  const zones = areasOf('zones');
  for (const layer of LAYERS) report.layers[layer] = tallies[layer].result;
  return { site: { boundary, water, blocks, zones, roads, buildings, places, centre }, report };
}

/** The median in both directions: outlying farms do not move it. */
function middleBuilding(centres: readonly LonLat[]): { lon: number; lat: number } {
  const median = (axis: 0 | 1): number => {
    const sorted = centres.map((c) => c[axis]).sort((a, b) => a - b);
    return toDegrees(toUnits(sorted[Math.floor(sorted.length / 2)] ?? 0));
  };
  return { lon: median(0), lat: median(1) };
}

/** Of the plan, every file it names and the builder. */
async function fingerprint(plan: CityPlan): Promise<string> {
  const hash = createHash('sha256');
  hash.update(readFileSync(plan.path));
  hash.update(builderMark());
  const source = dirname(plan.path);
  const files = new Set([
    ...LAYERS.flatMap((name) => plan.layers[name].flatMap(({ file }) => withCompanions(file))),
    ...plan.tiles.map(({ file }) => file),
    ...plan.tiles3d.flatMap((folder) => filesBelow(folder)),
    ...OWN_FILES.map((file) => join(source, SITE_FILES[file])),
  ]);
  for (const file of [...files].sort()) {
    if (!existsSync(file)) continue;
    hash.update(`\n${file.slice(source.length)}\n`);
    for await (const piece of createReadStream(file)) hash.update(piece);
  }
  return hash.digest('hex').slice(0, 32);
}

const withCompanions = (file: string): string[] =>
  /\.shp$/i.test(file) ? [file, ...['.dbf', '.prj', '.cpg'].map((e) => file.replace(/\.shp$/i, e))] : [file];
const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
