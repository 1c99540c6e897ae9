import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { metresBetween } from '../contract/site-read.ts';
import type { LonLat } from '../contract/site-files.ts';
import { generateSite } from './demo/generate.ts';
import { makeGround } from './demo/ground.ts';
import { ROAD_WIDTH } from './demo/network.ts';
import { inside, strip, toPlane } from './demo/plane.ts';
import { readSite, SiteError, type Site } from './site.ts';

const FOLDER = join(import.meta.dirname, '../../resources/sites/demo');
// Reading 20,000 devices several times over takes its seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
let site: Site;
beforeAll(() => {
  site = readSite(FOLDER);
});
const count = <T>(list: readonly T[], key: (item: T) => string): Record<string, number> => {
  const out: Record<string, number> = {};
  for (const item of list) out[key(item)] = (out[key(item)] ?? 0) + 1;
  return out;
};

test('C6: the demonstration site is what its generator writes, byte for byte', () => {
  const hash = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex');
  const made = generateSite();
  expect(made.size).toBe(12);
  for (const [name, text] of made) expect(hash(readFileSync(join(FOLDER, name))), name).toBe(hash(text));
}, 60_000);

test('the demonstration site has what is promised of it', () => {
  expect(site.buildings.length).toBeGreaterThanOrEqual(12_000);
  expect(site.towers.length).toBeGreaterThanOrEqual(120);
  expect(site.towers.every((t) => t.floors.length >= 18 && !t.floors.includes(0) && t.shafts.length >= 2)).toBe(true);
  expect(site.towers.filter((t) => Math.max(...t.floors) >= 60).length).toBeGreaterThanOrEqual(1);
  expect(site.blocks.length).toBe(8);
  expect(site.devices.length).toBe(20_000);
  expect(Object.keys(count(site.devices, (d) => d.kind)).length).toBe(10);
  expect(site.cameras.length).toBe(300);
  expect(Object.keys(count(site.cameras, (c) => c.kind)).sort()).toEqual([
    'control-room',
    'elevator',
    'fire',
    'lookout',
  ]);
  expect(site.vehicles.length).toBe(60);
  const places = count(site.places, (p) => p.kind);
  expect(places).toMatchObject({ 'command-centre': 1, station: 6 });
  for (const kind of ['hydrant', 'shelter', 'depot', 'key-unit', 'water-intake'])
    expect(places[kind], kind).toBeGreaterThan(10);
});

test('C1: ids are unique and everything that is named exists', () => {
  const buildings = new Map(site.buildings.map((b) => [b.id, b]));
  const devices = new Map(site.devices.map((d) => [d.id, d]));
  const cameras = new Map(site.cameras.map((c) => [c.id, c]));
  const places = new Map(site.places.map((p) => [p.id, p]));
  const blocks = new Set(site.blocks.map((b) => b.id));
  expect([buildings.size, devices.size, cameras.size, places.size]).toEqual([
    site.buildings.length,
    20_000,
    300,
    site.places.length,
  ]);
  for (const t of site.towers) {
    expect(buildings.get(t.buildingId)?.towerId).toBe(t.id);
    expect([devices.get(t.controlRoomId)?.kind, devices.get(t.tankId)?.kind]).toEqual(['control-room', 'water-tank']);
    for (const s of t.shafts) {
      expect(devices.get(s.elevatorId)?.kind).toBe('elevator');
      if (s.cameraId !== undefined)
        expect(cameras.get(s.cameraId)).toMatchObject({ kind: 'elevator', elevatorId: s.elevatorId });
    }
  }
  for (const d of site.devices) {
    if (d.buildingId !== undefined) expect(buildings.has(d.buildingId)).toBe(true);
    if (d.blockId !== undefined) expect(blocks.has(d.blockId)).toBe(true);
    if (d.keyUnitId !== undefined) expect(places.get(d.keyUnitId)?.kind).toBe('key-unit');
  }
  for (const v of site.vehicles) expect(places.get(v.stationId)?.kind).toBe('station');
  for (const z of site.zones) expect(places.get(z.properties.stationId ?? '')?.kind).toBe('station');
});

test('C7: from every node of the road network every other can be reached in the direction of travel', () => {
  const { nodes, edges } = site.roads;
  const reach = (backwards: boolean): number => {
    const next: number[][] = nodes.map(() => []);
    for (const e of edges) {
      if (!(e.oneway && backwards)) next[e.a]?.push(e.b);
      if (!(e.oneway && !backwards)) next[e.b]?.push(e.a);
    }
    const seen = new Set([0]);
    const todo = [0];
    for (let n = todo.pop(); n !== undefined; n = todo.pop()) {
      for (const m of next[n] ?? []) if (!seen.has(m) && seen.add(m)) todo.push(m);
    }
    return seen.size;
  };
  expect([reach(false), reach(true)]).toEqual([nodes.length, nodes.length]);
  expect(edges.filter((e) => e.oneway).length).toBeGreaterThan(100);
  expect(edges.every((e) => e.length > 0 && e.speed >= 20 && e.speed <= 100)).toBe(true);
});

