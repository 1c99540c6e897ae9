import { expect, test } from 'vitest';
import { clock, incidentId } from '../../native-bridge/contract/brand.ts';
import type { IncidentRecord } from '../../native-bridge/contract/records.ts';
import { isIn, type Area } from './area.ts';
import { createWorld } from './world.ts';

const world = createWorld();
const nobody = createWorld();
const at = (lon: number, lat: number) => ({ lon, lat });

test('F1: without an area, and with one whose incident is gone, everything lies in it', () => {
  expect(isIn(null, nobody)(at(0, 0))).toBe(true);
  expect(isIn({ kind: 'around', incidentId: incidentId('gone') }, nobody)(at(0, 0))).toBe(true);
});
test('F1: corners of the profile: inside, outside, in one of two parts', () => {
  const square = (x: number): [number, number][] => [
    [x, 30],
    [x + 0.1, 30],
    [x + 0.1, 30.1],
    [x, 30.1],
  ];
  const own: Area = { kind: 'own', name: null, rings: [square(120.8), square(121)] };
  const asks = isIn(own, nobody);
  expect([asks(at(120.85, 30.05)), asks(at(120.95, 30.05)), asks(at(121.05, 30.05))]).toEqual([true, false, true]);
});
test('F1: around an incident: two kilometres', () => {
  const incident = { id: incidentId('i'), lon: 120.87, lat: 30.03 } as IncidentRecord;
  world.wipe(clock(1), 0, { incident: [incident] }, true);
  const asks = isIn({ kind: 'around', incidentId: incidentId('i') }, world);
  expect([asks(at(120.885, 30.03)), asks(at(120.895, 30.03))]).toEqual([true, false]);
});
