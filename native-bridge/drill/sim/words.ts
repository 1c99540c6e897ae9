/**
 * Owns: what the platform's machines and people write: alarm texts, incident titles, warnings. Data of a drill, all
 *   invented, in the platform's own language; the console shows it as it comes and translates nothing.
 * Guarantees: no real person, number or event. Refuses: words of the console itself, which are the window's.
 */
import type { AlarmType } from '../../contract/wire.ts';

export const words = {
  unattended: (tower: string) => `${tower}消控室无人值守超过3分钟`,
  lowLevel: (tower: string, level: number) => `${tower}屋顶水箱水位偏低 ${level.toFixed(2)} m`,
  lowPressure: (tower: string, pressure: number) => `${tower}消防水箱压力不足 ${pressure.toFixed(3)} MPa`,
  eBike: (tower: string, shaft: number, floor: number) => `${tower}${shaft}号电梯 ${floor}层 电动车进入轿厢`,
  charging: (tower: string, floor: number, current: number) =>
    `${tower}${floor}层 电流异常升高 ${current.toFixed(1)} A，疑似电动车入户充电`,
  overload: (name: string, current: number) => `${name} 过载 ${current.toFixed(1)} A`,
  cutOff: (name: string) => `${name} 过载未消除，已自动断电`,
  smokeSeen: (camera: string, what: string) => `${camera} 发现烟雾，方位疑似${what}`,
  smokeDetected: (name: string) => `${name} 火警`,
  panelFire: (tower: string, floor: number) => `${tower}消控主机 ${floor}层 火警联动`,
  blackout: (name: string) => `${name} 主电故障`,
  fireTitle: (tower: string, floor: number) => `${tower}${floor}层 居民住宅火灾`,
  incidentOf: (what: string) => `转警：${what}`,
} as const;

/** How often (parts), how bad, what it says, how long it lasts (s). */
export interface OrdinaryAlarm {
  readonly type: AlarmType;
  readonly kinds: readonly string[];
  readonly parts: number;
  readonly level: 2 | 3 | 4;
  readonly text: string;
  readonly lasts: readonly [number, number];
}
export const ordinaryAlarms: readonly OrdinaryAlarm[] = [
  { type: 'low-battery', kinds: ['smoke'], parts: 3, level: 4, text: '电池电量低', lasts: [900, 3600] },
  {
    type: 'fault',
    kinds: ['smoke', 'fire-panel', 'elevator'],
    parts: 3,
    level: 4,
    text: '设备故障',
    lasts: [300, 1800],
  },
  { type: 'residual-current', kinds: ['electricity'], parts: 2, level: 3, text: '剩余电流超限', lasts: [180, 900] },
  {
    type: 'over-temperature',
    kinds: ['charging-pile', 'electricity'],
    parts: 2,
    level: 3,
    text: '温度超限',
    lasts: [180, 900],
  },
  {
    type: 'offline',
    kinds: ['smoke', 'electricity', 'camera', 'charging-pile'],
    parts: 2,
    level: 4,
    text: '设备离线',
    lasts: [300, 2400],
  },
  { type: 'overload', kinds: ['electricity'], parts: 1, level: 3, text: '负荷超限', lasts: [120, 600] },
  { type: 'fire', kinds: ['smoke'], parts: 1, level: 2, text: '烟感报警，待核实', lasts: [90, 300] },
];

export interface IncidentKind {
  readonly kind: string;
  readonly title: string;
  readonly level: 2 | 3 | 4;
  readonly parts: number;
  /** Rescue units sent. */
  readonly units: number;
  /** Department and what it is asked to do. */
  readonly tasks: readonly (readonly [department: string, action: string])[];
}
export const incidentKinds: readonly IncidentKind[] = [
  {
    kind: 'traffic',
    title: '两车追尾，占用车道',
    level: 4,
    parts: 5,
    units: 0,
    tasks: [['police', '现场疏导、事故处理']],
  },
  { kind: 'elevator', title: '电梯困人', level: 3, parts: 3, units: 1, tasks: [['housing', '通知维保单位到场']] },
  {
    kind: 'gas',
    title: '居民反映燃气异味',
    level: 3,
    parts: 2,
    units: 1,
    tasks: [
      ['gas', '关阀检测'],
      ['township', '疏散楼道居民'],
    ],
  },
  { kind: 'rescue', title: '宠物坠井求助', level: 4, parts: 2, units: 1, tasks: [] },
  { kind: 'fire', title: '路边垃圾桶起火', level: 4, parts: 2, units: 1, tasks: [['urban', '现场清理']] },
  { kind: 'medical', title: '老人摔倒需要救助', level: 4, parts: 4, units: 0, tasks: [['medical', '派出救护车']] },
  {
    kind: 'flood',
    title: '下穿通道积水',
    level: 3,
    parts: 1,
    units: 1,
    tasks: [
      ['water-affairs', '启动排涝'],
      ['police', '封闭通道'],
    ],
  },
  { kind: 'other', title: '夜间施工噪声投诉', level: 4, parts: 4, units: 0, tasks: [['urban', '现场核查']] },
  { kind: 'fire', title: '厨房油锅起火已自行扑灭', level: 3, parts: 2, units: 2, tasks: [['township', '核实伤情']] },
];

export const opinions: readonly string[] = [
  '网友反映小区消防通道被占用',
  '市民咨询电动自行车充电收费',
  '有人拍到河边放孔明灯',
  '网传某商场停电，现场秩序正常',
  '居民点赞社区微型消防站',
  '群众反映楼道堆放杂物',
];
