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
import { SendCard } from './panels/routes/send-card.tsx';
import { SelectionCard } from './panels/selection/selection-card.tsx';
import { useDesign } from './design/design.tsx';
import { MapView, OverAll } from './map-view.tsx';
import { useOneInView } from './one-in-view.ts';
import { useFengsui, useView } from './store/hooks.ts';
import { isShort, ViewFoot } from './view-foot.tsx';
import './view.css';
import './own-display.css';

type Part = 'map' | 'alarms' | 'board';

const MapPart = () => (
  <div className="own-main view-column view-scene island">
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
      <div className="own-main view-column">
        <AlarmList />
      </div>
      <div className="own-side view-column">
        <SelectionCard />
        <ChosenReason />
        <div className="view-fill" />
      </div>
    </>
  );
};
/** Label sizes: the least width of a card, the height of one, and what of the board's height is the desk's and the charts'. */
const CARD = { wide: 22, high: 8, beside: 30 } as const;
const BOARD_SHARE = 0.66;

const BoardPart = () => {
  useDrawn();
  useOneInView();
  const { scale } = useDesign();
  const columns = Math.max(1, Math.floor((scale.across * BOARD_SHARE) / CARD.wide));
  const room = columns * Math.max(1, Math.floor((scale.down - CARD.beside) / CARD.high / 2));
  return (
    <>
      <div className="own-main view-column">
        <IncidentCards room={room} />
        <div className="own-desk duty">
          <IncidentPage />
        </div>
        <div className="own-charts island">
          <Charts />
        </div>
      </div>
      <div className="own-side view-column">
        <SelectionCard />
        <SendCard />
        <div className="view-fill" />
        <Forces />
      </div>
    </>
  );
};
const PARTS: Readonly<Record<Part, () => ReactNode>> = { map: MapPart, alarms: AlarmsPart, board: BoardPart };

export const OwnDisplay = ({ part, canSound }: { part: Part; canSound: boolean }) => {
  const Body = PARTS[part];
  const { scale } = useDesign();
  const paged = useView((view) => view.page !== null);
  return (
    <>
      <main className="own-display view" data-part={part} data-short={isShort(scale)}>
        <TopBar canSound={canSound} />
        <div className="own-body">
          <Body />
          {paged && (
            <div className="own-page view-page">
              <DutyPage />
            </div>
          )}
          <OverAll />
        </div>
        <ViewFoot />
      </main>
      <DutyPaper standing={part === 'board' ? 'incident' : null} />
    </>
  );
};
