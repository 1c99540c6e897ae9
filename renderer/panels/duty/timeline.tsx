/**
 * The course of an incident from its report to now, in four lanes; a touch goes to that moment.
 *
 * Owns: the lines and their marks. Guarantees: P16 nothing of the log is left out; each mark says what it is and when; the newest
 *   stands in words. Refuses: a scroll bar.
 */
import type { CSSProperties } from 'react';
import { useDesign } from '../../design/design.tsx';
import type { IncidentRecord } from '../../../native-bridge/contract/records.ts';
import { deskOf } from '../../store/desk.ts';
import { useFengsui, useNow } from '../../store/hooks.ts';
import { useEntries, useTold } from './incident-log.tsx';
import { LANES, marksOf, stepOf } from './timeline-data.ts';
import './timeline.css';

/** Marks closer than a finger are one, in label sizes. */
const MARK_REMS = 1.6;
const STEP_REMS = 7;

export const Timeline = ({ incident, rems }: { incident: IncidentRecord; rems: number }) => {
  const { words, format } = useDesign();
  const { past } = deskOf(useFengsui());
  const now = useNow(5000);
  const entries = useEntries(incident.id);
  const tell = useTold();
  const from = incident.reached.reported ?? entries[0]?.at ?? incident.at;
  const closed = incident.status === 'closed' ? incident.reached.closed : undefined;
  const to = Math.max(from + 60_000, closed ?? now);
  const marks = marksOf(entries, from, to, Math.max(10, Math.floor(rems / MARK_REMS)));
  const step = stepOf(to - from, Math.max(2, Math.floor(rems / STEP_REMS)));
  const steps: number[] = [];
  for (let at = Math.ceil(from / step) * step; at < to; at += step) steps.push(at);
  const newest = entries.at(-1);
  const at = (share: number): CSSProperties => ({ left: `${share * 100}%` });
  return (
    <section className="panel timeline" aria-label={words.modes.course} data-testid="timeline">
      <header className="panel-head">
        <h2>{words.modes.course}</h2>
        <span className="value">{words.modes.sinceReport(format.span(to - from))}</span>
        {newest && (
          <span className="push cut">
            {format.clock(newest.at)} <span className="value">{tell(newest)}</span>
          </span>
        )}
      </header>
      <div className="timeline-lanes">
        {LANES.map((lane) => (
          <div key={lane} className="timeline-lane" data-lane={lane}>
            <span className="quiet">{words.modes.lane[lane]}</span>
            <ol>
              {marks
                .filter((mark) => mark.lane === lane)
                .map((mark) => {
                  const [first] = mark.entries;
                  if (!first) return null;
                  const said = mark.entries.map((one) => `${format.clock(one.at)} ${tell(one)}`).join('\n');
                  return (
                    <li key={first.id} style={at(mark.share)} data-late={mark.share > 0.9}>
                      <button type="button" title={said} onClick={() => past.go(first.at)}>
                        <span aria-hidden="true">{mark.entries.length > 1 ? mark.entries.length : ''}</span>
                        <span className="unseen">{said}</span>
                      </button>
                      {lane === 'status' && <span className="timeline-said value">{tell(first)}</span>}
                    </li>
                  );
                })}
            </ol>
          </div>
        ))}
        <div className="timeline-lane timeline-scale" aria-hidden="true">
          <span />
          <ol>
            {steps.map((moment) => (
              <li key={moment} style={at((moment - from) / (to - from))}>
                {format.minute(moment)}
              </li>
            ))}
          </ol>
        </div>
      </div>
    </section>
  );
};
