import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import validator from 'gltf-validator';
import { Compile } from 'typebox/compile';
import { parse } from 'yaml';
import { PNG } from 'pngjs';
import { beforeAll, expect, test } from 'vitest';
import { tileAt } from '../../contract/imagery.ts';
import { metresBetween, ringCentre } from '../../contract/site-read.ts';
import { readCard } from '../card.ts';
import { readSite, type Site } from '../site.ts';
import { fakeDistrict, HEART, writeGcj, writeOsm, type FakeDistrict } from './district-fake.ts';
import { writePmtiles } from './imagery-fake.ts';
import { PlanSchema } from './plan.ts';
import type { CityReport } from './tally.ts';

const folder = mkdtempSync(join(tmpdir(), 'city-district-'));
const truth: FakeDistrict = fakeDistrict(6);
const run = (...args: string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, '../main.ts'), ...args], { encoding: 'utf8' });
const build = (site: string, out = `${site}-out`, ...more: string[]) =>
  run('build', '--site', join(folder, site), '--out', join(folder, out), ...more);
const reportOf = (out: string): CityReport => JSON.parse(readFileSync(join(folder, out, 'report.json'), 'utf8'));
let printed = '';

beforeAll(() => {
  writeGcj(join(folder, 'gcj'), truth);
  writeOsm(join(folder, 'osm'), truth);
  for (const site of ['gcj', 'osm']) {
    const { status, stdout, stderr } = build(site);
    // What takes longer than two seconds tells how far it is.
    expect([status, stderr.replaceAll(/^city \S+: .*\n/gm, '')]).toEqual([0, '']);
    printed += stdout;
  }
}, 60_000);

const places = (site: Site) => new Map(site.buildings.map((b) => [b.id.replace(/^r/, 'w'), b]));

test.each(['gcj', 'osm'])(
  'C14: from %s every building stands in its place, to 0.2 m, as high as it was said to be',
  (kind) => {
    const site = readSite(join(folder, `${kind}-out`));
    const built = places(site);
    for (const { id, rings, tags } of truth.buildings) {
      const found = built.get(`w${id}`);
      expect(found?.rings.length, String(id)).toBe(rings.length);
      expect(metresBetween(found?.centre ?? [0, 0], ringCentre(rings[0] ?? []))).toBeLessThan(0.2);
      if (tags['height'] !== undefined) expect(found?.height).toBeCloseTo(Number.parseFloat(tags['height']), 1);
      if (tags['building:levels'] !== undefined) expect(found?.floors).toBe(Number(tags['building:levels']));
      expect(found?.name).toEqual({ zh: tags['name'], en: tags['name'] });
      expect(found?.use === 'commercial').toBe(tags['building'] === 'commercial');
    }
  },
);

test('C14: who is on the register of a building comes along; where no field says it, nobody is invented', () => {
  const gcj = places(readSite(join(folder, 'gcj-out')));
  for (const { id } of truth.buildings) {
    const { people, households } = gcj.get(`w${id}`) ?? {};
    expect([people, households]).toEqual(id % 2 === 0 ? [id % 300, id % 90] : [undefined, undefined]);
  }
  expect(readSite(join(folder, 'osm-out')).buildings.every(({ people }) => people === undefined)).toBe(true);
});

test('C14: roads meet in nodes, with class, speed and direction; water, boundary and places come along', () => {
  for (const kind of ['gcj', 'osm']) {
    const site = readSite(join(folder, `${kind}-out`));
    expect([site.roads.nodes.length, site.roads.edges.length]).toEqual([49, 84]);
    const main = site.roads.edges.find((e) => e.name?.zh === '0街');
    expect(main).toMatchObject({ class: 'arterial', speed: 60, oneway: false });
    expect(site.roads.edges.filter((e) => e.oneway).length).toBe(4 * 6);
    expect(site.water[0]?.properties).toMatchObject({ name: { zh: '示例河' }, kind: 'river' });
    expect(site.boundary).toHaveLength(1);
    expect(site.places.map((p) => p.kind)).toEqual(['station', 'hydrant']);
    expect(metresBetween([site.places[0]?.lon ?? 0, site.places[0]?.lat ?? 0], HEART)).toBeLessThan(8);
  }
});

test('C14: what no map knows is empty, and the bridge can start with the folder', () => {
  const site = readSite(join(folder, 'gcj-out'));
  expect([site.towers, site.cameras, site.devices, site.vehicles]).toEqual([[], [], [], []]);
  expect(readFileSync(join(folder, 'gcj-out/site.yaml'), 'utf8')).toMatch(
    /id: sample-gcj[\s\S]*files: \.\npack: sample-gcj/,
  );
});

