/**
 * Where the duty tour goes, and when.
 *
 * Owns: the stops of a round and the pace. Guarantees: S14 what is wrong comes first: open incidents by level, then the
 *   houses with most e-bikes, then the kept views; towns only when there is too little else; a round ends at the whole
 *   district; a grave unacknowledged alarm holds the tour where that alarm is. Pure.
 * Refuses: to fly.
 */
import { isOpen, type AlarmRecord, type IncidentRecord } from '../../native-bridge/contract/records.ts';
import type { Pose } from './eye.ts';

/** ms that the eye rests at a stop, and how much slower than usual it flies. */
export const DWELL_MS = 20_000;
export const PACE = 3.5;
/** Of incidents and of houses each, at most; with fewer stops than the least the towns are visited. */
const MOST = 3;
const LEAST = 3;
/** Levels that hold the tour: the two worst. */
const GRAVE = 2;

export interface Spot {
  x: number;
  y: number;
}
export interface Round {
  home: Pose;
  incidents: readonly (Spot & Pick<IncidentRecord, 'level' | 'at'>)[];
  /** Houses and how many e-bikes they had lately. */
  houses: readonly (Spot & { bikes: number; height: number })[];
  kept: readonly Pose[];
  towns: readonly Spot[];
}

export const stopsOf = ({ home, incidents, houses, kept, towns }: Round): Pose[] => {
  const at = ({ x, y }: Spot, range: number, h = 0): Pose => ({ ...home, x, y, h, range, pitch: -32 });
  const stops = [
    ...[...incidents]
      .sort((a, b) => a.level - b.level || b.at - a.at)
      .slice(0, MOST)
      .map((spot) => at(spot, 1100)),
    ...[...houses]
      .filter(({ bikes }) => bikes > 0)
      .sort((a, b) => b.bikes - a.bikes)
      .slice(0, MOST)
      .map((house) => at(house, 620, house.height / 2)),
    ...kept,
  ];
  if (stops.length < LEAST) stops.push(...towns.map((town) => at(town, 3200)));
  return [...stops, home];
};

/** The alarm that holds the tour: the worst, then the newest. */
export const holdingAlarm = (alarms: Iterable<AlarmRecord>): AlarmRecord | null => {
  let worst: AlarmRecord | null = null;
  for (const alarm of alarms) {
    if (!isOpen(alarm) || alarm.state !== 'unacknowledged' || alarm.level > GRAVE || alarm.test === true) continue;
    if (!worst || alarm.level < worst.level || (alarm.level === worst.level && alarm.at > worst.at)) worst = alarm;
  }
  return worst;
};
