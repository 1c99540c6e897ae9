/**
 * The three sounds of the wall, as notes.
 *
 * Owns: the patterns, and which is due. Guarantees: three that differ in rhythm, number and direction of notes, not only in
 * pitch (so that a worn speaker still tells them apart); the worst level alone repeats. Pure. Refuses: loudness above 1.
 */
import type { Level } from '../../design/tokens.ts';

export interface Note {
  /** Seconds from the start of the pattern, and its length. */
  at: number;
  for: number;
  hz: number;
  gain: number;
}
export type Pattern = 'critical' | 'urgent' | 'notice';

/** IEC 60601-1-8 gives high, medium and low priority 10, 3 and 1–2 pulses; the same idea, shorter. */
export const PATTERNS: Readonly<Record<Pattern, readonly Note[]>> = {
  critical: [0, 0.16, 0.32, 0.6, 0.76].map((at, i) => ({ at, for: 0.12, hz: i < 3 ? 988 : 1319, gain: 0.5 })),
  urgent: [
    { at: 0, for: 0.28, hz: 784, gain: 0.35 },
    { at: 0.36, for: 0.28, hz: 659, gain: 0.35 },
    { at: 0.72, for: 0.4, hz: 523, gain: 0.35 },
  ],
  notice: [{ at: 0, for: 0.5, hz: 440, gain: 0.18 }],
};
export const patternOf = (level: Level): Pattern => (level === 1 ? 'critical' : level === 2 ? 'urgent' : 'notice');

/** The worst level sounds again after this long while nobody has acknowledged it. ms */
export const REPEAT_MS = 6000;

export interface Heard {
  /** Ids already sounded. */
  ids: ReadonlySet<string>;
  /** When anything last sounded, ms. */
  at: number;
}
/**
 * What to sound now: the worst of the new alarms, or the worst level again when its time has come. `unseen` are the
 * unacknowledged alarms. A page that has just opened (`heard` null) sounds only what still has to be acknowledged at level 1.
 */
export const due = (
  unseen: readonly { id: string; level: Level }[],
  heard: Heard | null,
  now: number,
): { pattern: Pattern | null; heard: Heard; fresh: ReadonlySet<string> } => {
  const fresh = heard
    ? unseen.filter((alarm) => !heard.ids.has(alarm.id))
    : unseen.filter((alarm) => alarm.level === 1);
  const worst = fresh.reduce<Level | null>(
    (level, alarm) => (level === null || alarm.level < level ? alarm.level : level),
    null,
  );
  const again = worst === null && unseen.some((alarm) => alarm.level === 1) && now - (heard?.at ?? 0) >= REPEAT_MS;
  const pattern = worst !== null ? patternOf(worst) : again ? 'critical' : null;
  return {
    pattern,
    heard: { ids: new Set(unseen.map((alarm) => alarm.id)), at: pattern ? now : (heard?.at ?? 0) },
    fresh: new Set(fresh.map(({ id }) => id)),
  };
};
