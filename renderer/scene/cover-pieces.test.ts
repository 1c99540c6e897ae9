import { expect, test } from 'vitest';
import { COVER_BEYOND, COVER_STEP_S } from '../../native-bridge/contract/forces-records.ts';
import type { LonLat, RoadEdge } from '../../native-bridge/contract/site-files.ts';
import { metresBetween } from '../../native-bridge/contract/site-read.ts';
import { arrivalAt, classOf, cutRoads, PIECE_M } from './cover-pieces.ts';

const lengthOf = (line: readonly LonLat[]): number =>
  line.slice(1).reduce((sum, p, i) => sum + metresBetween(line[i] ?? p, p), 0);
const edge = (line: LonLat[], more: Partial<RoadEdge> = {}): RoadEdge => ({
  a: 0,
  b: 1,
  class: 'local',
  speed: 36,
  oneway: false,
  line,
  length: lengthOf(line),
  ...more,
});
const bent = edge([
  [120.87, 30.02],
  [120.871, 30.0203],
  [120.8752, 30.0203],
  [120.8752, 30.0241],
]);

test('C1: pieces are short, follow each other without a gap, and make up the whole road', () => {
  const pieces = cutRoads({ nodes: [], edges: [bent] });
  expect(pieces.length).toBe(Math.ceil(bent.length / PIECE_M));
  expect(pieces.reduce((sum, { line }) => sum + lengthOf(line), 0)).toBeCloseTo(bent.length, 1);
  for (const [i, { line }] of pieces.entries()) {
    expect(lengthOf(line)).toBeLessThan(PIECE_M + 1);
    expect(line.length).toBeGreaterThan(1);
    if (i > 0) expect(line[0]).toEqual(pieces[i - 1]?.line.at(-1));
  }
  expect(pieces[0]?.line[0]).toEqual(bent.line[0]);
  expect(pieces.at(-1)?.line.at(-1)).toEqual(bent.line.at(-1));
});
test('C2: the sooner of both ends counts; against a one-way street nobody comes', () => {
  const seconds = bent.length / 10;
  const arrival = Uint8Array.from([100 / COVER_STEP_S, COVER_BEYOND]);
  expect(arrivalAt(bent, 0.5, arrival)).toBeCloseTo(100 + seconds / 2);
  expect(arrivalAt(bent, 0.5, Uint8Array.from([COVER_BEYOND, 20]))).toBeCloseTo(100 + seconds / 2);
  expect(arrivalAt({ ...bent, oneway: true }, 0.5, Uint8Array.from([COVER_BEYOND, 20]))).toBe(Infinity);
  expect(arrivalAt(bent, 0.5, arrival, 3)).toBeCloseTo(100 + (3 * seconds) / 2);
  expect(arrivalAt(bent, 0.5, arrival, null)).toBe(Infinity);
});
test('C3: lost is what could be covered and is not; what hangs on the unheard is not known', () => {
  expect(classOf(300, 300, 300, 900)).toBe('urban');
  expect(classOf(301, 100, 301, 900)).toBe('circle');
  expect(classOf(901, 900, 901, 900)).toBe('lost');
  expect(classOf(Infinity, 901, Infinity, 900)).toBe('beyond');
  expect(classOf(Infinity, 100, 800, 900)).toBe('unknown');
});
