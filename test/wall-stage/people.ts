/**
 * The scripted records: one evening, as plain data.
 *
 * Owns: invented devices, alarms, units, incidents of the stage. Guarantees: valid records of the contract.
 * Refuses: randomness.
 */
import {
  alarmId,
  buildingId,
  cameraId,
  detectionId,
  deviceId,
  elevatorId,
  eventTime,
  incidentId,
  receiveTime,
  taskId,
  unitId,
} from '../../native-bridge/contract/brand.ts';
import type { Puts } from '../../native-bridge/contract/port.ts';
import { feeds, type SceneName } from './links.ts';
import { ALARM_TYPES } from '../../native-bridge/contract/wire.ts';
import { alarms, H, heard, MIN, S, spot } from './alarms.ts';

export const world = (now: number, scene: SceneName): Puts => {
  const unheard = scene === 'lost' ? 14 * MIN : 0;
  const list = alarms(now, scene);
  return {
    alarm: list,
    device: Array.from({ length: 1200 }, (_, i) => ({
      ...heard('fire-iot', now, unheard + (i % 40) * S),
      ...spot(i),
      id: deviceId(`dev-${i}`),
      kind: i % 20 === 0 ? 'control-room' : 'smoke',
      name: `设备 ${i}`,
      state: 'ok',
      worst: 0,
      values:
        i % 20 === 0 ? { attended: i % 100 !== 0, persons: i % 100 === 0 ? 0 : 2 } : { obscuration: 0.3, battery: 91 },
    })),
    cab: [
      {
        ...heard('fire-iot', now, 2 * S),
        id: elevatorId('lift-3'),
        buildingId: buildingId('b-3'),
        floor: 12,
        direction: 'up',
        door: 'held',
        load: 210,
        riders: [
          {
            label: 'e-bike',
            detectionId: detectionId('det-1'),
            cameraId: cameraId('cam-3'),
            track: '7',
            confidence: 0.93,
            boardedFloor: 1,
            boardedAt: eventTime(now - 14 * S),
            seenAt: eventTime(now - S),
          },
        ],
      },
    ],
    detection: [
      {
        ...heard('fire-iot', now, S),
        id: 'cam-3/7',
        detectionId: detectionId('det-1'),
        cameraId: cameraId('cam-3'),
        pts: now - S,
        label: 'e-bike',
        confidence: 0.93,
        box: [0.3, 0.4, 0.3, 0.4],
        track: '7',
        elevatorId: elevatorId('lift-3'),
        firstAt: eventTime(now - 14 * S),
      },
    ],
    unit: Array.from({ length: 60 }, (_, i) => ({
      ...heard('fire-iot', now, i % 10 === 9 && scene !== 'quiet' ? 14 * MIN : unheard + 3 * S),
      ...spot(i * 3),
      id: unitId(`v-${i}`),
      heading: 90,
      speed: i < 6 ? 14 : 0,
      status: i < 4 ? 'en-route' : i < 6 ? 'on-scene' : i < 9 ? 'returning' : 'available',
    })),
    incident:
      scene === 'quiet'
        ? []
        : [
            {
              ...heard('linkage-110', now, 20 * S),
              ...spot(4),
              id: incidentId('i-1'),
              kind: 'fire',
              level: 3,
              title: '鸿雁大厦 17 层火警',
              address: '百官街道 王充路 88 号',
              status: 'dispatched',
              buildingId: buildingId('b-7'),
              floor: 17,
              residents: {
                ...{ surveyed: '2026-08-14', households: 118, people: 331, help: 15 },
                floors: Array.from({ length: 33 }, (_, i) => ({
                  ...{ floor: i + 1, households: i === 0 ? 0 : 4, people: i === 0 ? 0 : 8 + (i % 5) },
                  help: i % 3 === 1 ? null : 0,
                })),
              },
              reached: {
                reported: eventTime(now - 4 * MIN),
                accepted: eventTime(now - 3 * MIN),
                dispatched: eventTime(now - 2 * MIN),
              },
              alarmIds: [alarmId('fire-1')],
              unitIds: [0, 1, 2, 3, 4, 5].map((i) => unitId(`v-${i}`)),
            },
            {
              ...heard('linkage-110', now, 9 * MIN),
              ...spot(9),
              id: incidentId('i-2'),
              kind: 'elevator',
              level: 4,
              title: '电梯困人',
              address: '东关街道 担山路 3 号',
              status: 'arrived',
              reached: {
                reported: eventTime(now - 26 * MIN),
                accepted: eventTime(now - 25 * MIN),
                dispatched: eventTime(now - 23 * MIN),
                arrived: eventTime(now - 11 * MIN),
              },
              alarmIds: [],
              unitIds: [unitId('v-6')],
            },
          ],
    task: [
      {
        ...heard('linkage-110', now, MIN),
        id: taskId('t-1'),
        incidentId: incidentId('i-1'),
        department: 'power',
        action: '切断 17 层电源',
        status: 'done',
      },
      {
        ...heard('linkage-110', now, MIN),
        id: taskId('t-2'),
        incidentId: incidentId('i-1'),
        department: 'health',
        action: '派救护车 2 辆',
        status: 'en-route',
      },
    ],
    warning:
      scene === 'quiet'
        ? []
        : [
            {
              ...heard('situation', now, 40 * MIN),
              id: 'w-1',
              type: 'rainstorm',
              colour: 'orange',
              title: '暴雨橙色预警',
              text: '未来 3 小时降雨量将达 50 毫米以上',
              area: { type: 'Polygon', coordinates: [] },
              expires: eventTime(now + 3 * H),
            },
          ],
    risk: (['chemical', 'construction', 'fire', 'industry', 'tourism', 'traffic', 'city'] as const).map((field, i) => {
      const score = [71, 58, 86, 44, 23, 62, 37][i] ?? 0;
      return {
        ...heard('situation', now, 5 * MIN),
        id: `district/${field}`,
        zoneId: 'district',
        field,
        score,
        colour: score > 80 ? 'red' : score > 60 ? 'orange' : score > 40 ? 'yellow' : 'blue',
      } as const;
    }),
    feed: feeds(now, scene, now),
    order:
      scene === 'quiet'
        ? []
        : [
            {
              id: 'o-1' as never,
              source: 'fire-iot',
              type: 'remind',
              target: 'b-3',
              by: 'duty',
              at: receiveTime(now - 5 * S),
              status: 'waiting',
              tries: 2,
            },
          ],
    strip: [
      scene === 'flood'
        ? {
            id: 'strip',
            received: 5312,
            shown: 249,
            grouped: 4820,
            shelved: 2,
            duplicates: 241,
            flood: true,
            lastTenMinutes: 5041,
          }
        : {
            id: 'strip',
            received: 128,
            shown: 84,
            grouped: 19,
            shelved: 1,
            duplicates: 24,
            flood: false,
            lastTenMinutes: 4,
          },
    ],
    recording: [
      {
        id: 'recording',
        recording: scene !== 'lost',
        reason:
          scene === 'lost'
            ? 'disk-full'
            : scene === 'flood'
              ? 'corrupt-set-aside: fengsui.db.corrupt-20261127T003911'
              : null,
        file: 'fengsui.db',
        events: 1_204_882,
        bytes: 148_000_000,
      },
    ],
    tally: Array.from({ length: 12 }, (_, i) => i).flatMap((i) =>
      ALARM_TYPES.map((type, j) => {
        const hour = Math.floor(now / H) * H - i * H;
        return { id: `${hour}/${type}`, hour, type, count: Math.max(0, Math.round(3 + 3 * Math.sin(i + j) - j / 3)) };
      }),
    ),
  };
};
