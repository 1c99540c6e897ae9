/**
 * The alarms of the day by ten minutes, against the line where a flood begins.
 *
 * Owns: its drawing. Guarantees: the day is a day wide however little of it was observed; a flood is told by its fill and
 *   counted in words beside it (the figures above). Refuses: alarm colours.
 */
import { useDesign } from '../../design/design.tsx';
import type { Figures } from './performance-data.ts';

const BUCKET = 10 * 60_000;
const HOUR = 3_600_000;
const BUCKETS = 144;
const HIGH = 100;

export const PerformanceDay = ({ series, limit, now }: { series: Figures['series']; limit: number; now: number }) => {
  const { words, format } = useDesign();
  const w = words.performance;
  const end = Math.floor(now / BUCKET + 1) * BUCKET;
  const begin = end - BUCKETS * BUCKET;
  const most = series.reduce((all, { count }) => Math.max(all, count), 2 * limit);
  const at = (moment: number): string => `${(100 * (moment - begin)) / (end - begin)}%`;
  const shown = series.filter((bucket) => bucket.at >= begin);
  const hours = Array.from({ length: 8 }, (_, i) => Math.ceil(begin / (3 * HOUR)) * 3 * HOUR + i * 3 * HOUR);
  return (
    <section className="day" aria-label={w.day}>
      <h3>
        {w.day} <span className="quiet cut">{w.dayLine(format.count(limit))}</span>
      </h3>
      <div className="day-bars" role="img" aria-label={w.dayLine(format.count(limit))}>
        <svg viewBox={`0 0 ${BUCKETS} ${HIGH}`} preserveAspectRatio="none" aria-hidden="true">
          {shown.map(({ at: from, count, flood }) => (
            <rect
              key={from}
              data-flood={flood}
              x={(from - begin) / BUCKET + 0.1}
              width={0.8}
              y={HIGH - (HIGH * count) / most}
              height={(HIGH * count) / most}
            />
          ))}
        </svg>
        <span className="day-limit" style={{ bottom: `${(100 * limit) / most}%` }} />
        <span className="day-most quiet">{format.count(most)}</span>
      </div>
      <div className="day-hours quiet">
        {hours
          .filter((hour) => hour - begin > HOUR && end - hour > HOUR)
          .map((hour) => (
            <span key={hour} style={{ left: at(hour) }}>
              {format.minute(hour)}
            </span>
          ))}
      </div>
    </section>
  );
};
