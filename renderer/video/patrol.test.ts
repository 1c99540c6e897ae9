import { expect, test } from 'vitest';
import { TILES_OF, VIDEO_LAYOUTS } from '../../native-bridge/contract/video-layout.ts';
import type { CameraId } from '../../native-bridge/contract/brand.ts';
import type { AlarmRecord, DetectionRecord } from '../../native-bridge/contract/records.ts';
import { NEW_MS, rank, type Known } from './choose.ts';
import { fitting, gridStyle } from './layouts.ts';
import { mustWait, tourOf } from './patrol.ts';

const camera = (id: string, kind: string, buildingId?: string): Known => ({ id: id as CameraId, kind, buildingId });
const site: Known[] = [
  camera('e2', 'elevator', 'b2'),
  camera('e1', 'elevator', 'b1'),
  camera('e3', 'elevator', 'b1'),
  ...Array.from({ length: 5 }, (_, i) => camera(`l${i}`, 'lookout')),
  camera('r1', 'control-room', 'b1'),
];

test('E9: the tour sees every camera once, lookouts first, one building together', () => {
  const tour = tourOf(site, 4);
  expect(tour.flatMap(({ ids }) => ids).toSorted()).toEqual(site.map(({ id }) => id).toSorted());
  expect(tour.map(({ kind, part, parts }) => `${kind} ${part}/${parts}`)).toEqual([
    'lookout 1/2',
    'lookout 2/2',
    'control-room 1/1',
    'elevator 1/1',
  ]);
  expect(tour.at(-1)?.ids).toEqual(['e1', 'e3', 'e2']);
});

const alarm = (over: Partial<AlarmRecord>): AlarmRecord =>
  ({ id: 'a', cameraId: 'e1', level: 2, state: 'unacknowledged', heard: 1000, at: 1000, ...over }) as AlarmRecord;
const seen = (over: Partial<DetectionRecord>): DetectionRecord =>
  ({ id: 'd', cameraId: 'e2', label: 'e-bike', heard: 1000, at: 1000, ...over }) as DetectionRecord;

test('E9: the tour waits for what is new and grave, and goes on when it was seen or has had its time', () => {
  expect(mustWait(2000, [alarm({})], [], false)).toBe(true);
  expect(mustWait(1000 + NEW_MS, [alarm({})], [], false)).toBe(false);
  expect(mustWait(2000, [alarm({ state: 'acknowledged' })], [], false)).toBe(false);
  expect(mustWait(2000, [alarm({ level: 3 })], [], false)).toBe(false);
  expect(mustWait(2000, [], [seen({})], false)).toBe(true);
  expect(mustWait(2000, [], [seen({ label: 'person' })], false)).toBe(false);
  expect(mustWait(2000, [], [], true)).toBe(true);
});

test('E6 E9: during a patrol an event takes the first tile, the stop the rest, each with its reason', () => {
  const stop = tourOf(site, 4)[0]?.ids ?? [];
  const ranked = rank({
    pinned: null,
    alarm: null,
    building: null,
    alarms: [],
    detections: [seen({})],
    cameras: site,
    patrol: stop,
    now: 2000,
  });
  expect(ranked.slice(0, 3)).toEqual([
    { id: 'e2', why: 'e-bike' },
    { id: 'l0', why: 'patrol' },
    { id: 'l1', why: 'patrol' },
  ]);
});

test('E9: an alarm that is old gives its tile to the tour; a new one keeps it', () => {
  const stop = tourOf(site, 4)[0]?.ids ?? [];
  const ranked = (now: number) =>
    rank({
      ...{ pinned: null, alarm: null, building: null, alarms: [alarm({})], detections: [], cameras: site },
      ...{ patrol: stop, now },
    });
  expect(ranked(2000)[0]).toMatchObject({ id: 'e1', why: 'worst-alarm' });
  expect(
    ranked(1000 + NEW_MS)
      .slice(0, 4)
      .map(({ why }) => why),
  ).toEqual(['patrol', 'patrol', 'patrol', 'patrol']);
});

test('E8: every layout has room for exactly its tiles', () => {
  for (const layout of VIDEO_LAYOUTS) {
    const style = gridStyle(layout) as Record<string, number>;
    const cells = (style['--columns'] ?? 0) * (style['--rows'] ?? 0);
    const large = (style['--large-columns'] ?? 0) * (style['--large-rows'] ?? 0);
    expect([layout, cells - large + 1]).toEqual([layout, TILES_OF[layout]]);
  }
  expect(fitting('16', 1)).toBe('1');
  expect(fitting('1+3', 3)).toBe('4');
  expect(fitting('16', 12)).toBe('16');
  expect(fitting('3', 2)).toBe('3');
});
