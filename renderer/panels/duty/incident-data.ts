/**
 * The incident desk's figures: each step with its time and its limit.
 *
 * Owns: which limit runs from which step. Pure. Guarantees: a limit that the profile does not name is not invented; a step
 *   passed over without a time is reached, its time unknown. Refuses: words.
 */
import type { IncidentRecord } from '../../../native-bridge/contract/records.ts';
import type { ResponseTimes } from '../../../native-bridge/contract/site-duty.ts';
import { INCIDENT_STATUSES, type IncidentStatus } from '../../../native-bridge/contract/wire.ts';

const MIN = 60_000;
const LIMITS: Partial<Record<IncidentStatus, { from: IncidentStatus; minutes: keyof ResponseTimes }>> = {
  accepted: { from: 'reported', minutes: 'acceptMin' },
  dispatched: { from: 'accepted', minutes: 'dispatchMin' },
  arrived: { from: 'reported', minutes: 'arriveMin' },
};

export interface Step {
  status: IncidentStatus;
  reached: boolean;
  current: boolean;
  at?: number;
  /** ms allowed; absent: no limit. */
  limit?: number;
  /** ms over the limit, negative while there is time; absent without a limit or a start. */
  over?: number;
}

export const stepsOf = (incident: IncidentRecord, times: ResponseTimes, now: number): Step[] => {
  const stands = INCIDENT_STATUSES.indexOf(incident.status);
  return INCIDENT_STATUSES.map((status, i): Step => {
    const at = incident.reached[status];
    const step: Step = { status, reached: i <= stands, current: i === stands };
    if (at !== undefined) step.at = at;
    const rule = LIMITS[status];
    const minutes = rule && times[rule.minutes];
    if (!rule || typeof minutes !== 'number') return step;
    step.limit = minutes * MIN;
    const began = incident.reached[rule.from];
    if (began === undefined || (step.reached && at === undefined)) return step;
    step.over = (at ?? now) - began - step.limit;
    return step;
  });
};
