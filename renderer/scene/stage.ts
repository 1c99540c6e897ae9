/**
 * The stage: everything of one life of the Cesium widget, put together.
 *
 * Owns: the order in which layers are made, and the way from the store's changes to a frame.
 * Guarantees: dark, unlit, offline: no sky, no globe, no shadows; every layer reconciles to the store;
 *   disposing leaves nothing behind, so that a new life (context loss) starts clean.
 * Refuses: React.
 */
import { Matrix4, type CesiumWidget } from '@cesium/engine';
import { buildingId } from '../../native-bridge/contract/brand.ts';
import type { AreasFile, Building } from '../../native-bridge/contract/site-files.ts';
import type { Scale } from '../design/scale.ts';
import type { Ground } from '../design/tokens.ts';
import { deskOf } from '../store/desk.ts';
import type { DeskStore } from '../store/hooks.ts';
import type { Selection, View } from '../store/view.ts';
import { isLayerOn } from '../store/layers.ts';
import { below, siteLibrary } from '../store/site-library.ts';
import { aimer } from './aim.ts';
import { addBuildings, type Buildings } from './buildings.ts';
import { sayStates } from './building-states.ts';
import { addCover, type CoverLayer } from './cover.ts';
import { createControls, type Controls } from './controls.ts';
import { addDevices, type Devices } from './devices.ts';
import { createEye, isPlan, type Eye, type Pose } from './eye.ts';
import { showFinished } from './finished.ts';
import { addGround } from './ground.ts';
import { homeOf } from './home.ts';
import { watchSize } from './host-size.ts';
import { imageriesOf } from './imageries.ts';
import type { Lie } from './lie.ts';
import { startLoop, type Loop } from './loop.ts';
import { startLook } from './look.ts';
import { alarmLayers } from './overlay/alarms.ts';
import { bikeLayer } from './overlay/bikes.ts';
import { cones } from './overlay/cone.ts';
import { insetMap } from './overlay/inset.ts';
import { createOverlay, type Overlay } from './overlay/overlay.ts';
import { cameraLayer, placeLayer, zoneLayer } from './overlay/places.ts';
import { measureTo } from './overlay/measure.ts';
import { routeLayer } from './overlay/routes.ts';
import { vehicleLayer } from './overlay/vehicles.ts';
import { createParts } from './parts.ts';
import { createPicker, type Picker } from './pick.ts';
import { planeAt, type Vec3 } from './plane.ts';
import { addRoads, type Roads } from './roads.ts';
import { createTowers } from './tower/tower.ts';
import { addWarnings } from './warnings.ts';
import { followView } from './follow.ts';
import { quieten } from './widget-options.ts';

export interface Stage {
  loop: Loop;
  controls: Controls;
  eye: () => Eye;
  /** What stands under a point of the host, CSS pixels. */
  pick: (x: number, y: number) => Selection;
  /** For measuring: a layer's changes and the overlay can be drawn outside the loop. */
  devices: Devices;
  overlay: Overlay;
  dispose: () => void;
}
/** Metres from the centre that one may look at. */
const REACH = 45_000;

