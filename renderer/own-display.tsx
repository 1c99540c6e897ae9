/**
 * A display of its own for one part of the wall: the city, the alarms, or the board of incidents and forces.
 *
 * Owns: where the parts stand in windows of the views `map`, `alarms` and `board`. Guarantees: every key, question, page and
 *   mark of the duty wall is here too; links and flood strip stay in sight. Refuses: to know what a part shows.
 */
import { useEffect, type ReactNode } from 'react';
import { AlarmList } from './panels/alarms/alarm-list.tsx';
import { TopBar } from './panels/bar/top-bar.tsx';
import { Charts } from './panels/charts/charts.tsx';
import { ChosenReason } from './panels/duty/cluster-reason.tsx';
import { IncidentPage } from './panels/duty/incident-page.tsx';
import { DutyPage } from './panels/duty/page.tsx';
import { DutyPaper } from './panels/duty/paper.tsx';
import { Forces } from './panels/forces/forces.tsx';
import { IncidentCards } from './panels/incidents/incident-cards.tsx';
import { LinkBar } from './panels/links/link-bar.tsx';
import { SendCard } from './panels/routes/send-card.tsx';
import { SelectionCard } from './panels/selection/selection-card.tsx';
import { FloodStrip } from './panels/strip/flood-strip.tsx';
import { useDesign } from './design/design.tsx';
import { MapView, OverAll } from './map-view.tsx';
import { useFengsui, useView } from './store/hooks.ts';
import './own-display.css';

type Part = 'map' | 'alarms' | 'board';

const MapPart = () => (
  <div className="own-main own-scene island">
    <MapView />
  </div>
);
/** No scene here to wait for: the window is complete when it stands. */
const useDrawn = (): void => {
  const { view } = useFengsui();
  useEffect(() => view.setState({ sceneDrawn: true }), [view]);
};
const AlarmsPart = () => {
  useDrawn();
  return (
    <>
      <div className="own-main">
        <AlarmList />
      </div>
      <div className="own-side">
        <SelectionCard />
        <ChosenReason />
        <div className="own-fill" />
      </div>
    </>
  );
};
const BoardPart = () => {
  useDrawn();
  return (
    <>
      <div className="own-main">
        <IncidentCards />
        <div className="own-desk duty">
          <IncidentPage />
        </div>
        <div className="own-charts island">
          <Charts />
        </div>
      </div>
      <div className="own-side">
        <SelectionCard />
        <SendCard />
        <div className="own-fill" />
        <Forces />
      </div>
    </>
  );
};
const PARTS: Readonly<Record<Part, () => ReactNode>> = { map: MapPart, alarms: AlarmsPart, board: BoardPart };

/** Below this width, in label sizes, links and flood strip do not stand on one line. */
const SHORT = 104;

export const OwnDisplay = ({ part, canSound }: { part: Part; canSound: boolean }) => {
  const Body = PARTS[part];
  const { scale } = useDesign();
  const paged = useView((view) => view.page !== null);
  return (
    <>
      <main className="own-display" data-part={part} data-short={scale.across < SHORT}>
        <TopBar canSound={canSound} />
        <div className="own-body">
          <Body />
          {paged && (
            <div className="own-page">
              <DutyPage />
            </div>
          )}
          <OverAll />
        </div>
        <div className="own-foot">
          <LinkBar />
          <FloodStrip />
        </div>
      </main>
      <DutyPaper standing={part === 'board' ? 'incident' : null} />
    </>
  );
};