test('C15: the report accounts for every feature, with its reason, and says what was assumed', () => {
  for (const out of ['gcj-out', 'osm-out']) {
    for (const [name, layer] of Object.entries(reportOf(out).layers)) {
      const dropped = Object.values(layer.dropped).reduce((sum, { count }) => sum + count, 0);
      expect(layer.kept + dropped, name).toBe(layer.read + layer.split);
    }
  }
  const { buildings } = reportOf('gcj-out').layers;
  expect(
    Object.fromEntries(Object.entries(buildings?.dropped ?? {}).map(([why, { examples }]) => [why, examples])),
  ).toEqual({
    'duplicate: another has the same footprint': ['twice'],
    'no area (less than 1 m²)': ['speck'],
    'invalid ring: fewer than three corners': ['line'],
    'outside the boundary': ['far'],
    'no area: Point': ['point'],
  });
  expect(buildings?.mended['crossed itself: the largest part stays']).toEqual({ count: 1, examples: ['bow-tie'] });
  const unknown = truth.buildings.filter(
    ({ tags }) => tags['height'] === undefined && tags['building:levels'] === undefined,
  );
  const assumed = Object.entries(buildings?.assumed ?? {}).filter(([what]) => what.startsWith('no height'));
  expect(assumed.reduce((sum, [, { count }]) => sum + count, 0)).toBe(unknown.length);
  expect(printed).toMatch(/dropped 1: outside the boundary \(far\)/);
  expect(printed).toMatch(/buildings: buildings\.geojson, gcj02, /);
});

test('C4: the tiles of a district are valid glTF', async () => {
  const tiles = readdirSync(join(folder, 'gcj-out/tiles'));
  expect(tiles.length).toBeGreaterThan(0);
  for (const tile of tiles) {
    const { issues } = await validator.validateBytes(readFileSync(join(folder, 'gcj-out/tiles', tile)));
    expect([tile, issues.numErrors]).toEqual([tile, 0]);
  }
});

test('C16: the card says whose data it is, of what day, on which terms and how far it reaches', () => {
  const card = readCard(join(folder, 'gcj-out'));
  expect(card).toMatchObject({
    ...{ id: 'sample-gcj', synthetic: true, name: { zh: '示例区', en: 'Sample District' } },
    provenance: { date: '2026-01-31', origin: { zh: '测试生成', en: 'made for tests' }, licence: 'CC0' },
  });
  const [west = 0, south = 0, east = 0, north = 0] = card?.coverage ?? [];
  expect(west < HEART[0] && HEART[0] < east && south < HEART[1] && HEART[1] < north).toBe(true);
  expect(metresBetween([card?.centre?.lon ?? 0, card?.centre?.lat ?? 0], HEART)).toBeLessThan(150);
});

test('the preview shows buildings, water and roads', () => {
  const { data, width, height } = PNG.sync.read(readFileSync(join(folder, 'gcj-out/preview.png')));
  const colours = new Map<number, number>();
  for (let i = 0; i < width * height; i++) {
    const colour = data.readUInt32BE(i * 4) >>> 8;
    colours.set(colour, (colours.get(colour) ?? 0) + 1);
  }
  for (const colour of [0x17324d, 0x7590b0, 0x53688a, 0xd6e4f5])
    expect(colours.get(colour) ?? 0, colour.toString(16)).toBeGreaterThan(500);
});

const bytesOf = (out: string): Map<string, string> =>
  new Map(
    readdirSync(join(folder, out), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.\w+$/.test(name))
      .sort()
      .map((name) => [name, readFileSync(join(folder, out, name)).toString('base64')]),
  );

test('C5: the same district gives the same bytes, wherever it lies; unchanged, it is not built again', () => {
  cpSync(join(folder, 'gcj'), join(folder, 'elsewhere/gcj'), { recursive: true });
  expect(build('elsewhere/gcj', 'again').status).toBe(0);
  expect(bytesOf('again')).toEqual(bytesOf('gcj-out'));
  expect(build('gcj').stdout).toMatch(/sample-gcj: unchanged/);
  expect(build('gcj', 'gcj-out', '--force').stdout).toMatch(/sample-gcj: built/);
}, 60_000);

test('a folder that is no pack is not replaced', () => {
  mkdirSync(join(folder, 'mine'));
  writeFileSync(join(folder, 'mine/thesis.txt'), 'x');
  const { status, stderr } = build('gcj', 'mine', '--force');
  expect([status, stderr.trim().split('\n').length]).toEqual([2, 1]);
  expect(stderr).toMatch(/is there and is no city pack; give --out/);
  expect(existsSync(join(folder, 'mine/thesis.txt'))).toBe(true);
});

