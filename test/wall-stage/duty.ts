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
  plans: [
    {
      ...{ id: 'overall', name: { zh: '总体应急预案', en: 'Overall plan' } },
      lists: [
        {
          ...{ id: 'six', name: { zh: '接报六问', en: 'Six questions' } },
          items: ['地点与楼层', '起因与燃烧物', '被困与伤亡', '火势与蔓延', '道路与水源', '报警人与回拨'].map(
            (zh, i) => ({
              id: `q-${i}`,
              name: { zh, en: `Question ${i + 1}` },
            }),
          ),
        },
      ],
      recipients: [
        { id: 'leader', name: '周明', role: { zh: '区值班领导', en: 'District duty leader' }, department: 'power' },
        { id: 'rescue', name: '沈刚', role: { zh: '消防大队值班长', en: 'Watch commander' }, department: 'power' },
        { id: 'town', name: '章岚', role: { zh: '属地镇街值班长', en: 'Township head' }, department: 'health' },
      ],
    },
    {
      ...{ id: 'fire', name: { zh: '火灾事故专项预案', en: 'Special plan for fires' }, kinds: ['fire'] },
      lists: [
        {
          ...{ id: 'cuts', name: { zh: '五断', en: 'Five cuts' } },
          items: ['断电', '断气', '断路', '断非消防用水', '断电梯'].map((zh, i) => ({
            id: `c-${i}`,
            name: { zh, en: `Cut ${i + 1}` },
          })),
        },
      ],
    },
  ],
  targets: { alarmsPerHour: 6, alarmsPerHourMax: 12, floodBegins: 10, floodEnds: 5 },
};

const line = (now: number, ago: number, kind: EntryRecord['kind'], what: string, more = {}): EntryRecord => ({
  ...{ id: `i-1/${kind}/${ago}/${what}`, incidentId: incidentId('i-1'), kind, what },
  ...{ at: eventTime(now - ago), heard: receiveTime(now - ago + 40), ...more },
});

export const duty = (now: number): Puts => ({
  sketch: [
    {
      ...{
        id: 'i-1/1',
        incidentId: incidentId('i-1'),
        shape: 'area',
        text: '警戒区',
        by: '周明',
        at: receiveTime(now - 2 * MIN),
      },
      points: [0, 1, 2, 3].map((k): [number, number] => {
        const { lon, lat } = spot(4);
        return [lon + (k === 0 || k === 3 ? -0.0025 : 0.0025), lat + (k < 2 ? -0.002 : 0.002)];
      }),
    },
    {
      ...{
        id: 'i-1/2',
        incidentId: incidentId('i-1'),
        shape: 'line',
        text: '集结路线',
        by: 'leader',
        at: receiveTime(now - MIN),
      },
      points: [0, 1, 2].map((k): [number, number] => [spot(4).lon + 0.003 * k, spot(4).lat - 0.003 + 0.0006 * k * k]),
    },
  ],
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
    {
      ...heard('linkage-110', now, 3 * MIN),
      ...{ id: taskId('t-4'), incidentId: incidentId('i-1'), recipient: 'leader', department: 'power', action: '叫应' },
      ...{ status: 'done', sentAt: eventTime(now - 3 * MIN) },
      reached: { sent: eventTime(now - 3 * MIN), received: eventTime(now - 2 * MIN), done: eventTime(now - MIN) },
    },
    {
      ...heard('linkage-110', now, 3 * MIN),
      ...{ id: taskId('t-5'), incidentId: incidentId('i-1'), recipient: 'rescue', department: 'power', action: '叫应' },
      ...{ status: 'sent', sentAt: eventTime(now - 4 * MIN), unanswered: 1 },
      reached: { sent: eventTime(now - 4 * MIN) },
    },
  ],
  tick: ['overall/q-0', 'overall/q-1', 'overall/q-3', 'fire/c-0'].map((item, i) => ({
    ...{ id: `i-1/${item}`, incidentId: incidentId('i-1'), done: true, by: '王敏', at: receiveTime(now - i * MIN) },
    ...{ planId: item.split('/')[0] ?? '', itemId: item.split('/')[1] ?? '' },
  })),
  looker: ['duty', 'consultation'].map((window) => ({
    ...{ id: window, window, role: 'duty', incidentId: incidentId('i-1'), at: receiveTime(now - MIN) },
  })),
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