export const createStage = (
  widget: CesiumWidget,
  host: HTMLElement,
  store: DeskStore,
  scale: () => Scale,
  paints: Ground,
  lie: Lie = {},
): Stage => {
  const { world, view } = store;
  const site = world.site();
  if (!site) throw new Error('the stage needs the bridge’s welcome');
  const { scene } = widget;
  const { primitives } = scene;
  const plane = planeAt(site.centre.lon, site.centre.lat, lie.terrain);
  const library = siteLibrary(world);
  const toEarth = Matrix4.fromArray([...plane.toEarth]);
  performance.mark('scene:stage');
  const parts = createParts(view, () => {
    changed();
    marked();
  });
  const { bring, orNone, alive } = parts;
  quieten(widget, paints.far);
  if (lie.why !== undefined) parts.lacks('terrain', lie.why);

  const home = (): Pose => homeOf(view.getState().opening, plane, host, site.map?.coverage);
  const { size, stop: unwatch } = watchSize(host, () => moved());
  let eye = createEye(home(), size.width, size.height, false, plane.land);
  let buildings: Buildings | null = null;
  let roads: Roads | null = null;
  let cover: CoverLayer | null = null;
  let picker: Picker | null = null;
  let ground: ReturnType<typeof addGround> | null = null;
  let footprints = new Map<string, Building>();
  const callsigns = new Map<string, { zh: string; en: string }>();
  let loop: Loop | null = null;
  const changed = (): void => loop?.changed();
  const marked = (): void => loop?.marked();
  const moved = (): void => loop?.moved();

  const aimAt = aimer(scene.camera, toEarth);
  const aim = (): void => aimAt(eye, dimmed());

  const imagery = imageriesOf(site, plane, paints.imagery, parts, changed);
  const towers = createTowers({ plane, world, view, library, marked, moved });
  const devices = addDevices(primitives, plane, world, changed);
  const dimmed = (): boolean => view.getState().openBuilding !== null;
  const overlay = createOverlay({ host, scale, locale: () => view.getState().locale, dimmed, fontCame: marked });
  const alarms = alarmLayers(
    world,
    view,
    plane,
    (id) => (id === undefined ? 0 : (footprints.get(id)?.height ?? 0)),
    marked,
    (most) => (host.dataset['grouped'] = String(most)),
  );
  const vehicles = vehicleLayer(world, view, plane, (id) => callsigns.get(id), moved);
  const routes = routeLayer(world, view, plane, marked);
  const houseOf = (id: string): { middle: Vec3; height: number } | undefined => {
    const house = footprints.get(id);
    return house && { middle: plane.at(house.centre[0], house.centre[1]), height: house.height };
  };
  const bikes = bikeLayer(world, houseOf, marked);
  const inset = insetMap(world, plane);
  overlay.marks.push(routes, bikes, alarms.marks, towers.marks, inset.layer);
  overlay.movers.push(vehicles, inset.lid, towers.movers, alarms.movers);

  const pick = (x: number, y: number): Selection => {
    const hit = overlay.hit(x, y);
    const under = hit ? null : (picker?.building(eye, x, y) ?? null);
    return hit ?? (under === null ? null : { kind: 'building', id: buildingId(under) });
  };
  const controls = createControls({
    host,
    start: home(),
    reach: REACH,
    eye: () => eye,
    wake: () => loop?.wake(),
    flat: () => view.getState().flat && !dimmed(),
    handled: () => {
      const { tour, ridden } = view.getState();
      if (tour || ridden !== null) view.setState({ tour: false, ridden: null });
    },
    clicked: (x, y, twice) => {
      const spot = eye.ground(x, y);
      if (deskOf(store).sketch.point(spot && plane.lonLat(...spot)) || measureTo(view, plane, spot)) return;
      const afar = inset.at(x, y);
      if (afar) return view.setState({ flyTo: { ...afar, h: 0, range: eye.pose.range } });
      const target = pick(x, y);
      if (twice && target?.kind === 'building')
        view.setState({ selection: target, openBuilding: target.id, openFloor: null });
      else if (target || view.getState().openBuilding === null) view.setState({ selection: target });
    },
  });

  const { say: sayBuildings, dispose: stopSaying } = sayStates({ world, view }, (states) => buildings?.say(states));
  const layersOf = (now: View): void => {
    devices.show(now.openBuilding === null && isLayerOn(now, 'device'));
    ground?.showBlocks(isLayerOn(now, 'blocks'));
    imagery.show(isLayerOn(now, 'imagery'));
    imagery.suit(eye);
  };
  const stops = [
    stopSaying,
    view.subscribe((now, before) => {
      if ((now.openBuilding === null) !== (before.openBuilding === null)) {
        aim();
        changed();
      }
      if (now.layers !== before.layers) changed();
      if (now.layers !== before.layers || now.openBuilding !== before.openBuilding) layersOf(now);
      if (now.sceneQualityChoice !== before.sceneQualityChoice) loop?.fix(now.sceneQualityChoice);
      marked();
    }),
  ];

  bring('ground', async () => {
    const none: AreasFile = { type: 'FeatureCollection', features: [] };
    const [boundary, water, blocks, graph] = await Promise.all([
      orNone('ground', library.read('boundary'), none),
      orNone('ground', library.read('water'), none),
      orNone('ground', library.read('blocks'), none),
      orNone('roads', library.read('roads'), { nodes: [], edges: [] }),
    ]);
    alive(null);
    ground = addGround(primitives, plane, { boundary, water, blocks }, paints);
    layersOf(view.getState());
    imagery.lay(ground.imagery, () => eye);
    inset.outline(boundary);
    roads = addRoads(primitives, plane, graph, Math.max(1, scale().line / 2), paints);
    roads.suit(eye.pose.range);
    cover = addCover(primitives, plane, graph, { world, view, weight: Math.max(1, scale().line / 2), changed });
    cover.suit(eye.pose.range);
    stops.push(cover.dispose);
    routes.roads(graph);
    const warnings = addWarnings(primitives, plane, world, view, changed);
    stops.push(warnings.dispose);
  });
  bring('buildings', async () => {
    const pack = site.cityUrl === null ? null : below(site.cityUrl, 'tileset.json');
    const blocks = () => library.read('buildings');
    buildings = alive(await addBuildings(primitives, plane, pack, blocks, changed, paints, parts.lacks));
    sayBuildings();
  });
  bring('footprints', async () => {
    const all = alive(await library.read('buildings'));
    footprints = new Map(all.map((building) => [building.id, building]));
    picker = createPicker(plane, all);
    devices.stand(all);
  });
  bring('places', async () => {
    const [places, cameras, zones, fleet] = await Promise.all([
      library.read('places'),
      library.read('cameras'),
      library.read('zones'),
      library.read('vehicles'),
    ]);
    alive(null);
    for (const { id, callsign } of fleet) callsigns.set(id, callsign);
    overlay.marks.unshift(
      zoneLayer(view, plane, zones),
      cameraLayer(
        view,
        plane,
        cameras,
        cones(() => picker),
      ),
      placeLayer(view, plane, places),
    );
  });

  const follow = followView({ world, view, plane, controls, library, home });
  const unlook = startLook({ world, view, plane, controls, library, home, unitAt: vehicles.where });
  loop = startLoop({
    widget,
    // A city without its picture is not complete: nothing would be wrong in it.
    ready: () => world.clock() !== null && parts.pending() === 0 && overlay.ready() && (buildings?.ready() ?? true),
    yields: () => world.clock() === null,
    move: (now) => {
      const { pose, moving } = controls.step(now);
      const { width, height } = size;
      const plan = isPlan(pose) && view.getState().flat && !dimmed();
      if (pose !== eye.pose || width !== eye.width || height !== eye.height || plan !== eye.plan) {
        eye = createEye(pose, width, height, plan, plane.land);
        aim();
        imagery.suit(eye);
        cover?.suit(pose.range);
        devices.suit(pose.range);
      }
      const growing = towers.step(now);
      devices.flush();
      cover?.flush();
      roads?.suit(eye.pose.range, cover?.covers());
      return moving || growing;
    },
    overlay: (_now, whole) => overlay.draw(eye, world.now(), whole),
    complete: () => {
      performance.mark('scene:complete');
      view.setState({ sceneDrawn: true });
    },
    report: (report) => view.setState({ sceneQuality: report }),
    finished: showFinished(widget.canvas, host, host.querySelector('.scene-overlay')),
  });
  aim();
  layersOf(view.getState());
  const { sceneQualityChoice } = view.getState();
  if (sceneQualityChoice !== null) loop.fix(sceneQualityChoice);

  return {
    loop,
    controls,
    eye: () => eye,
    pick,
    devices,
    overlay,
    dispose: () => {
      parts.dispose();
      loop?.stop();
      follow();
      unlook();
      bikes.dispose();
      unwatch();
      for (const stop of stops) stop();
      controls.dispose();
      devices.dispose();
      imagery.dispose();
      alarms.dispose();
      vehicles.dispose();
      routes.dispose();
      towers.dispose();
      overlay.destroy();
    },
  };
};
