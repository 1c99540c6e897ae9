/**
 * The situation: weather and flood warnings, the risk index by zone and field, public opinion.
 *
 * Owns: `warning`, `risk` and `opinion` records.
 * Guarantees: a warning leaves when it expires; the newest word per zone and field holds; opinion keeps the newest
 *   two hundred.
 * Refuses: to average risk; zones and fields stand as the platform says them.
 */
import type { OpinionEvent, RiskEvent, WarningEvent } from '../contract/wire.ts';
import { isLate, type Desk, type Origin } from './desk.ts';

const MOST_OPINIONS = 200;

export interface Situation {
  readonly warning: (event: WarningEvent, origin: Origin) => void;
  readonly risk: (event: RiskEvent, origin: Origin) => void;
  readonly opinion: (event: OpinionEvent, origin: Origin) => void;
  readonly tick: (now: number) => void;
}

export const createSituation = ({ log }: Desk): Situation => ({
  warning: (event, { source, heard }) => {
    const held = log.get('warning', event.id);
    if (held && isLate(event.ts, held.at, heard)) return;
    if (event.expires <= heard) {
      log.remove('warning', event.id);
      return;
    }
    const { id, type, colour, title, text, area, expires, ts: at } = event;
    log.put('warning', { id, type, colour, title, text, area, expires, at, source, heard });
  },
  risk: (event, { source, heard }) => {
    const id = `${event.zoneId}/${event.field}`;
    const held = log.get('risk', id);
    if (held && isLate(event.ts, held.at, heard)) return;
    const { zoneId, field, score, colour, ts: at } = event;
    log.put('risk', { id, zoneId, field, score, colour, at, source, heard });
  },
  opinion: (event, { source, heard }) => {
    const held = log.get('opinion', event.id);
    if (held && isLate(event.ts, held.at, heard)) return;
    const { id, heat: degree, title, ts: at } = event;
    log.put('opinion', { id, heat: degree, title, at, source, heard });
    if (log.count('opinion') <= MOST_OPINIONS) return;
    const oldest = [...log.all('opinion')].sort((a, b) => a.at - b.at)[0];
    if (oldest) log.remove('opinion', oldest.id);
  },
  tick: (now) => {
    for (const { id, expires } of [...log.all('warning')]) if (expires <= now) log.remove('warning', id);
  },
});
