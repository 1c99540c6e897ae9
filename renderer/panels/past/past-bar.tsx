/**
 * The past bar: which moment the wall shows, how it moves, what happens meanwhile, and the way back to now.
 *
 * Owns: the bar under the wall and the frame round the wall. Guarantees: P15: while the past is shown the whole frame has another
 *   colour and a mark that stays; what was raised since is told as of now; nothing kept, or something damaged, is said; every
 *   act of the bar has a key. Refuses: acts on the picture.
 */
import { useState } from 'react';
import { useDesign } from '../../design/design.tsx';
import { pastWords } from '../../design/locale/past.ts';
import { isUnacknowledged } from '../../store/alarm-list.ts';
import { deskOf } from '../../store/desk.ts';
import { useFengsui, useLive, useNow, useView } from '../../store/hooks.ts';
import type { PastView } from '../../store/view.ts';
import { RANGES, rangeFor } from './past-data.ts';
import { PastTrack } from './past-track.tsx';
import './past.css';

/** What happened since this window left now. */
const News = ({ left }: { left: number }) => {
  const { words, locale, format } = useDesign();
  const desk = deskOf(useFengsui());
  const connected = useView((view) => view.connection === 'open');
  const news = [...useLive('alarm').values()].filter((one) => one.heard > left && isUnacknowledged(one));
  const [worst] = news.sort((a, b) => a.level - b.level || b.at - a.at);
  const say = pastWords[locale];
  if (!connected)
    return (
      <span className="plate" role="alert">
        {say.unwatched}
      </span>
    );
  if (!worst) return null;
  return (
    <button type="button" className="past-news" role="alert" data-testid="past-news" onClick={desk.past.now}>
      <span className="past-level" style={{ color: `var(--level-${worst.level})` }}>
        ■
      </span>
      <b>{say.news(format.count(news.length))}</b>
      <span className="cut">
        {words.alarm.level[worst.level]} {words.alarm.type[worst.type]} {worst.deviceName}
      </span>
    </button>
  );
};

const Bar = ({ past }: { past: PastView }) => {
  const { format, words, locale } = useDesign();
  const store = useFengsui();
  const desk = deskOf(store);
  const shown = useNow(500);
  const alarms = useLive('alarm', 2000);
  const [least, setLeast] = useState<number>(RANGES[0]);
  const say = pastWords[locale];
  const { time, asked } = past;
  const at = time === null ? asked.at : shown;
  const now = store.live.now();
  const spans = time?.spans ?? [];
  const range = rangeFor(at, now, spans, least);
  const wider = (): void => {
    const next = RANGES.find((one) => one > range);
    setLeast(next !== undefined && rangeFor(at, now, spans, next) > range ? next : RANGES[0]);
  };
  const speed = time?.speed ?? asked.speed;
  const trouble =
    time === null
      ? say.opening
      : time.damaged
        ? say.damaged
        : time.last === null
          ? null
          : time.last === 0
            ? say.nothingBefore
            : say.nothingKept(`${format.date(time.last)} ${format.clock(time.last)}`);
  return (
    <section className="past-bar" aria-label={say.title} data-testid="past-bar" data-speed={speed}>
      <div className="past-row">
        <b className="past-title">{words.mark.past}</b>
        <time className="past-time" data-testid="past-time" data-at={Math.floor(at)}>
          {format.date(at) === format.date(now) ? '' : `${format.date(at)} `}
          {format.clock(at)}
        </time>
        <span className="quiet">{say.ago(format.span(Math.max(0, now - at)))}</span>
        <button type="button" onClick={desk.past.play} data-testid="past-play">
          <kbd>␣</kbd> {speed === 0 ? say.play : say.pause}
        </button>
        <button type="button" onClick={desk.past.enter} data-testid="past-speed">
          <kbd>Home</kbd> {speed === 0 ? say.still : say.speed(speed)}
        </button>
        {trouble !== null && (
          <span className="plate outlined cut" role="status" data-testid="past-trouble">
            {trouble}
          </span>
        )}
        <span className="past-fill" />
        <News left={past.left} />
        <button type="button" className="past-back" onClick={desk.past.now} data-testid="past-now">
          <kbd>End</kbd> {say.back}
        </button>
      </div>
      <div className="past-row past-line">
        <button type="button" className="past-range" onClick={wider}>
          {format.span(range)}
        </button>
        <PastTrack at={at} from={now - range} to={now} spans={spans} alarms={alarms.values()} onGo={desk.past.go} />
        <span className="quiet">{say.now}</span>
      </div>
    </section>
  );
};

export const PastBar = () => {
  const past = useView((view) => view.past);
  return past === null ? null : <Bar past={past} />;
};

/** Goes round everything; the veil over the city is the style sheet's. */
export const PastFrame = () => {
  const isShown = useView((view) => view.past?.time != null);
  return isShown ? <div className="past-frame" aria-hidden="true" data-testid="past-frame" /> : null;
};
