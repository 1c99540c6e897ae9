// The peer's side of the scene benchmark: a default `Viewer`, the buildings by `GeoJsonDataSource`, devices and vehicles as
// entities, as Cesium's own tutorials build such a page. It is kept offline: the imagery that comes with Cesium, no search
// field. To its favour: no clustering, no labels, no roads, no water.
import {
  Cartesian2,
  Cartesian3,
  ClockRange,
  Color,
  ConstantProperty,
  CustomDataSource,
  ExtrapolationType,
  GeoJsonDataSource,
  HeightReference,
  ImageryLayer,
  JulianDate,
  Matrix4,
  PolygonGraphics,
  SampledPositionProperty,
  TileMapServiceImageryProvider,
  Viewer,
  buildModuleUrl,
  type PointGraphics,
} from 'cesium';
import { createEye } from '../../renderer/scene/eye.ts';
import { planeAt } from '../../renderer/scene/plane.ts';
import { finish, gridOf, inFrames } from './bench-page.ts';
import type { District } from './district.ts';

/** The wall's opening view. */
const POSE = { x: -500, y: 500, h: 0, heading: 345, pitch: -26, range: 4900 };
const CALM = Color.fromCssColorString('#8fa3ad').withAlpha(0.8);
const SILENT = Color.fromCssColorString('#5a6670').withAlpha(0.8);

const start = async (): Promise<void> => {
  const host = document.querySelector('.scene');
  if (!host) throw new Error('no host');
  const viewer = new Viewer(host, {
    baseLayer: ImageryLayer.fromProviderAsync(
      TileMapServiceImageryProvider.fromUrl(buildModuleUrl('Assets/Textures/NaturalEarthII')),
      {},
    ),
    baseLayerPicker: false,
    geocoder: false,
  });
  const { scene, canvas } = viewer;
  const district = (await (await fetch('district.json')).json()) as District;
  const plane = planeAt(district.centre.lon, district.centre.lat);
  const eye = createEye(POSE, innerWidth, innerHeight);
  const toEarth = Matrix4.fromArray([...plane.toEarth]);
  const turned = (v: readonly number[]): Cartesian3 =>
    Matrix4.multiplyByPointAsVector(toEarth, Cartesian3.fromArray([...v]), new Cartesian3());
  viewer.camera.setView({
    destination: Matrix4.multiplyByPoint(toEarth, Cartesian3.fromArray([...eye.position]), new Cartesian3()),
    orientation: { direction: turned(eye.forward), up: turned(eye.up) },
  });

  const buildings = await GeoJsonDataSource.load('buildings.geojson', {
    fill: Color.SLATEGRAY,
    stroke: Color.SLATEGRAY,
  });
  for (const entity of buildings.entities.values) {
    if (!(entity.polygon instanceof PolygonGraphics)) continue;
    entity.polygon.extrudedHeight = new ConstantProperty(Number(entity.properties?.['height'].getValue()));
    entity.polygon.height = new ConstantProperty(0);
    entity.polygon.heightReference = new ConstantProperty(HeightReference.NONE);
    entity.polygon.outline = new ConstantProperty(false);
  }
  const devices = new CustomDataSource('devices');
  devices.entities.suspendEvents();
  const points: PointGraphics[] = [];
  for (const { id, lon, lat, h } of district.devices) {
    const { point } = devices.entities.add({
      id,
      position: Cartesian3.fromDegrees(lon, lat, h),
      point: { pixelSize: 3, color: CALM },
    });
    if (point) points.push(point);
  }
  devices.entities.resumeEvents();
  const units = new CustomDataSource('units');
  const now = JulianDate.now();
  viewer.clock.currentTime = now.clone();
  viewer.clock.shouldAnimate = true;
  viewer.clock.clockRange = ClockRange.UNBOUNDED;
  for (const { id, lon, lat, heading } of district.units) {
    const position = new SampledPositionProperty();
    position.forwardExtrapolationType = ExtrapolationType.EXTRAPOLATE;
    const angle = (heading * Math.PI) / 180;
    for (const second of [0, 600]) {
      const metres = 12 * second;
      const there = Cartesian3.fromDegrees(
        lon + (metres * Math.sin(angle)) / 96_500,
        lat + (metres * Math.cos(angle)) / 111_000,
        2,
      );
      position.addSample(JulianDate.addSeconds(now, second, new JulianDate()), there);
    }
    units.entities.add({ id, position, point: { pixelSize: 9, color: Color.ORANGE, outlineWidth: 1 } });
  }
  await Promise.all([buildings, devices, units].map((all) => viewer.dataSources.add(all)));

  const draw = (): number => {
    const began = performance.now();
    viewer.render();
    return performance.now() - began;
  };
  const whole = (): number => {
    const script = draw();
    finish(canvas);
    return script;
  };
  const complete = new Promise<number>((done) => {
    const stop = scene.postRender.addEventListener(() => {
      if (!viewer.dataSourceDisplay.ready || !scene.globe.tilesLoaded) return;
      stop();
      // Outside of the frame that told it.
      setTimeout(() => {
        whole();
        done(performance.now());
      }, 0);
    });
  });
  let calm = true;
  window.benchPage = {
    complete,
    frames: async (count) => {
      viewer.useDefaultRenderLoop = false;
      return inFrames(count, whole);
    },
    update: async (changes, runs) => {
      viewer.useDefaultRenderLoop = false;
      whole();
      const out: number[] = [];
      for (let i = 0; i < runs; i += 1) {
        calm = !calm;
        const colour = new ConstantProperty(calm ? CALM : SILENT);
        const began = performance.now();
        for (const point of points.slice(0, changes)) point.color = colour;
        const applied = performance.now() - began;
        out.push(applied + draw());
        finish(canvas);
      }
      return out;
    },
    pick: (count) => {
      viewer.useDefaultRenderLoop = false;
      let hits = 0;
      const ms = gridOf(count).map(([x, y]) => {
        finish(canvas);
        const began = performance.now();
        if (scene.pick(new Cartesian2(x, y))) hits += 1;
        return performance.now() - began;
      });
      return { ms, hits };
    },
  };
};
void start();
