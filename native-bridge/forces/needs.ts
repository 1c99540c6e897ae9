/**
 * What an incident asks for, by its kind and level.
 *
 * Owns: the table. Guarantees: every kind has an answer; each step of level above the ordinary (Ⅳ) adds a third of the crews that
 *   begin the work. House rule, until a plan (预案) of the site says otherwise.
 * Refuses: to know which units there are.
 */
import type { SeenIncident } from './scene.ts';

export interface Wanted {
  readonly types: readonly string[];
  readonly count: number;
}
const PUMP = ['pumper', 'foam'];
const RESCUE = ['rescue'];
const TENDER = ['water-tender'];
const COMMAND = ['command'];
const HIGH = ['ladder', 'platform'];

const FIRST: Readonly<Record<string, readonly Wanted[]>> = {
  fire: [
    { types: PUMP, count: 2 },
    { types: TENDER, count: 1 },
    { types: RESCUE, count: 1 },
  ],
  chemical: [
    { types: ['foam', 'pumper'], count: 2 },
    { types: RESCUE, count: 1 },
    { types: TENDER, count: 1 },
  ],
  gas: [
    { types: PUMP, count: 1 },
    { types: RESCUE, count: 1 },
  ],
  collapse: [
    { types: RESCUE, count: 2 },
    { types: PUMP, count: 1 },
  ],
  flood: [{ types: RESCUE, count: 2 }],
  traffic: [
    { types: RESCUE, count: 1 },
    { types: PUMP, count: 1 },
  ],
  rescue: [{ types: RESCUE, count: 1 }],
  elevator: [{ types: RESCUE, count: 1 }],
  medical: [{ types: ['motorcycle', 'rescue'], count: 1 }],
};
const OTHER: readonly Wanted[] = [{ types: [...PUMP, ...RESCUE], count: 1 }];

export const wantedFor = ({ kind, level }: Pick<SeenIncident, 'kind' | 'level'>, high: boolean): Wanted[] => {
  const above = 4 - level;
  const wanted = (FIRST[kind] ?? OTHER).map(({ types, count }) => ({
    types,
    count: Math.ceil(count * (1 + above / 3)),
  }));
  if (kind === 'fire' && high) wanted.push({ types: HIGH, count: 1 + (level <= 2 ? 1 : 0) });
  if (above > 0) wanted.push({ types: COMMAND, count: 1 });
  return wanted;
};
