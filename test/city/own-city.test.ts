// A folder that the city builder made, as the bridge takes it: site and pack in one, carried anywhere.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCard } from '../../native-bridge/city/card.ts';
import { fakeDistrict, gcj, HEART, writeGcj } from '../../native-bridge/city/import/district-fake.ts';
import { loadProfile, ProfileError } from '../../native-bridge/config.ts';
import type { BuildingsFile } from '../../native-bridge/contract/site-files.ts';
import { metresBetween, readBuildings } from '../../native-bridge/contract/site-read.ts';
import { startPlatform } from '../../native-bridge/platform/platform.ts';
import { serveFiles } from '../../native-bridge/port/files.ts';
import { siteCard } from '../../native-bridge/site-knowledge.ts';
import { Bridge } from '../bridge/bridge.ts';
import { Viewer } from '../bridge/viewer.ts';

const folder = mkdtempSync(join(tmpdir(), 'own-city-'));
const packs = join(folder, 'packs');
const stick = join(folder, 'stick/my district');
const command = join(import.meta.dirname, '../../native-bridge/city/main.ts');
let server: Server;
let base = '';

beforeAll(async () => {
  writeGcj(join(folder, 'source'), fakeDistrict(2));
  const built = join(packs, 'sample-gcj');
  const { status, stderr } = spawnSync(
    process.execPath,
    [command, 'build', '--site', join(folder, 'source'), '--out', built],
    { encoding: 'utf8' },
  );
  // What takes longer than two seconds tells how far it is.
  expect([status, stderr.replaceAll(/^city \S+: .*\n/gm, '')]).toEqual([0, '']);
  cpSync(built, stick, { recursive: true });
  mkdirSync(join(folder, 'bare'));
  const serve = serveFiles({ page: folder, site: stick, city: packs });
  server = createServer((request, response) => serve(request, response, request.url ?? '/'));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const profileOf = (text: string) => {
  const path = join(folder, 'mine.yaml');
  writeFileSync(path, text);
  return loadProfile(path);
};

test('C16: id, files and pack are enough of a profile: middle, name and origin come with the folder', () => {
  const profile = profileOf(`id: mine\nfiles: ${JSON.stringify(stick)}\npack: sample-gcj\n`);
  expect(metresBetween([profile.centre.lon, profile.centre.lat], HEART)).toBeLessThan(150);
  expect(profile).toMatchObject({
    id: 'mine',
    name: { zh: '示例区' },
    synthetic: true,
    provenance: { licence: 'CC0' },
  });
  const card = siteCard(profile, join(folder, 'nothing'));
  expect(card).toMatchObject({ siteUrl: '/site', cityUrl: '/site' });
  expect(card.map).toEqual({
    ...{ date: '2026-01-31', origin: { zh: '测试生成', en: 'made for tests' }, licence: 'CC0' },
    ...{ coverage: readCard(stick)?.coverage, buildings: readCard(stick)?.counts.buildings },
  });
});

test('a profile that extends another city stands where its own files are', () => {
  const profile = profileOf(`id: mine\nextends: demo\nfiles: ${JSON.stringify(stick)}\n`);
  expect(metresBetween([profile.centre.lon, profile.centre.lat], HEART)).toBeLessThan(150);
  expect([profile.pack, profile.name.en, profile.timezone]).toEqual(['sample-gcj', 'Sample District', 'Asia/Shanghai']);
});

test('the profile that comes with the folder can be started with, and extended', () => {
  expect(loadProfile(join(stick, 'site.yaml'))).toMatchObject({ id: 'sample-gcj', files: stick });
  const named = profileOf(
    `id: mine\nextends: ${JSON.stringify(join(stick, 'site.yaml'))}\nname: { zh: 我区, en: Ours }\n`,
  );
  expect([named.name.en, named.files]).toEqual(['Ours', stick]);
});

test('a folder without a card needs a centre, and has no map line; packs lie side by side by name', () => {
  expect(() => profileOf(`id: mine\nfiles: ${join(folder, 'bare')}\n`)).toThrow(ProfileError);
  const bare = profileOf(`id: mine\nfiles: ${join(folder, 'bare')}\ncentre: { lon: 1, lat: 2 }\n`);
  expect(siteCard(bare, packs)).toMatchObject({ cityUrl: null });
  expect(siteCard(bare, packs)).not.toHaveProperty('map');
  const beside = profileOf(`id: mine\nfiles: ${join(folder, 'bare')}\ncentre: { lon: 1, lat: 2 }\npack: sample-gcj\n`);
  expect(siteCard(beside, packs).cityUrl).toBe('/city/sample-gcj');
});

test('tiles are served by byte ranges from either place; the profile in the folder is not', async () => {
  for (const place of ['/site', '/city/sample-gcj']) {
    const whole = await fetch(`${base}${place}/tiles/000.glb`);
    expect(whole.status).toBe(200);
    const bytes = new Uint8Array(await whole.arrayBuffer());
    const part = await fetch(`${base}${place}/tiles/000.glb`, { headers: { Range: 'bytes=0-3' } });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 0-3/${bytes.length}`]);
    expect(await part.text()).toBe('glTF');
    expect((await fetch(`${base}${place}/tileset.json`)).headers.get('etag')).not.toBeNull();
  }
  expect((await fetch(`${base}/site/site.yaml`)).status).toBe(404);
});

test('what feeds say in GCJ-02 and in WGS-84 stands in the same house of a city that came in GCJ-02', async () => {
  const houses = readBuildings(JSON.parse(readFileSync(join(stick, 'buildings.json'), 'utf8')) as BuildingsFile);
  const platform = await startPlatform({ sources: ['fire-iot', 'linkage-110'] });
  const told = fakeDistrict(2).buildings.filter(({ id }) => id % 7 === 0);
  const middle = ({ rings }: (typeof told)[number]): [number, number] => {
    const [a, , c] = rings[0] ?? [];
    if (!a || !c) throw new Error('no ring');
    return [(a[0] + c[0]) / 2, (a[1] + c[1]) / 2];
  };
  platform.setState(
    'fire-iot.device',
    told.map((house) => {
      const [lon, lat] = gcj(middle(house));
      return { id: `s-${house.id}`, kind: 'smoke', name: '烟感', lon, lat, buildingId: `w${house.id}`, state: 'ok' };
    }),
  );
  platform.setState(
    'linkage-110.incident',
    told.map((house) => {
      const [lon, lat] = middle(house);
      const more = { kind: 'fire', level: 3, title: '冒烟', address: '', status: 'reported' };
      return { id: `i-${house.id}`, ts: Date.now(), lon, lat, ...more };
    }),
  );
  const feeds = Object.entries(platform.endpoints).map(
    ([source, { events, request }]) =>
      `  - { source: ${source}, events: '${events}', request: '${request}', crs: ${source === 'fire-iot' ? 'gcj02' : 'wgs84'} }`,
  );
  const profile = join(folder, 'fed.yaml');
  writeFileSync(profile, `id: fed\nfiles: ${JSON.stringify(stick)}\nfeeds:\n${feeds.join('\n')}\n`);
  const bridge = await Bridge.start(profile, join(folder, 'fed'));
  const viewer = await Viewer.open(bridge.ready.port, bridge.ready.token);
  try {
    await viewer.until(
      () => viewer.all('device').length === told.length && viewer.all('incident').length === told.length,
    );
    for (const { id } of told) {
      const house = houses.find((one) => one.id === `w${id}`);
      const device = viewer.get('device', `s-${id}`);
      const incident = viewer.get('incident', `i-${id}`);
      if (!house || !device || !incident) throw new Error(`nothing of w${id}`);
      expect(metresBetween([device.lon, device.lat], [...house.centre])).toBeLessThan(1);
      expect(metresBetween([incident.lon, incident.lat], [...house.centre])).toBeLessThan(1);
    }
  } finally {
    await viewer.close();
    await bridge.stop();
    await platform.close();
  }
});
