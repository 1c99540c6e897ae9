/**
 * The wall in duty mode.
 *
 * Owns: where each room's part stands. Guarantees: the same parts in every form of the layout, the scene always among them.
 * Refuses: to know what a part shows.
 */
import { useEffect, type ReactNode } from 'react';
import { PROFILE_DEFAULTS } from '../native-bridge/contract/site.ts';
import { DesignProvider } from './design/design.tsx';
import { Ask } from './panels/ask/ask.tsx';
import { ChosenReason } from './panels/duty/cluster-reason.tsx';
import { DutyPage } from './panels/duty/page.tsx';
import { DutyPaper } from './panels/duty/paper.tsx';
import { AlarmList } from './panels/alarms/alarm-list.tsx';
import { TopBar } from './panels/bar/top-bar.tsx';
import { Charts } from './panels/charts/charts.tsx';
import { MapCredit } from './panels/credit/credit.tsx';
import { DarkNote } from './panels/dark/dark-note.tsx';
import { Forces } from './panels/forces/forces.tsx';
import { IncidentCards } from './panels/incidents/incident-cards.tsx';
import { Help } from './panels/keys/help.tsx';
import { KEYMAP } from './panels/keys/keymap.ts';
import { listenForKeys } from './panels/keys/keyboard.ts';
import { Palette } from './panels/palette/palette.tsx';
import { LayerPanel } from './panels/layers/layer-panel.tsx';
import { LinkBar } from './panels/links/link-bar.tsx';
import { LookNote } from './panels/look/look-note.tsx';
import { Notices } from './panels/notices/notices.tsx';
import { PastBar, PastFrame } from './panels/past/past-bar.tsx';
import { SelectionCard } from './panels/selection/selection-card.tsx';
import { useSound } from './panels/sound/use-sound.ts';
import { Ribbon } from './panels/ribbon/ribbon.tsx';
import { CoverNote } from './panels/routes/cover-note.tsx';
import { SendCard } from './panels/routes/send-card.tsx';
import { FloodStrip } from './panels/strip/flood-strip.tsx';
import { Scene } from './scene/scene.tsx';
import { deskOf } from './store/desk.ts';
import { useFengsui, useView } from './store/hooks.ts';
import { OwnDisplay } from './own-display.tsx';
import { useScale } from './use-scale.ts';
import { VideoGrid } from './video/video-grid.tsx';
import { VideoWall } from './video-wall.tsx';
import './app.css';

/** Below this width, in label sizes, links and flood strip do not stand on one line. */
const SHORT = 104;
/** Below this height the ribbon of an open building takes the place of the incidents. */
const LOW = 50;
/** Of the height of the right column, in label sizes, what everything but its video takes when nothing is chosen. */
const BESIDE_VIDEO = 15;
/** From these heights on there is room for the forces beside what is chosen, and beside the ribbon as well. */
const TALL = 52;
const TALLER = 70;
/** From this height on the forces keep their place beside the units to be sent. */
const TALLEST = 96;

export const App = () => {
  const store = useFengsui();
  const locale = useView((view) => view.locale);
  // Read again at every change of the connection: the site's card comes with the welcome.
  useView((view) => view.connection);
  const chosen = useView((view) => view.selection !== null);
  const paged = useView((view) => view.page !== null);
  const inside = useView((view) => view.openBuilding !== null);
  const mode = useView((view) => view.mode);
  const canSound = useSound();
  const site = store.world.site();
  const isPast = useView((view) => view.past?.time != null);
  const scale = useScale(site?.viewing ?? PROFILE_DEFAULTS.viewing, isPast);

  useEffect(() => listenForKeys(window, deskOf(store)), [store]);
  useEffect(() => {
    document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en';
  }, [locale]);

  const timezone = site?.timezone ?? PROFILE_DEFAULTS.timezone;
  const inWindow = (wall: ReactNode): ReactNode => (
    <DesignProvider locale={locale} timezone={timezone} scale={scale}>
      <div className="window">
        {wall}
        <PastBar />
        <PastFrame />
      </div>
    </DesignProvider>
  );
  if (mode === 'video') return inWindow(<VideoWall canSound={canSound} />);
  if (mode === 'map' || mode === 'alarms' || mode === 'board')
    return inWindow(<OwnDisplay part={mode} canSound={canSound} />);
  const { form } = scale;
  const tight = form === 'tight';
  const low = tight || scale.down < LOW;
  const forces = form === 'normal' && (inside ? scale.down >= TALLER : !chosen || scale.down >= TALL);
  const column = Math.max(20, scale.across * 0.27);
  const tallVideo = form === 'normal' && !chosen && !inside && (column * 45) / 32 <= scale.down - BESIDE_VIDEO;
  const ribbon = inside && (
    <div className="wall-ribbon">
      <Ribbon />
    </div>
  );
  const charts = (
    <div className="wall-band">
      <Charts />
    </div>
  );
  return inWindow(
    <>
      <main
        className="wall"
        data-low={low}
        data-tallest={scale.down >= TALLEST}
        data-short={form === 'normal' && scale.across < SHORT}
      >
        <div className="wall-bar">
          <TopBar canSound={canSound} />
        </div>
        <div className="wall-left">
          <AlarmList />
          {low && ribbon}
          {form !== 'wide' && !(low && inside) && <IncidentCards />}
        </div>
        {form === 'wide' && (
          <div className="wall-mid">
            <IncidentCards />
            <div className="wall-fill" />
            <Forces />
          </div>
        )}
        <div className="wall-scene">
          <Scene />
          <MapCredit />
          <CoverNote />
          <DarkNote />
          <LookNote />
          {!paged && <Notices />}
          <Help />
          <LayerPanel />
          <Ask />
          <Palette acts={KEYMAP} />
        </div>
        {paged && (
          <div className="wall-page">
            <DutyPage />
            <Notices />
          </div>
        )}
        {!tight && charts}
        <div className="wall-right">
          <div data-testid="video-grid">
            <VideoGrid tall={tallVideo} />
          </div>
          {!low && ribbon}
          <SelectionCard />
          {!tight && <ChosenReason />}
          <SendCard />
          {tight && !chosen && charts}
          {(low ? !tight || chosen : !inside) && <div className="wall-fill" />}
          {forces && <Forces />}
        </div>
        <div className="wall-foot">
          <LinkBar />
          <FloodStrip />
        </div>
      </main>
      <DutyPaper />
    </>,
  );
};
