/**
 * The scripted alarms of the stage, and the small parts every record is made of.
 *
 * Owns: invented alarms per scene. Guarantees: valid records of the contract. Refuses: randomness.
 */
import {
  alarmId,
  buildingId,
  incidentId,
  cameraId,
  deviceId,
  eventTime,
  receiveTime,
} from '../../native-bridge/contract/brand.ts';
import type { AlarmRecord } from '../../native-bridge/contract/records.ts';
import { ALARM_TYPES } from '../../native-bridge/contract/wire.ts';
import type { SceneName } from './links.ts';

export const S = 1000;
export const MIN = 60 * S;
export const H = 60 * MIN;

export const heard = (source: string, now: number, ago: number) => ({
  source,
  at: eventTime(now - ago),
  heard: receiveTime(now - ago + 40),
});
export const spot = (i: number) => ({ lon: 120.86 + (i % 17) * 0.003, lat: 30.02 + (i % 11) * 0.003 });

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
export const alarms = (now: number, scene: SceneName): AlarmRecord[] => {
  if (scene === 'quiet') return [];
  const evening = [
    alarm(now, 'fire-1', 48 * S, {
      type: 'fire',
      level: 1,
      deviceName: '百官街道 王充路 88 号 鸿雁大厦 17 层 烟感 1702',
      floor: 17,
      buildingId: buildingId('b-7'),
      clusterId: 'c-fire-1',
      incidentId: incidentId('i-1'),
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
    alarm(now, 'pile-1', 40 * MIN, {
      type: 'over-temperature',
      level: 3,
      deviceKind: 'charging-pile',
      deviceName: '东关 充电棚 4 号桩',
      state: 'shelved',
      shelvedUntil: receiveTime(now + 50 * MIN),
      shelvedReason: '已知故障，待修',
      shelvedBy: '王敏',
    }),
    alarm(now, 'bat-2', 2 * H, {
      type: 'low-battery',
      level: 4,
      deviceName: '丰惠 北街 3 号 烟感',
      state: 'suppressed',
      suppressedBy: 'tower-water',
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
