/**
 * The wall of the duty officer.
 *
 * Owns: where each room's part stands in duty mode. Guarantees: the same parts in every form of the layout, the scene always among
 *   them. Refuses: to know what a part shows.
 */
import { ChosenReason } from './panels/duty/cluster-reason.tsx';
import { DutyPage } from './panels/duty/page.tsx';
import { DutyPaper } from './panels/duty/paper.tsx';
import { AlarmList } from './panels/alarms/alarm-list.tsx';
import { TopBar } from './panels/bar/top-bar.tsx';
import { Charts } from './panels/charts/charts.tsx';
import { Forces } from './panels/forces/forces.tsx';
import { IncidentCards } from './panels/incidents/incident-cards.tsx';
import { Notices } from './panels/notices/notices.tsx';
import { SelectionCard } from './panels/selection/selection-card.tsx';
import { Ribbon } from './panels/ribbon/ribbon.tsx';
import { SendCard } from './panels/routes/send-card.tsx';
import { useDesign } from './design/design.tsx';
import { MapView, OverAll } from './map-view.tsx';
import { useView } from './store/hooks.ts';
import { VideoGrid } from './video/video-grid.tsx';
import { isShort, ViewFoot } from './view-foot.tsx';
import './view.css';
import './duty-wall.css';

/** Below this height the ribbon of an open building takes the place of the incidents. */
const LOW = 50;
/** Of the height of the right column, in label sizes, what everything but its video takes when nothing is chosen. */
const BESIDE_VIDEO = 15;
/** From these heights on there is room for the forces beside what is chosen, and beside the ribbon as well. */
const TALL = 52;
const TALLER = 70;
/** From this height on the forces keep their place beside the units to be sent. */
const TALLEST = 96;

export const DutyWall = ({ canSound }: { canSound: boolean }) => {
  const { scale } = useDesign();
  const chosen = useView((view) => view.selection !== null);
  const paged = useView((view) => view.page !== null);
  const inside = useView((view) => view.openBuilding !== null);
  const { form } = scale;
  const tight = form === 'tight';
  const low = tight || scale.down < LOW;
  const forces = form === 'normal' && (inside ? scale.down >= TALLER : !chosen || scale.down >= TALL);
  const column = Math.max(20, scale.across * 0.27);
  const tallVideo = form === 'normal' && !chosen && !inside && (column * 45) / 32 <= scale.down - BESIDE_VIDEO;
  const ribbon = inside && (
    <div className="wall-ribbon island">
      <Ribbon />
    </div>
  );
  const charts = (
    <div className="wall-band island">
      <Charts />
    </div>
  );
  return (
    <>
      <main className="wall view" data-low={low} data-tallest={scale.down >= TALLEST} data-short={isShort(scale)}>
        <div className="wall-bar">
          <TopBar canSound={canSound} />
        </div>
        <div className="wall-left view-column">
          <AlarmList />
          {low && ribbon}
          {form !== 'wide' && !(low && inside) && <IncidentCards />}
        </div>
        {form === 'wide' && (
          <div className="wall-mid view-column">
            <IncidentCards />
            <div className="view-fill" />
            <Forces />
          </div>
        )}
        <div className="wall-scene view-scene island">
          <MapView />
          <OverAll notices={!paged} />
        </div>
        {paged && (
          <div className="wall-page view-page">
            <DutyPage />
            <Notices />
          </div>
        )}
        {!tight && charts}
        <div className="wall-right view-column">
          <div className="island" data-testid="video-grid">
            <VideoGrid tall={tallVideo} />
          </div>
          {!low && ribbon}
          <SelectionCard />
          {!tight && <ChosenReason />}
          <SendCard />
          {tight && !chosen && charts}
          {(low ? !tight || chosen : !inside) && <div className="view-fill" />}
          {forces && <Forces />}
        </div>
        <ViewFoot />
      </main>
      <DutyPaper />
    </>
  );
};
