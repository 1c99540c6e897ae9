/**
 * The link bar: how each source stands, always in sight.
 *
 * Owns: one cell per source and one for the journal. Guarantees: P3, P5; state is shape and word; without the bridge every
 * source shows the age of its last word, none shows as live. Refuses: to hide a source that was never heard.
 */
import { useDesign } from '../../design/design.tsx';
import { pastWords } from '../../design/locale/past.ts';
import { word } from '../../design/locale/words.ts';
import { Symbol } from '../../design/symbol.tsx';
import { AGE_LIMITS } from '../../../native-bridge/contract/staleness.ts';
import type { FeedRecord, Link } from '../../../native-bridge/contract/records.ts';
import { SOURCES } from '../../../native-bridge/contract/wire.ts';
import { useCollection, useNow, useRecord, useView } from '../../store/hooks.ts';
import { LinkShape } from './link-shape.tsx';
import './links.css';

/** Below this width, in label sizes, sources go by their short names and a catching-up says its share only. */
const ROOM_FOR_NAMES = 90;

/** A reason may name a file after a colon. */
const reasonWords = (table: Readonly<Record<string, string>>, reason: string): string => {
  const [kind = '', ...names] = reason.split(': ');
  return [word(table, kind), ...names].join(' ');
};

const place = (feed: FeedRecord): number => {
  const at = (SOURCES as readonly string[]).indexOf(feed.id);
  return at < 0 ? SOURCES.length : at;
};

const LinkCell = ({ feed, connected, now }: { feed: FeedRecord; connected: boolean; now: number }) => {
  const { words, format, scale } = useDesign();
  const link: Link = connected ? feed.link : 'lost';
  const age = now - feed.lastHeard;
  const tight = scale.form === 'tight';
  const brief = tight ? link !== 'live' : scale.across < ROOM_FOR_NAMES;
  const old = age > AGE_LIMITS.feed.late;
  const { progress } = feed;
  const share =
    link === 'catching-up' && progress && progress.total > 0 ? Math.min(1, progress.done / progress.total) : null;
  return (
    <li
      className="link-cell"
      data-testid={`link-${feed.id}`}
      data-link={link}
      title={[
        `${words.link.lag} ${Math.round(feed.lagMs)} ms`,
        words.link.skew(`${Math.round(feed.skewMs)} ms`),
        words.link.quarantined(format.count(feed.quarantined)),
      ].join(' · ')}
    >
      <LinkShape link={link} />
      <span className="link-name">{word(brief ? words.link.short : words.link.source, feed.id)}</span>
      {feed.encrypted ? (
        <span className="quiet">
          <Symbol name="lock" />
          <span className="unseen">{words.link.encrypted}</span>
        </span>
      ) : (
        <span className="plate outlined">
          <Symbol name="lock-open" />
          <span className={scale.across < ROOM_FOR_NAMES ? 'unseen' : ''}>{words.link.open}</span>
        </span>
      )}
      {link === 'lost' ? (
        <span className="plate">
          {words.link.state.lost} {feed.lastHeard > 0 ? format.span(age) : words.link.never}
        </span>
      ) : (
        <span className="link-state">{words.link.state[link]}</span>
      )}
      {share !== null && (
        <span className="value">
          {format.percent(share)}
          {progress?.etaMs != null && !brief && (
            <span className="quiet"> {words.link.left(format.span(progress.etaMs))}</span>
          )}
        </span>
      )}
      {link !== 'lost' && (!tight || old || share !== null) && (
        <span className={old ? 'value' : 'quiet'}>{format.span(age)}</span>
      )}
      {link !== 'lost' && !(tight && (old || share !== null)) && (
        <span className="link-rate">
          {/* Of cameras the pictures are what comes; their events are few. */}
          <span className="value">{format.rate(feed.pictures ?? feed.rate)}</span>
          {feed.pictures === undefined ? '/s' : words.link.pictures}
        </span>
      )}
      {Math.abs(feed.skewMs) > 5000 && (
        <span className="plate outlined">{words.link.skew(format.span(Math.abs(feed.skewMs)))}</span>
      )}
    </li>
  );
};

export const LinkBar = () => {
  const { words, format, locale } = useDesign();
  const feeds = [...useCollection('feed', 250).values()].sort((a, b) => place(a) - place(b) || (a.id < b.id ? -1 : 1));
  const recording = useRecord('recording', 'recording');
  const connection = useView((view) => view.connection);
  const now = useNow();
  return (
    <section className="panel links" aria-label={words.link.title}>
      <ul>
        {feeds.map((feed) => (
          <LinkCell key={feed.id} feed={feed} connected={connection === 'open'} now={now} />
        ))}
        {feeds.length === 0 && <li className="link-cell quiet">{words.link.noFeeds}</li>}
        {recording && (
          <li className="link-cell link-journal" data-testid="recording" data-recording={recording.recording}>
            {recording.recording ? (
              <>
                <span className="quiet">
                  <Symbol name="recording" />
                </span>
                <span className="link-recording">{words.link.recording}</span>
                <span className="quiet link-bytes">{format.bytes(recording.bytes)}</span>
                {recording.reason !== null && (
                  <span
                    className="plate link-aside cut"
                    data-testid="set-aside"
                    title={reasonWords(words.link.reason, recording.reason)}
                  >
                    {reasonWords(words.link.reason, recording.reason)}
                  </span>
                )}
              </>
            ) : (
              <span className="plate">
                <Symbol name="not-recording" />
                {words.link.notRecording}
                {recording.reason !== null && (
                  <span className="link-reason"> · {reasonWords(words.link.reason, recording.reason)}</span>
                )}
              </span>
            )}
          </li>
        )}
        {recording?.pastOff !== undefined && (
          <li className="link-cell" data-testid="past-off" title={recording.pastOff}>
            <span className="plate outlined">{pastWords[locale].notKept}</span>
          </li>
        )}
      </ul>
    </section>
  );
};
