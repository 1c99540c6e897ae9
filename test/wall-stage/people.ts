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
import type { AlarmRecord, FeedRecord, Link } from '../../native-bridge/contract/records.ts';
import { ALARM_TYPES } from '../../native-bridge/contract/wire.ts';

export type SceneName = 'evening' | 'flood' | 'lost' | 'quiet';
const S = 1000;
const MIN = 60 * S;
const H = 60 * MIN;

const heard = (source: string, now: number, ago: number) => ({
  source,
  at: eventTime(now - ago),
  heard: receiveTime(now - ago + 40),
});
const spot = (i: number) => ({ lon: 120.86 + (i % 17) * 0.003, lat: 30.02 + (i % 11) * 0.003 });

const alarm = (
  now: number,
  id: string,
  ago: number,
  over: Partial<AlarmRecord> & Pick<AlarmRecord, 'type' | 'level' | 'deviceName'>,
): AlarmRecord => ({
  ...heard('fire-iot', now, ago),
  ...spot(id.length * 7),
  id: alarmId(id),
  deviceId: deviceId(`d-${id}`),
  deviceKind: 'smoke',
  state: 'unacknowledged',
  active: true,
  repeats: 0,
  contactLost: false,
  ...over,
});
const alarms = (now: number, scene: SceneName): AlarmRecord[] => {
  if (scene === 'quiet') return [];
  const evening = [
    alarm(now, 'fire-1', 48 * S, {
      type: 'fire',
      level: 1,
      deviceName: '百官街道 王充路 88 号 鸿雁大厦 17 层 烟感 1702',
      floor: 17,
      buildingId: buildingId('b-7'),
      values: { obscuration: 12.4, battery: 86 },
    }),
    alarm(now, 'ebike-1', 12 * S, {
      type: 'e-bike',
      level: 2,
      deviceId: deviceId('lift-3'),
      deviceKind: 'elevator',
      deviceName: '曹娥江畔花园 3 幢 1 号梯',
      floor: 12,
      buildingId: buildingId('b-3'),
      cameraId: cameraId('cam-3'),
    }),
    alarm(now, 'seen-1', 95 * S, {
      type: 'smoke-seen',
      level: 2,
      deviceKind: 'camera',
      deviceName: '龙山瞭望 2 号',
      state: 'acknowledged',
      acknowledged: { by: '王敏', at: receiveTime(now - 60 * S) },
    }),
    alarm(now, 'cut-1', 6 * MIN, {
      type: 'cut-off',
      level: 2,
      deviceKind: 'electricity',
      deviceName: '丰惠古街 北撞街 41 号 总开关',
      repeats: 2,
      state: 'returned-unacknowledged',
      active: false,
    }),
    alarm(now, 'over-1', 7 * MIN, {
      type: 'overload',
      level: 3,
      deviceKind: 'electricity',
      deviceName: '丰惠古街 北撞街 41 号',
      contactLost: scene === 'lost',
    }),
    alarm(now, 'tank-1', 22 * MIN, {
      type: 'low-pressure',
      level: 3,
      deviceKind: 'water-tank',
      deviceName: '万和城 5 幢 屋顶水箱',
      buildingId: buildingId('b-5'),
      values: { pressure: 0.042, level: 1.31 },
    }),
    alarm(now, 'room-1', 31 * MIN, {
      type: 'unattended',
      level: 3,
      deviceKind: 'control-room',
      deviceName: '上虞国际大酒店 消控室',
      buildingId: buildingId('b-9'),
      state: 'acknowledged',
    }),
    alarm(now, 'bat-1', 3 * H, {
      type: 'low-battery',
      level: 4,
      deviceName: '章镇 老街 12 号 烟感',
      state: 'acknowledged',
    }),
    alarm(now, 'off-1', 5 * H, { type: 'offline', level: 4, deviceName: '小越 工业园 7 号厂房 烟感' }),
  ];
  if (scene !== 'flood') return evening;
  const flood = Array.from({ length: 240 }, (_, i) =>
    alarm(now, `f-${i}`, i * 900, {
      type: ALARM_TYPES[i % ALARM_TYPES.length] ?? 'fault',
      level: ((i % 3) + 2) as 2 | 3 | 4,
      deviceName: `经开区 舜东 ${i} 号 设备`,
    }),
  );
  const grouped = Array.from({ length: 31 }, (_, i) =>
    alarm(now, `g-${i}`, i * S, {
      type: 'fire',
      level: 1,
      deviceName: `鸿雁大厦 17 层 烟感 17${10 + i}`,
      groupedUnder: alarmId('fire-1'),
    }),
  );
  return [...evening, ...flood, ...grouped];
};

const feed = (now: number, id: string, rate: number, link: Link, over: Partial<FeedRecord> = {}): FeedRecord => ({
  id,
  link,
  lastHeard: receiveTime(now - 300),
  epoch: 'stage',
  lastSeq: 90_000,
  received: 90_000,
  journaled: 90_000,
  duplicates: 3,
  gapsHealed: 1,
  quarantined: 2,
  lagMs: 24,
  skewMs: 40,
  encrypted: true,
  rate,
  ...over,
});
export const feeds = (now: number, scene: SceneName, started: number): FeedRecord[] => [
  scene === 'lost'
    ? feed(now, 'fire-iot', 0, 'lost', { lastHeard: receiveTime(started - 14 * MIN) })
    : feed(now, 'fire-iot', 268 + 20 * Math.sin(now / 9000), 'live'),
  feed(now, 'linkage-110', 1.4, scene === 'lost' ? 'lagging' : 'live', scene === 'lost' ? { lagMs: 5200 } : {}),
  scene === 'lost'
    ? feed(now, 'video', 8, 'catching-up', { progress: { done: 41_000, total: 96_000, etaMs: 21_000 } })
    : feed(now, 'video', 30, 'live'),
  feed(now, 'situation', 0.2, 'live', { encrypted: scene !== 'lost' }),
];

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
        reason: scene === 'lost' ? 'disk-full' : null,
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
