/**
 * Field headquarters (前指): one window on a laptop, its own area, a line that is counted in kbit/s, light enough for the sun.
 *
 * Owns: where the parts stand in a window of the view `field`. Guarantees: F1 it lists its own area and counts what lies elsewhere;
 *   F2 it says what its line carries; marks, links and strip stay in sight, and every key of the duty wall works.
 * Refuses: to know what a part shows.
 */
import { AlarmList } from './panels/alarms/alarm-list.tsx';
import { TopBar } from './panels/bar/top-bar.tsx';
import { DutyPage } from './panels/duty/page.tsx';
import { DutyPaper } from './panels/duty/paper.tsx';
import { Forces } from './panels/forces/forces.tsx';
import { IncidentCards } from './panels/incidents/incident-cards.tsx';
import { NetBar } from './panels/net/net-bar.tsx';
import { SendCard } from './panels/routes/send-card.tsx';
import { SelectionCard } from './panels/selection/selection-card.tsx';
import { useDesign } from './design/design.tsx';
import { MapView, OverAll } from './map-view.tsx';
import { deskOf } from './store/desk.ts';
import { useFengsui, useRecord, useView } from './store/hooks.ts';
import { VideoGrid } from './video/video-grid.tsx';
import { ViewFoot } from './view-foot.tsx';
import './view.css';
import './field.css';

const AreaBar = () => {
  const store = useFengsui();
  const { mode } = deskOf(store);
  const { words, locale } = useDesign();
  const area = useView((view) => view.area);
  const theme = useView((view) => view.theme);
  const around = useRecord('incident', area?.kind === 'around' ? area.incidentId : null);
  const named = area?.kind === 'own' ? area.name?.[locale] : around?.title;
  return (
    <p className="panel field-area" data-testid="field-area" data-area={area?.kind ?? 'all'}>
      <button type="button" onClick={mode.area}>
        <kbd>_</kbd>
        <span className="value cut">
          {words.modes.area[area?.kind ?? 'all']}
          {named !== undefined && ` · ${named}`}
        </span>
      </button>
      <button type="button" onClick={mode.theme} data-testid="act-theme">
        <kbd>*</kbd>
        {words.modes.theme[theme]}
      </button>
    </p>
  );
};

export const Field = ({ canSound }: { canSound: boolean }) => {
  const chosen = useView((view) => view.selection !== null);
  const paged = useView((view) => view.page !== null);
  const { scale } = useDesign();
  const pinned = useView((view) => view.pinnedCamera !== null);
  const withVideo = pinned || scale.form !== 'tight';
  return (
    <>
      <main className="field view" data-testid="field">
        <TopBar canSound={canSound} />
        <div className="field-left view-column">
          <AreaBar />
          <AlarmList />
          <IncidentCards />
        </div>
        <div className="field-scene view-scene island">
          <MapView drawn />
        </div>
        <div className="field-right view-column">
          {withVideo && (
            <div className="field-video island" data-testid="video-grid">
              <VideoGrid fill usual="4" />
            </div>
          )}
          <SelectionCard />
          <SendCard />
          {!chosen && <div className="view-fill" />}
          {!chosen && <Forces />}
        </div>
        {paged && (
          <div className="field-page view-page">
            <DutyPage />
          </div>
        )}
        <ViewFoot>
          <NetBar />
        </ViewFoot>
        <OverAll />
      </main>
      <DutyPaper />
    </>
  );
};
