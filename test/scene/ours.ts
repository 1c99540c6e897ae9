// Our side of the scene benchmark: the stage of the wall itself, on a store that is filled as the link fills it.
import { CesiumWidget } from '@cesium/engine';
import {
  buildingId,
  clock,
  deviceId,
  elevatorId,
  eventTime,
  receiveTime,
  unitId,
} from '../../native-bridge/contract/brand.ts';
import type { ImageryCard, Puts } from '../../native-bridge/contract/port.ts';
import type { CabRecord, DeviceRecord, UnitRecord } from '../../native-bridge/contract/records.ts';
import { PROFILE_DEFAULTS } from '../../native-bridge/contract/site.ts';
import type { DeviceKind } from '../../native-bridge/contract/wire.ts';
import { scaleFor } from '../../renderer/design/scale.ts';
import { ground } from '../../renderer/design/tokens.ts';
import { createStage } from '../../renderer/scene/stage.ts';
import { WIDGET } from '../../renderer/scene/widget-options.ts';
import { createIntents } from '../../renderer/store/intents.ts';
import { createView } from '../../renderer/store/view.ts';
import { createWorld } from '../../renderer/store/world.ts';
import { finish, gridOf, inFrames } from './bench-page.ts';
import { rollingHills } from './hills.ts';
import type { BenchDevice, BenchUnit, District } from './district.ts';

const world = createWorld();
const view = createView();
const source = 'fire-iot';
const heardNow = () => ({ source, at: eventTime(Date.now()), heard: receiveTime(Date.now()) });
const deviceOf = ({ id, kind, lon, lat, h }: BenchDevice, state: string): DeviceRecord => ({
  ...heardNow(),
  ...{ id: deviceId(id), kind: kind as DeviceKind, name: id, lon, lat, h, state, worst: 0 },
});
const unitOf = ({ id, lon, lat, heading }: BenchUnit, speed: number): UnitRecord => ({
  ...heardNow(),
  ...{ id: unitId(id), lon, lat, heading, speed, status: 'en-route' },
});
/** What is said of the map; how far it reaches decides where the eye stands. */
const BESIDE = { date: '', origin: { zh: '', en: '' }, licence: '', coverage: [120.74, 29.79, 121.01, 30.15] } as const;
/** `?imagery`, `?hills` and `?plain` look at the same district from the same place. */
const SHOWN: ImageryCard[] =
  location.search === '?imagery'
    ? [
        {
          ...BESIDE,
          ...{ file: '../../air/imagery-0.json', crs: 'wgs84', zooms: [9, 15], tiles: 0, damaged: 0 },
        },
      ]
    : [];
let turn = 1;
const put = (puts: Puts): void => {
  const from = clock(turn);
  turn += 1;
  world.apply({ from, clock: clock(turn), puts, removes: {}, coalesced: 0 }, Date.now());
};

const start = async (): Promise<void> => {
  const host = document.querySelector<HTMLElement>('.scene');
  const inner = document.createElement('div');
  if (!host) throw new Error('no host');
  host.append(inner);
  const asked = fetch('district.json');
  const district = (await (await asked).json()) as District;
  world.greet(
    'bench',
    {
      ...{ id: 'demo', name: { zh: '', en: '' }, synthetic: true, locale: 'zh', timezone: PROFILE_DEFAULTS.timezone },
      ...{ centre: district.centre, viewing: PROFILE_DEFAULTS.viewing, siteUrl: 'site', cityUrl: 'city/demo' },
      ...{ windows: [], departments: [], thresholds: {} },
      ...(location.search === '' ? {} : { map: { ...BESIDE, buildings: 0, imagery: SHOWN } }),
    },
    false,
    Date.now(),
  );
  const complete = new Promise<number>((done) => {
    const stop = view.subscribe(({ sceneDrawn }) => {
      if (!sceneDrawn) return;
      stop();
      done(performance.now());
    });
  });
  const widget = new CesiumWidget(inner, { ...WIDGET, contextOptions: { webgl: { ...WIDGET.contextOptions.webgl } } });
  const scale = scaleFor(PROFILE_DEFAULTS.viewing, innerWidth, innerHeight, devicePixelRatio);
  const lie = location.search === '?hills' ? { terrain: rollingHills(district.centre) } : {};
  const stage = createStage(widget, host, { world, view, intents: createIntents() }, () => scale, ground, lie);
  world.wipe(
    clock(turn),
    Date.now(),
    {
      device: district.devices.map((device) => deviceOf(device, 'ok')),
      unit: district.units.map((unit) => unitOf(unit, 0)),
    },
    true,
  );

  /** What the loop does in a frame in which the city changed and things move, at full resolution; the main thread's part in ms. */
  const whole = (): number => {
    const began = performance.now();
    stage.devices.flush();
    const flushed = performance.now();
    const { scriptMs } = stage.loop.measure();
    const drawn = performance.now();
    stage.overlay.draw(stage.eye(), world.now(), false);
    return flushed - began + scriptMs + performance.now() - drawn;
  };
  const report = (): void => put({ unit: district.units.map((unit) => unitOf(unit, 12)) });
  let state = 'ok';
  window.benchPage = {
    complete,
    frames: async (count) => {
      stage.loop.stop();
      report();
      return inFrames(count, whole);
    },
    update: async (changes, runs) => {
      stage.loop.stop();
      whole();
      const out: number[] = [];
      for (let i = 0; i < runs; i += 1) {
        state = state === 'ok' ? 'offline' : 'ok';
        const device = district.devices.slice(0, changes).map((one) => deviceOf(one, state));
        finish(widget.canvas);
        const began = performance.now();
        put({ device });
        out.push(performance.now() - began + whole());
      }
      return out;
    },
    pick: (count) => {
      let hits = 0;
      // Ten times each: a single one is below what the clock of a page tells apart.
      const ms = gridOf(count).map(([x, y]) => {
        const began = performance.now();
        for (let i = 0; i < 9; i += 1) stage.pick(x, y);
        if (stage.pick(x, y)) hits += 1;
        return (performance.now() - began) / 10;
      });
      return { ms, hits };
    },
    tower: async (count) => {
      const { tower } = district;
      view.setState({ openBuilding: buildingId(tower.buildingId) });
      const cab = (floor: number, i: number): CabRecord => ({
        ...heardNow(),
        ...{ id: elevatorId(tower.elevatorIds[i] ?? ''), buildingId: buildingId(tower.buildingId), floor },
        ...{ direction: i % 2 === 0 ? 'up' : 'down', door: 'closed', load: 300, riders: [] },
      });
      const send = (step: number): void =>
        put({
          cab: tower.elevatorIds.map((_, i) => cab(tower.floors[(i * 5 + step) % tower.floors.length] ?? 1, i)),
        });
      send(0);
      // The flight there and the parting of the floors.
      await new Promise((go) => setTimeout(go, 6000));
      stage.loop.stop();
      let step = 0;
      return inFrames(count, () => {
        // A cab reports about twice a second at most; here each does before every frame.
        step += 1;
        const began = performance.now();
        send(step);
        stage.overlay.draw(stage.eye(), world.now(), false);
        return performance.now() - began;
      });
    },
  };
};
void start();