test('C7: every building is within 400 m of a road, stations within 75 m', () => {
  const cells = new Map<string, LonLat[]>();
  const key = (p: LonLat, i = 0, j = 0) => `${Math.floor(p[0] / 0.004) + i},${Math.floor(p[1] / 0.004) + j}`;
  for (const e of site.roads.edges) {
    e.line.forEach((q, i) => {
      const p = e.line[i - 1] ?? q;
      for (let k = 0; k < 8; k++) {
        const at: LonLat = [p[0] + ((q[0] - p[0]) * k) / 8, p[1] + ((q[1] - p[1]) * k) / 8];
        const held = cells.get(key(at));
        if (held === undefined) cells.set(key(at), [at]);
        else held.push(at);
      }
    });
  }
  const away = (p: LonLat) => {
    let least = Infinity;
    for (const i of [-1, 0, 1])
      for (const j of [-1, 0, 1])
        for (const q of cells.get(key(p, i, j)) ?? []) least = Math.min(least, metresBetween(p, q));
    return least;
  };
  expect(Math.max(...site.buildings.map((b) => away(b.centre)))).toBeLessThan(400);
  for (const s of site.places.filter((p) => p.kind === 'station')) expect(away([s.lon, s.lat]), s.id).toBeLessThan(75);
});

test('C8: buildings do not overlap each other, roads or water, and lie in the district', () => {
  const roads = makeGround();
  for (const e of site.roads.edges) {
    const line = e.line.map(toPlane);
    line.forEach((q, i) => {
      const p = line[i - 1];
      // Half a metre less than the drawn width: coordinates on disk are decimetres.
      if (p !== undefined) roads.put(strip(p, q, ROAD_WIDTH[e.class] - 0.5));
    });
  }
  const houses = makeGround();
  const water = site.water
    .flatMap((w) => (w.geometry.type === 'Polygon' ? [w.geometry.coordinates] : w.geometry.coordinates))
    .map((rings) => (rings[0] ?? []).map((p) => toPlane([p[0] ?? 0, p[1] ?? 0])));
  const district = (site.boundary[0]?.geometry.coordinates[0] ?? []) as number[][];
  const outline = district.map((p) => toPlane([p[0] ?? 0, p[1] ?? 0]));
  let convex = 0;
  for (const b of site.buildings) {
    const ring = (b.rings[0] ?? []).map(toPlane);
    expect(inside(toPlane(b.centre), outline), b.id).toBe(true);
    if (ring.length !== 4 || b.rings.length > 1) continue;
    convex++;
    expect(roads.free([ring], 0), `${b.id} on a road`).toBe(true);
    expect(houses.claim([ring], -0.25), `${b.id} on another building`).toBe(true);
    if (convex % 7 === 0)
      expect(
        ring.some((p) => water.some((w) => inside(p, w))),
        `${b.id} in water`,
      ).toBe(false);
  }
  expect(convex).toBeGreaterThan(15_000);
});

test('C8: devices lie in their buildings, on floors these have', () => {
  const buildings = new Map(site.buildings.map((b) => [b.id, b]));
  const towers = new Map(site.towers.map((t) => [t.buildingId, t]));
  let off = 0;
  for (const d of site.devices) {
    const b = buildings.get(d.buildingId ?? '');
    if (b === undefined || d.kind === 'camera') continue;
    const floors = towers.get(b.id)?.floors ?? Array.from({ length: b.floors }, (_, k) => k + 1);
    expect(floors, d.id).toContain(d.floor);
    expect(d.h).toBeLessThanOrEqual(b.height + 0.05);
    if (!inside(toPlane([d.lon, d.lat]), (b.rings[0] ?? []).map(toPlane))) off++;
  }
  expect(off).toBe(0);
});

test('C1: a missing or damaged file is refused by name', () => {
  const folder = mkdtempSync(join(tmpdir(), 'site-'));
  cpSync(FOLDER, folder, { recursive: true });
  writeFileSync(join(folder, 'vehicles.json'), '{"format":"fengsui/vehicles@1","vehicles":[{"id":7}]}');
  expect(() => readSite(folder)).toThrow(/vehicles\.json: \/vehicles\/0/);
  rmSync(join(folder, 'vehicles.json'));
  expect(() => readSite(folder)).toThrow(SiteError);
  writeFileSync(join(folder, 'vehicles.json'), 'x');
  expect(() => readSite(folder)).toThrow(/is not JSON/);
});
