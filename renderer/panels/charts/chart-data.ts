/**
 * What the charts draw, from what the world holds.
 *
 * Owns: grouping and windows. Guarantees: C1 an hour without alarms is a zero, an hour before the first tally is absent;
 * C2 a second in which a source was lost is a gap, not a zero; C3 a field's index is the district's where there is one,
 * else the worst of its zones. Pure. Refuses: smoothing.
 */
import type { AlarmType } from '../../../native-bridge/contract/wire.ts';
import type { FeedRecord, RiskRecord, TallyRecord } from '../../../native-bridge/contract/records.ts';

export type AlarmGroup = 'fire' | 'e-bike' | 'electrical' | 'water' | 'attendance' | 'other';
export const GROUPS = [
  'fire',
  'e-bike',
  'electrical',
  'water',
  'attendance',
  'other',
] as const satisfies readonly AlarmGroup[];
const GROUP_OF: Readonly<Record<AlarmType, AlarmGroup>> = {
  fire: 'fire',
  'smoke-seen': 'fire',
  'e-bike': 'e-bike',
  overload: 'electrical',
  'residual-current': 'electrical',
  'over-temperature': 'electrical',
  'cut-off': 'electrical',
  'low-pressure': 'water',
  'low-level': 'water',
  unattended: 'attendance',
  fault: 'other',
  offline: 'other',
  'low-battery': 'other',
};
const HOUR = 3_600_000;

export type HourBar = { hour: number } & Record<AlarmGroup, number>;

/** The last `hours` hours up to now, oldest first; none before the first tally. */
export const alarmsPerHour = (tallies: Iterable<TallyRecord>, now: number, hours: number): HourBar[] => {
  const bars = new Map<number, HourBar>();
  const last = Math.floor(now / HOUR) * HOUR;
  const from = last - (hours - 1) * HOUR;
  let first = Infinity;
  for (const tally of tallies) {
    const hour = Math.floor(tally.hour / HOUR) * HOUR;
    if (hour < from || hour > last) continue;
    first = Math.min(first, hour);
    const bar = bars.get(hour) ?? { hour, fire: 0, 'e-bike': 0, electrical: 0, water: 0, attendance: 0, other: 0 };
    bar[GROUP_OF[tally.type]] += tally.count;
    bars.set(hour, bar);
  }
  const all: HourBar[] = [];
  for (let hour = first; hour <= last; hour += HOUR)
    all.push(bars.get(hour) ?? { hour, fire: 0, 'e-bike': 0, electrical: 0, water: 0, attendance: 0, other: 0 });
  return all;
};

export interface RatePoint {
  at: number;
  /** Events a second over all sources; null while a source was lost or the bridge was. */
  rate: number | null;
}
export const rateNow = (feeds: Iterable<FeedRecord>, connected: boolean, at: number): RatePoint => {
  let rate = 0;
  let known = false;
  for (const feed of feeds) {
    if (feed.link === 'lost') return { at, rate: null };
    known = true;
    rate += feed.rate;
  }
  return { at, rate: connected && known ? rate : null };
};

/** The seven key fields, in the order the district lists them; the words in which platforms name them. */
export const FIELDS = {
  chemical: ['chemical', 'chemicals', 'hazardous-chemicals', '危化', '危化品'],
  construction: ['construction', 'building', '建筑施工', '建设施工'],
  fire: ['fire', 'fire-safety', '消防'],
  industry: ['industry', 'trade', 'industry-trade', '工贸'],
  tourism: ['tourism', '旅游'],
  traffic: ['traffic', 'road', 'road-transport', 'transport', '道路运输'],
  city: ['city', 'urban', 'urban-operation', 'city-operation', '城市运行'],
} as const;
export type Field = keyof typeof FIELDS;
export const FIELD_NAMES = Object.keys(FIELDS) as Field[];
const DISTRICT = new Set(['district', 'all', '330604']);

export interface RiskBar {
  field: Field;
  risk: RiskRecord | null;
}
export const riskByField = (risks: Iterable<RiskRecord>): RiskBar[] => {
  const best = new Map<Field, RiskRecord>();
  for (const risk of risks) {
    const field = FIELD_NAMES.find((name) => (FIELDS[name] as readonly string[]).includes(risk.field));
    if (field === undefined) continue;
    const held = best.get(field);
    const overall = DISTRICT.has(risk.zoneId);
    if (
      !held ||
      (overall && !DISTRICT.has(held.zoneId)) ||
      (overall === DISTRICT.has(held.zoneId) && risk.score > held.score)
    )
      best.set(field, risk);
  }
  return FIELD_NAMES.map((field) => ({ field, risk: best.get(field) ?? null }));
};