test('a district’s own vehicles and ready-made tiles go along; a broken one is refused', () => {
  cpSync(join(folder, 'gcj'), join(folder, 'rich'), { recursive: true });
  cpSync(join(folder, 'osm-out'), join(folder, 'rich/landmark'), { recursive: true });
  const [x = 0, y = 0] = tileAt(15, HEART).map(Math.floor);
  const picture = createCanvas(8, 8).toBuffer('image/png');
  writePmtiles(join(folder, 'rich/air.pmtiles'), [{ z: 15, x, y, bytes: picture }]);
  const plan = join(folder, 'rich/city.yaml');
  const text = readFileSync(plan, 'utf8');
  writeFileSync(plan, `${text}tiles3d: landmark\ntiles: [{ file: air.pmtiles, kind: imagery, crs: gcj02 }]\n`);
  const vehicle = {
    id: 'v1',
    stationId: 'p1',
    type: 'pumper',
    callsign: { zh: '一号', en: 'One' },
    plate: 'x',
    crew: 5,
    lon: 1,
    lat: 2,
  };
  const put = (value: unknown) => writeFileSync(join(folder, 'rich/vehicles.json'), JSON.stringify(value));
  put({ format: 'fengsui/vehicles@1', vehicles: [vehicle] });
  expect(build('rich').status).toBe(0);
  const out = join(folder, 'rich-out');
  expect(readSite(out).vehicles).toEqual([vehicle]);
  expect(readCard(out)?.carried).toEqual([
    expect.objectContaining({ kind: 'imagery', file: 'imagery-0.json', tiles: 1, crs: 'gcj02' }),
    { kind: '3d-tiles', file: 'tiles3d-0/tileset.json' },
  ]);
  const { root } = JSON.parse(readFileSync(join(out, 'tileset.json'), 'utf8'));
  expect(root.children[1].content.uri).toBe('tiles3d-0/tileset.json');
  expect(existsSync(join(out, 'tiles3d-0/tileset.json'))).toBe(true);
  put({ format: 'fengsui/vehicles@1', vehicles: [{ id: 7 }] });
  expect([build('rich').status, build('rich').stderr]).toEqual([
    2,
    expect.stringMatching(/vehicles\.json: \/vehicles\/0/),
  ]);
  writeFileSync(join(folder, 'rich/air.pmtiles'), 'x');
  rmSync(join(folder, 'rich/vehicles.json'));
  expect(build('rich').stderr).toMatch(/tiles\[0\]\.file: air\.pmtiles is neither MBTiles nor PMTiles/);
}, 60_000);

test('the example of resources/sites/README.md is a plan', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../../resources/sites/README.md'), 'utf8');
  const example: unknown = parse(/```yaml\n([\s\S]*?)```/.exec(readme)?.[1] ?? '');
  expect([...Compile(PlanSchema).Errors(example)]).toEqual([]);
  expect(example).toMatchObject({ id: 'my-district', buildings: { take: { floors: 'LDCS' } } });
});

const BASE = 'id: x\nprovenance: { date: 2026-01-31, origin: { zh: x, en: x }, licence: CC0 }\n';
test.each([
  ['YAML that is none', 'id: [', /city\.yaml: line 1: /],
  ['no provenance', 'id: x\nbuildings: b.geojson\n', /city\.yaml: provenance: is missing/],
  ['no buildings', BASE, /city\.yaml: buildings: is missing; name the file/],
  ['a misspelt field', `${BASE}bulidings: b.geojson\n`, /city\.yaml: bulidings: no such field; did you mean buildings\?/],
  ['a misspelt field of a layer', `${BASE}buildings: { file: b.geojson, encodng: gbk }\n`, /buildings\.encodng: no such field; did you mean encoding\?/],
  ['a file that is not there', `${BASE}buildings: c.geojson\n`, /buildings\.file: there is no c\.geojson; paths count from/],
  ['a word that is not ours', `${BASE}buildings: { file: b.geojson, words: { a: palace } }\n`, /buildings\.words: "palace" is not known; use one of: residential/],
  ['an unknown datum', `${BASE}crs: EPSG:2437\nbuildings: b.geojson\n`, /crs: "EPSG:2437" is not known/],
  ['nothing left', `${BASE}crs: wgs84\nbuildings: b.geojson\n`, /buildings: none of 1 is left \(1 no area: Point\); check/],
])('C13: %s is one line and exit 2', (_what, plan, words) => {
  const site = mkdtempSync(join(folder, 'bad-'));
  writeFileSync(join(site, 'city.yaml'), plan);
  writeFileSync(join(site, 'b.geojson'), '{"type":"Point","coordinates":[106,38]}');
  const { status, stdout, stderr } = run('build', '--site', site, '--out', join(site, 'out'));
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(words);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(existsSync(join(site, 'out'))).toBe(false);
}); // prettier-ignore
