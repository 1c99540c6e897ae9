import { expect, test } from 'vitest';
import type { SiteCamera } from './site-files.ts';
import { because, bySight, sightLine } from './sight-line.ts';

const camera = (id: string, more: Partial<SiteCamera> = {}): SiteCamera => ({
  ...{ id, kind: 'fire', name: { zh: id, en: id }, lon: 120, lat: 30, h: 10, pitch: 0 },
  ...{ heading: 0, fov: 60, range: 2000 },
  ...more,
});
/** So many metres north and east of the cameras. */
const at = (north: number, east: number) => ({
  lat: 30 + north / 111_195,
  lon: 120 + east / (111_195 * Math.cos((30 * Math.PI) / 180)),
});

test('a place is in view within the cone and the reach, across north too', () => {
  expect(sightLine(camera('c'), at(1000, 0))).toMatchObject({ is: 'view' });
  expect(Math.round(sightLine(camera('c'), at(1000, 0)).metres / 10)).toBe(100);
  expect(sightLine(camera('c', { heading: 350 }), at(1000, 300)).is).toBe('view');
  expect(sightLine(camera('c', { heading: 10 }), at(1000, -300)).is).toBe('view');
  expect(sightLine(camera('c'), at(0, 1000)).is).toBe('away');
  expect(sightLine(camera('c'), at(2100, 0)).is).toBe('away');
});
test('a lookout turns, a fixed camera that looks elsewhere is of no use', () => {
  expect(sightLine(camera('c', { kind: 'lookout' }), at(-1000, 0)).is).toBe('turn');
  expect(sightLine(camera('c'), at(-1000, 0)).is).toBe('away');
});
test('the nearest that looks there comes first; one that must turn only when it is much nearer', () => {
  const looks = camera('looks', { kind: 'lookout', ...at(-700, 0) });
  const turns = camera('turns', { kind: 'lookout', heading: 180 });
  const near = camera('near', { kind: 'lookout', heading: 180, ...at(450, 0) });
  const cab = camera('cab', { kind: 'elevator' });
  expect(bySight([turns, looks, cab], at(500, 0)).map(({ id }) => id)).toEqual(['turns', 'looks']);
  expect(bySight([turns, looks], at(900, 0)).map(({ id }) => id)).toEqual(['turns', 'looks']);
  expect(bySight([turns, { ...looks, ...at(-300, 0) }], at(900, 0)).map(({ id }) => id)).toEqual(['looks', 'turns']);
  expect(bySight([looks, near], at(500, 0)).map(({ id }) => id)).toEqual(['near', 'looks']);
});
test('one that the place is hidden from comes after all that see it', () => {
  const near = camera('near', { ...at(450, 0) });
  const far = camera('far');
  expect(bySight([near, far], at(500, 0)).map(({ id }) => id)).toEqual(['near', 'far']);
  expect(bySight([near, far], at(500, 0), ({ id }) => id === 'near').map(({ id }) => id)).toEqual(['far', 'near']);
});
test('why it is the one: itself, the cab, the floor, the house, or how far and whether it looks there', () => {
  const inside = camera('i', { kind: 'elevator', elevatorId: 'lift', buildingId: 'b', floor: 3 });
  expect(because(inside, { ...at(0, 0), deviceId: 'i' })).toEqual({ is: 'own' });
  expect(because(inside, { ...at(0, 0), deviceId: 'lift' })).toEqual({ is: 'cab' });
  expect(because(inside, { ...at(0, 0), deviceId: 'd', buildingId: 'b', floor: 3 })).toEqual({ is: 'floor' });
  expect(because(inside, { ...at(0, 0), deviceId: 'd', buildingId: 'b', floor: 4 })).toEqual({ is: 'house' });
  expect(because(camera('o'), at(1000, 0))).toMatchObject({ is: 'view' });
  expect(because(camera('o'), at(0, 1000))).toBeNull();
});
