/**
 * Consultation (会商): one incident told from its report to now, for people who stand before it for minutes.
 *
 * Owns: where the parts stand in a window of the view `consultation`. Guarantees: F3 it opens on the worst open incident and stays
 *   with the chosen one; the map is large and can be drawn on; everything can be reached by hand; marks, links and strip stay in
 *   sight, and every key of the duty wall works. Refuses: to know what a part shows.
 */
import { TopBar } from './panels/bar/top-bar.tsx';
import { IncidentPage } from './panels/duty/incident-page.tsx';
import { DutyPage } from './panels/duty/page.tsx';
import { DutyPaper } from './panels/duty/paper.tsx';
import { Timeline } from './panels/duty/timeline.tsx';
import { SendCard } from './panels/routes/send-card.tsx';
import { useDesign } from './design/design.tsx';
import { MapView, OverAll } from './map-view.tsx';
import { useOneInView } from './one-in-view.ts';
import { deskOf } from './store/desk.ts';
import { useFengsui, useRecord, useView } from './store/hooks.ts';
import { incidentInView } from './store/send-desk.ts';
import { VideoGrid } from './video/video-grid.tsx';
import { isShort, ViewFoot } from './view-foot.tsx';
import './view.css';
import './consultation.css';

/** Incidents that stand by name; the worst first, the others are in the palette. */
const MOST = 5;
const FEW = 2;

const Incidents = () => {
  const store = useFengsui();
  const { words, scale } = useDesign();
  const desk = deskOf(store);
  const chosen = incidentInView(store);
  const open = useOneInView();
  const most = scale.form === 'tight' ? FEW : MOST;
  return (
    <nav className="panel consult-incidents" aria-label={words.modes.choose} data-testid="consult-incidents">
      {open.length === 0 && <span className="quiet">{words.modes.none}</span>}
      {open.slice(0, most).map(({ id, title, level }) => (
        <button
          key={id}
          type="button"
          className="cut"
          aria-pressed={id === chosen}
          onClick={() => desk.openSelection({ kind: 'incident', id })}
        >
          <span className="value">{title}</span> {words.incident.level[level]}
        </button>
      ))}
      {open.length > most && <span className="quiet cut">{words.alarm.more(open.length - most)}</span>}
      <span className="push" />
      <button type="button" onClick={() => print()} data-testid="consult-print">
        {words.modes.brief}
      </button>
      <button type="button" onClick={desk.mode.consultation} data-testid="act-duty">
        <kbd>F1</kbd>
        {words.modes.toDuty}
      </button>
    </nav>
  );
};

export const Consultation = ({ canSound }: { canSound: boolean }) => {
  const store = useFengsui();
  const { scale } = useDesign();
  useView((view) => view.selection);
  const incident = useRecord('incident', incidentInView(store) ?? null);
  const paged = useView((view) => view.page !== null && view.page !== 'incident');
  // One screen seen from afar has room for a picture when one is asked for.
  const pinned = useView((view) => view.pinnedCamera !== null);
  const withVideo = pinned || scale.form !== 'tight';
  return (
    <>
      <main className="consult view" data-short={isShort(scale)} data-testid="consultation">
        <TopBar canSound={canSound} />
        <Incidents />
        <div className="consult-scene view-scene island">
          <MapView drawn />
        </div>
        <div className="consult-course">{incident && <Timeline incident={incident} rems={scale.across * 0.5} />}</div>
        <div className="consult-side view-column">
          {withVideo && (
            <div className="consult-video island" data-testid="video-grid">
              <VideoGrid fill usual="3" />
            </div>
          )}
          <div className="consult-desk duty">
            <IncidentPage />
          </div>
          <SendCard />
        </div>
        {paged && (
          <div className="consult-page view-page">
            <DutyPage />
          </div>
        )}
        <ViewFoot />
        <OverAll />
      </main>
      <DutyPaper standing="incident" />
    </>
  );
};
