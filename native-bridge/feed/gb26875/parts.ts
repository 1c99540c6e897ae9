/**
 * What the numbers of GB/T 26875.3-2011 stand for: part types, system types and analogue values (tables 4 to 6).
 *
 * Owns: the tables, as far as the console tells things apart by them.
 * Guarantees: an unknown number still gets a kind and a name that carries the number.
 * Refuses: nothing.
 */
import type { DeviceKind } from '../../contract/wire.ts';

/** Names as the standard has them: what a device without a description of its own is called on the wall. */
const PARTS: Readonly<Record<number, string>> = {
  1: '火灾报警控制器',
  10: '可燃气体探测器',
  16: '电气火灾监控报警器',
  17: '剩余电流式电气火灾监控探测器',
  18: '测温式电气火灾监控探测器',
  22: '火灾显示盘',
  23: '手动火灾报警按钮',
  24: '消火栓按钮',
  25: '火灾探测器',
  30: '感温火灾探测器',
  31: '点型感温火灾探测器',
  40: '感烟火灾探测器',
  41: '点型离子感烟火灾探测器',
  42: '点型光电感烟火灾探测器',
  43: '线型光束感烟火灾探测器',
  44: '吸气式感烟火灾探测器',
  50: '复合式火灾探测器',
  51: '复合式感烟感温火灾探测器',
  69: '感光火灾探测器',
  81: '气体灭火控制器',
  85: '模块',
  86: '输入模块',
  87: '输出模块',
  91: '消防水泵',
  92: '消防水箱',
  95: '喷淋泵',
  96: '水流指示器',
  98: '报警阀',
  99: '压力开关',
  102: '防火门',
  111: '防烟排烟风机',
  117: '防火卷帘控制器',
  121: '警报装置',
};
const SYSTEMS: Readonly<Record<number, string>> = {
  1: '火灾报警系统',
  10: '消防联动控制器',
  11: '消火栓系统',
  12: '自动喷水灭火系统',
  13: '气体灭火系统',
  16: '泡沫灭火系统',
  18: '防烟排烟系统',
  19: '防火门及卷帘系统',
  21: '消防应急广播',
  22: '消防应急照明和疏散指示系统',
  23: '消防电源',
  24: '消防电话',
};

const SMOKE = new Set([40, 41, 42, 43, 44, 50, 51]);
const ELECTRICITY = new Set([16, 17, 18]);
const TANK = 92;

/** What hangs on a panel and has no kind of its own is shown as the panel's. */
export const kindOfPart = (part: number): DeviceKind => {
  if (SMOKE.has(part)) return 'smoke';
  if (ELECTRICITY.has(part)) return 'electricity';
  return part === TANK ? 'water-tank' : 'fire-panel';
};
export const nameOfPart = (part: number): string => PARTS[part] ?? `部件类型${part}`;
export const nameOfSystem = (system: number): string => SYSTEMS[system] ?? `系统类型${system}`;

/** Analogue types: the console's word for the value and how much one unit of the number is. */
const ANALOGUES: Readonly<Record<number, readonly [name: string, unit: number]>> = {
  1: ['count', 1],
  2: ['level', 0.01],
  3: ['temp', 0.1],
  4: ['pressure', 0.1],
  5: ['pressureKPa', 0.1],
  6: ['gasLel', 0.1],
  7: ['seconds', 1],
  8: ['voltage', 0.1],
  9: ['current', 0.1],
  10: ['flow', 0.1],
  11: ['airVolume', 0.1],
  12: ['airSpeed', 1],
};
/** `{name: value}` in the unit that the name says: m, °C, MPa, kPa, %LEL, s, V, A, L/s, m³/min, m/s. */
export const valueOf = (kind: DeviceKind, analogue: number, value: number): Record<string, number> => {
  const [name, unit] = ANALOGUES[analogue] ?? [`analogue${analogue}`, 1];
  const word = kind === 'electricity' && name === 'temp' ? 'cableTemp' : name;
  return { [word]: Math.round(value * unit * 100) / 100 };
};
