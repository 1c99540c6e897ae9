import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  alarmId,
  cameraId,
  detectionId,
  deviceId,
  eventTime,
  receiveTime,
} from '../../native-bridge/contract/brand.ts';
import type { AlarmRecord, DetectionRecord } from '../../native-bridge/contract/records.ts';
import { EBIKE_MS, enlarged, leader, place, rank, type Chosen } from './choose.ts';

describe('E6: which cameras matter', () => {
  const now = 1_700_000_000_000;
  const cam = (n: string) => cameraId(`cam-${n}`);
  const seen = (camera: string, label: DetectionRecord['label'], ago: number): DetectionRecord => ({
    id: `${camera}/${label}`,
    detectionId: detectionId(camera + label),
    cameraId: cam(camera),
    pts: now - ago,
    label,
    confidence: 0.9,
    box: [0, 0, 1, 1],
    track: 't',
    firstAt: eventTime(now - ago),
    source: 'fire-iot',
    at: eventTime(now - ago),
    heard: receiveTime(now - ago),
  });
  const alarm = (
    camera: string,
    level: AlarmRecord['level'],
    ago = 0,
    state: AlarmRecord['state'] = 'unacknowledged',
  ): AlarmRecord => ({
    id: alarmId(`a-${camera}`),
    deviceId: deviceId('d'),
    deviceName: 'd',
    deviceKind: 'elevator',
    type: 'fire',
    level,
    state,
    active: true,
    repeats: 0,
    contactLost: false,
    cameraId: cam(camera),
    lon: 0,
    lat: 0,
    source: 'fire-iot',
    at: eventTime(now - ago),
    heard: receiveTime(now - ago),
  });
  const base = { pinned: null, alarm: null, building: null, alarms: [], detections: [], cameras: [], now };

  it("pinned, then the chosen alarm's, then e-bikes, then alarms, the building, detections, lookouts; each once", () => {
    const chosen = alarm('sel', 3);
    const got = rank({
      pinned: cam('pin'),
      alarm: chosen,
      building: 'b',
      alarms: [chosen, alarm('a2', 2, 50), alarm('a1', 1, 90), alarm('old', 1, 10, 'normal'), alarm('a4', 4)],
      detections: [
        seen('bike', 'e-bike', 1000),
        seen('gone', 'e-bike', EBIKE_MS + 1),
        seen('pram', 'stroller', 10),
        seen('pin', 'e-bike', 0),
      ],
      cameras: [
        { id: cam('in'), kind: 'fire', buildingId: 'b' },
        { id: cam('hill'), kind: 'lookout' },
        { id: cam('far'), kind: 'fire', buildingId: 'x' },
      ],
      now,
    });
    expect(got.map(({ id, why }) => `${id} ${why}`)).toEqual([
      'cam-pin pinned',
      'cam-sel alarm',
      'cam-bike e-bike',
      'cam-a1 worst-alarm',
      'cam-a2 worst-alarm',
      'cam-in building',
      'cam-pram detection',
      'cam-a4 worst-alarm',
      'cam-hill lookout',
    ]);
  });
  it('an e-bike that people rejected does not bring its camera up', () => {
    const rejected: DetectionRecord = {
      ...seen('bike', 'e-bike', 0),
      verdict: { is: 'bicycle', by: 'x', at: receiveTime(now) },
    };
    expect(rank({ ...base, detections: [rejected] })).toEqual([]);
  });
  it('a camera that was asked and sent nothing gives its place to the next, unless people chose it', () => {
    const chosen = alarm('sel', 3);
    const got = rank({
      ...base,
      alarm: chosen,
      alarms: [chosen, alarm('a1', 1)],
      cameras: [{ id: cam('hill'), kind: 'lookout' }],
      quiet: new Set([cam('sel'), cam('a1')]),
    });
    expect(got.map(({ id }) => id)).toEqual(['cam-sel', 'cam-hill', 'cam-a1']);
  });
  it('those that stay keep their place, whatever comes', () => {
    const pool = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(fc.constantFrom(...pool), { maxLength: 7 }), { maxLength: 12 }), (turns) => {
        let before: readonly Chosen[] = [];
        for (const turn of turns) {
          const ranked = turn.map((n): Chosen => ({ id: cam(n), why: 'detection' }));
          const next = place(ranked, before, 4);
          expect([...next].map(({ id }) => id).sort()).toEqual(
            ranked
              .slice(0, 4)
              .map(({ id }) => id)
              .sort(),
          );
          before.forEach(({ id }, i) => {
            if (i < next.length && next.some((each) => each.id === id)) expect(next[i]?.id).toBe(id);
          });
          before = next;
        }
      }),
    );
  });
  it('the largest is the most important, and stays so while it matters as much', () => {
    const [a, b, c]: Chosen[] = [
      { id: cam('a'), why: 'e-bike' },
      { id: cam('b'), why: 'e-bike' },
      { id: cam('c'), why: 'alarm' },
    ] as const;
    if (!a || !b || !c) throw new Error();
    expect(leader([a, b], [b, a], cam('a'))).toBe('cam-a');
    expect(leader([a, b, c], [c, b, a], cam('a'))).toBe('cam-c');
    expect(leader([b], [b], cam('a'))).toBe('cam-b');
    expect(leader([], [], cam('a'))).toBeNull();
  });

  it('E13: enlarged by hand it stays, and the most urgent other one is in its corner, never a calm one', () => {
    const of = { pinned: cam('x'), alarm: null, building: null, cameras: [], now };
    const ranked = rank({ ...of, alarms: [alarm('1', 1), alarm('2', 2)], detections: [] });
    expect(enlarged(ranked).map(({ id, why, of: about }) => [id, why, about?.id])).toEqual([
      [cam('x'), 'pinned', undefined],
      [cam('1'), 'worst-alarm', 'a-1'],
    ]);
    const calm = rank({ ...of, alarms: [], detections: [], near: [cam('n')] });
    expect(enlarged(calm).map(({ id }) => id)).toEqual([cam('x')]);
  });
  it('cameras that see what is selected come after its own and before those of the building', () => {
    const cameras = [{ id: cam('b'), kind: 'fire', buildingId: 'house' }];
    const of = { pinned: null, building: 'house', cameras, now, near: [cam('n'), cam('o')] };
    const ranked = rank({ ...of, alarm: alarm('1', 3), alarms: [], detections: [] });
    expect(ranked.map(({ id, why }) => [id, why])).toEqual([
      [cam('1'), 'alarm'],
      [cam('n'), 'near'],
      [cam('o'), 'near'],
      [cam('b'), 'building'],
    ]);
  });
  it('E17: of the past those cameras come first that have pictures of the moment, after the chosen alarm', () => {
    const cameras = ['a', 'b', 'c'].map((name) => ({ id: cam(name), kind: 'lookout' }));
    const of = { pinned: null, building: null, cameras, now, detections: [] };
    const quiet = new Set([cam('a'), cam('b'), cam('1')]);
    const ranked = rank({ ...of, alarm: alarm('1', 3), alarms: [alarm('b', 1)], kept: [cam('c')], quiet });
    expect(ranked.map(({ id, why }) => [id, why])).toEqual([
      [cam('1'), 'alarm'],
      [cam('c'), 'clip'],
      [cam('b'), 'worst-alarm'],
      [cam('a'), 'lookout'],
    ]);
  });
});
