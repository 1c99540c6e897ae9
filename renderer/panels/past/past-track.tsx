/**
 * The line of time: what was kept, what was raised, where the wall stands.
 *
 * Owns: the line under the past bar. Guarantees: now is its right end; where nothing was kept the line is broken; alarms stand on
 *   it in the colour and height of their level; a press or a drag goes there. Refuses: to invent an alarm between what is kept.
 */
import { useRef, type PointerEvent } from 'react';
import type { AlarmRecord } from '../../../native-bridge/contract/records.ts';
import type { Span } from '../../../native-bridge/contract/past.ts';
import { useDesign } from '../../design/design.tsx';
import { pastWords } from '../../design/locale/past.ts';
import { alarm as levels, ink, past as look, surfacePast } from '../../design/tokens.ts';
import { ticksOf } from './past-data.ts';

/** While it is dragged a moment is asked for so often, ms. */
const DRAG_MS = 150;
/** Of more alarms than this the worst are drawn. */
const MOST_TICKS = 400;
const HEIGHT: Readonly<Record<AlarmRecord['level'], number>> = { 1: 1, 2: 0.78, 3: 0.6, 4: 0.42 };

export interface PastTrackProps {
  at: number;
  /** Its ends, ms. */
  from: number;
  to: number;
  spans: readonly Span[];
  alarms: Iterable<AlarmRecord>;
  onGo: (at: number) => void;
}

export const PastTrack = ({ at, from, to, spans, alarms, onGo }: PastTrackProps) => {
  const { format, locale } = useDesign();
  const asked = useRef(0);
  const share = (time: number): number => Math.min(1, Math.max(0, (time - from) / (to - from)));
  const per = (time: number): string => `${(share(time) * 100).toFixed(3)}%`;
  const ticks = [...alarms]
    .filter((one) => one.at >= from && one.at <= to)
    .sort((a, b) => a.level - b.level || b.at - a.at)
    .slice(0, MOST_TICKS)
    // The worst is drawn last and stands above.
    .reverse();
  const press = (event: PointerEvent<HTMLDivElement>, mayRepeat: boolean): void => {
    if (mayRepeat && performance.now() - asked.current < DRAG_MS) return;
    asked.current = performance.now();
    const box = event.currentTarget.getBoundingClientRect();
    onGo(from + ((event.clientX - box.left) / box.width) * (to - from));
  };
  return (
    <div
      className="past-track"
      role="slider"
      tabIndex={0}
      aria-label={pastWords[locale].scrub}
      aria-valuemin={Math.round(from / 1000)}
      aria-valuemax={Math.round(to / 1000)}
      aria-valuenow={Math.round(at / 1000)}
      aria-valuetext={`${format.date(at)} ${format.clock(at)}`}
      data-testid="past-track"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        press(event, false);
      }}
      onPointerMove={(event) => event.buttons === 1 && press(event, true)}
      onPointerUp={(event) => press(event, false)}
    >
      <svg width="100%" height="100%" preserveAspectRatio="none" aria-hidden="true">
        {spans
          .filter(([, until]) => until >= from)
          .map(([begun, until]) => (
            <rect
              key={begun}
              x={per(begun)}
              width={`${((share(until) - share(begun)) * 100).toFixed(3)}%`}
              y="38%"
              height="24%"
              fill={surfacePast.lineStrong}
            />
          ))}
        {ticks.map(({ id, at: raised, level }) => (
          <line
            key={id}
            x1={per(raised)}
            x2={per(raised)}
            y1={`${50 - HEIGHT[level] * 50}%`}
            y2={`${50 + HEIGHT[level] * 50}%`}
            stroke={levels[level].colour}
            strokeWidth={2}
          />
        ))}
        {ticksOf(from, to).map((time) => (
          <line key={time} x1={per(time)} x2={per(time)} y1="80%" y2="100%" stroke={look.frame} />
        ))}
        <line x1={per(at)} x2={per(at)} y1="0" y2="100%" stroke={ink.value} strokeWidth={3} />
      </svg>
      {ticksOf(from, to).map((time) => (
        <span key={time} className="past-hour quiet" style={{ left: per(time) }}>
          {format.minute(time)}
        </span>
      ))}
    </div>
  );
};
