/**
 * The page: one world, one view, one link, one wall.
 *
 * Owns: the wiring of this window. Guarantees: the wall is drawn before the bridge answers, and goes on without it.
 * Refuses: to hold anything that a reload would lose.
 *
 * The address may say `?window=<id of the profile>&view=duty` (or `video`, `map`, `alarms`, `board`).
 */
import { StrictMode } from 'react';
import { ROLES } from '../native-bridge/contract/access.ts';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { startDrift } from './drift.ts';
import './design/base.css';
import { transportOfPage } from './link/from-page.ts';
import { startLink } from './link/link.ts';
import { startPastLink } from './link/past-link.ts';
import { keepCompany } from './store/companions.ts';
import { deskOf } from './store/desk.ts';
import { StoreContext, type Store } from './store/hooks.ts';
import { createNowAndPast } from './store/now-and-past.ts';
import { keepViews } from './store/kept-views.ts';
import { keepLayers } from './store/layers.ts';
import { createIntents } from './store/intents.ts';
import { videoHubOf } from './store/video-source.ts';
import { createView } from './store/view.ts';
import { showWallState } from './wall-state.ts';

/** Views with a layout of their own; any other opens as the whole wall. */
const MODES = ['video', 'map', 'alarms', 'board'] as const;

const page = document.documentElement;
const asked = new URLSearchParams(location.search);
const name = asked.get('window') ?? 'duty';
const mode = MODES.find((one) => one === asked.get('view')) ?? 'duty';
const role = ROLES.find((one) => one === asked.get('role')) ?? 'duty';

const worlds = createNowAndPast();
const { world, live, past } = worlds;
const view = createView({ mode, role });
const store: Store = { world, live, past, view, intents: createIntents(() => view.getState().past !== null) };
deskOf(store, name);
keepCompany(store.view, new BroadcastChannel('fengsui-windows'), live.now);
showWallState(page, live, view);
startDrift(page);

// The profile's language and video layout at the first welcome; afterwards the person's choice stands.
const stopGreeting = store.view.subscribe(({ connection }) => {
  const site = store.world.site();
  if (connection !== 'open' || !site) return;
  stopGreeting();
  keepViews(store.view, localStorage, `fengsui/views/${site.id}/${name}`);
  keepLayers(store.view, localStorage, `fengsui/layers/${site.id}/${name}`);
  const planned = site.windows.find(({ id }) => id === name);
  const { layout, patrol = false, dwell, budget = null } = planned?.video ?? {};
  store.view.setState({
    locale: site.locale,
    role: planned?.role ?? role,
    follow: planned?.follow ?? true,
    patrol,
    videoBudget: budget,
    ...(layout && { videoLayout: layout }),
    ...(planned?.camera && { opening: { h: 0, ...planned.camera } }),
    ...(planned?.quality && { sceneQualityChoice: planned.quality }),
  });
  if (dwell) store.view.setState({ dwellMs: dwell * 1000 });
});

const { intents } = store;
const way = { transport: transportOfPage(window), role, window: name };
startLink({ world: live, view, intents, video: videoHubOf(live), ...way });
startPastLink({ worlds, view, video: videoHubOf(past), ...way });

const root = document.querySelector('#root');
if (!root) throw new Error('#root is missing');
createRoot(root).render(
  <StrictMode>
    <StoreContext value={store}>
      <App />
    </StoreContext>
  </StrictMode>,
);
