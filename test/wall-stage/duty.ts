/**
 * The scripted records of the duty desk: a happening, the log of an incident, what is set aside, how the alarms perform.
 *
 * Owns: invented records of the stage. Guarantees: valid records of the contract. Refuses: randomness.
 */
import { alarmId, deviceId, eventTime, incidentId, receiveTime, taskId } from '../../native-bridge/contract/brand.ts';
import type { EntryRecord } from '../../native-bridge/contract/duty-records.ts';
import type { DutyCard } from '../../native-bridge/contract/site-duty.ts';
import type { Puts } from '../../native-bridge/contract/port.ts';
import { H, heard, MIN, S, spot } from './alarms.ts';

export const dutyCard: DutyCard = {
  rules: [{ id: 'tower-water', reason: { zh: '高层消防水源', en: 'fire water of a high-rise' } }],
  response: {
    standard: { zh: '15 分钟救援圈；其余为演示值', en: '15-minute rescue circle; the rest are demonstration figures' },
    ...{ acceptMin: 1, dispatchMin: 1, arriveMin: 15, receiptMin: 3, escalateMin: 6, escalateTo: 'power' },
  },
  targets: { alarmsPerHour: 6, alarmsPerHourMax: 12, floodBegins: 10, floodEnds: 5 },
};

const line = (now: number, ago: number, kind: EntryRecord['kind'], what: string, more = {}): EntryRecord => ({
  ...{ id: `i-1/${kind}/${ago}/${what}`, incidentId: incidentId('i-1'), kind, what },
  ...{ at: eventTime(now - ago), heard: receiveTime(now - ago + 40), ...more },
});

export const duty = (now: number): Puts => ({
  cluster: [
    {
      ...heard('fire-iot', now, 4 * MIN),
      ...spot(4),
      ...{ id: 'c-fire-1', kind: 'fire', level: 1, firstOut: alarmId('fire-1'), place: 'building' },
      ...{ lastAt: eventTime(now - 48 * S), open: 4, count: 5, floor: 17 },
      parts: [
        {
          ...{ type: 'fire', deviceKind: 'smoke', count: 3, floors: [17, 18] },
          ...{ from: eventTime(now - 4 * MIN), to: eventTime(now - 4 * MIN + 40 * S) },
        },
        {
          ...{ type: 'fire', deviceKind: 'fire-panel', count: 1, floors: [] },
          ...{ from: eventTime(now - 3 * MIN), to: eventTime(now - 3 * MIN) },
        },
        {
          ...{ type: 'smoke-seen', deviceKind: 'camera', count: 1, floors: [] },
          ...{ from: eventTime(now - 95 * S), to: eventTime(now - 95 * S) },
        },
      ],
      incidentIds: [incidentId('i-1')],
    },
  ],
  entry: [
    line(now, 4 * MIN, 'alarm', 'fire', { who: '鸿雁大厦 17 层 烟感 1702' }),
    line(now, 4 * MIN - S, 'status', 'reported'),
    line(now, 3 * MIN + 20 * S, 'act', 'acknowledge', { by: '王敏', who: '鸿雁大厦 17 层 烟感 1702' }),
    line(now, 3 * MIN, 'status', 'accepted'),
    line(now, 3 * MIN - S, 'alarm', 'fire', { who: '鸿雁大厦 消控主机' }),
    line(now, 2 * MIN, 'order', 'accepted', { text: 'dispatch', by: '王敏' }),
    line(now, 2 * MIN - S, 'status', 'dispatched'),
    line(now, 110 * S, 'order', 'waiting', { text: 'task', by: '王敏' }),
    line(now, 90 * S, 'task', 'sent', { who: 'power', text: '切断 17 层电源' }),
    line(now, 60 * S, 'task', 'received', { who: 'power', text: '切断 17 层电源' }),
    line(now, 20 * S, 'report', 'repeat', { text: '王充路一高楼冒烟' }),
  ],
  task: [
    {
      ...heard('linkage-110', now, 5 * MIN),
      ...{ id: taskId('t-3'), incidentId: incidentId('i-1'), department: 'health', action: '接收伤员', status: 'sent' },
      ...{ sentAt: eventTime(now - 4 * MIN), due: eventTime(now + 11 * MIN), unanswered: 1 },
    },
  ],
  service: [
    {
      ...{ id: deviceId('dev-9'), deviceName: '章镇 老街 12 号 烟感', by: '王敏' },
      ...{ at: receiveTime(now - 3 * H), reason: '检修维保' },
    },
  ],
  performance: [
    {
      ...{ id: 'performance', fleeting: 3, chattering: 1, stale: 1 },
      buckets: Array.from({ length: 40 }, (_, i) => ({
        at: Math.floor(now / (10 * MIN)) * 10 * MIN - (39 - i) * 10 * MIN,
        levels: [i % 13 === 0 ? 1 : 0, i % 5 === 0 ? 1 : 0, i % 3 === 0 ? 1 : 0, i === 20 ? 14 : 1] as [
          number,
          number,
          number,
          number,
        ],
      })),
      top: Array.from({ length: 10 }, (_, i) => ({
        ...{ deviceId: deviceId(`dev-${i}`), deviceName: `经开区 舜东 ${i} 号 设备`, count: 18 - i, stale: i === 1 },
        ...{ type: i % 2 === 0 ? ('offline' as const) : ('fault' as const), chattering: i === 0 },
      })),
    },
  ],
  handover: [
    {
      ...{ id: 'h-1', at: receiveTime(now - 5 * H), outgoing: { name: '李强', at: receiveTime(now - 5 * H) } },
      ...{ incoming: { name: '王敏', at: receiveTime(now - 5 * H + MIN) }, note: '水箱 5 幢待修', mutedUntil: 0 },
      open: { alarms: 9, unacknowledged: 0, incidents: 2, unanswered: 0 },
      aside: { shelved: 1, suppressed: 2, outOfService: 1 },
    },
  ],
});
