/**
 * Places and cameras: what stands in the district for good.
 *
 * Owns: command centre, stations, other places by range, names of zones, cameras and which of them is chosen.
 * Guarantees: the centre and the stations are shown at every range up to `FAR`; the rest appears where it can be told apart.
 * Refuses: state of devices; that is the device layer's.
 */
import type { AreasFile, Place, SiteCamera } from '../../../native-bridge/contract/site-files.ts';
import { ringCentre } from '../../../native-bridge/contract/site-read.ts';
import { deviceId } from '../../../native-bridge/contract/brand.ts';
import { mix } from '../../design/colour.ts';
import { symbolForKind } from '../../design/symbols.ts';
import { ink, surface } from '../../design/tokens.ts';
import { hiddenLayers, isLayerOn } from '../../store/layers.ts';
import type { Layer } from '../../store/layer-names.ts';
import type { ViewStore } from '../../store/view.ts';
import { ringsOf } from '../ground.ts';
import type { Plane, Vec3 } from '../plane.ts';
import type { Frame, OverlayLayer } from './overlay.ts';

const FAR = 60_000;
/** Up to which range each kind is drawn, metres, and the priority of its name. */
const KINDS: Readonly<Record<Place['kind'], { range: number; named: number; priority: number }>> = {
  'command-centre': { range: FAR, named: FAR, priority: 2 },
  station: { range: FAR, named: FAR, priority: 3 },
  'key-unit': { range: 4000, named: 1800, priority: 7 },
  shelter: { range: 3000, named: 1500, priority: 8 },
  depot: { range: 5000, named: 2500, priority: 7 },
  'water-intake': { range: 2500, named: 1200, priority: 9 },
  hydrant: { range: 900, named: 0, priority: 9 },
};
const CAMERA_RANGE: Readonly<Record<SiteCamera['kind'], number>> = {
  lookout: 9000,
  fire: 1800,
  'control-room': 500,
  elevator: 0,
};

const MAIN = new Set<Place['kind']>(['command-centre', 'station']);
/** The command centre stands with the stations: without them nobody knows where help comes from. */
const layerOf = (kind: Place['kind']): Layer => (kind === 'command-centre' ? 'station' : kind);

export const placeLayer = (view: ViewStore, plane: Plane, places: readonly Place[]): OverlayLayer => {
  const spots = places.map((place) => ({ place, at: plane.at(place.lon, place.lat, 2) }));
  return {
    draw: ({ eye, spot, scale, context, sprites, locale, label, reserve, dimmed }) => {
      if (dimmed) return;
      const hidden = new Set<Layer>(hiddenLayers(view.getState()));
      for (const { place, at } of spots) {
        const kind = KINDS[place.kind];
        if (hidden.has(layerOf(place.kind))) continue;
        if (eye.pose.range > kind.range || !eye.project(at[0], at[1], at[2], spot)) continue;
        const [x = 0, y = 0, depth = 0] = spot;
        if (x < 0 || y < 0 || x > eye.width || y > eye.height || depth > kind.range * 2.5) continue;
        const main = MAIN.has(place.kind);
        const side = scale.symbol * (main ? 1.05 : 0.7);
        if (main) sprites.plate(context, symbolForKind(place.kind), x, y, side, ink.value);
        else sprites.symbol(context, symbolForKind(place.kind), x, y, side * 0.8, mix(surface.line, ink.quiet, 0.8));
        const isHydrant = place.kind === 'hydrant';
        reserve(x, y, side * 0.5, isHydrant ? { kind: 'device', id: deviceId(place.id) } : null);
        if (eye.pose.range <= kind.named) {
          label({
            text: place.name[locale],
            x,
            y,
            gap: side * 0.58,
            size: scale.rem,
            colour: main ? ink.label : ink.quiet,
            priority: kind.priority,
            weight: main ? 500 : 400,
          });
        }
      }
    },
  };
};

/** Names of towns and sub-districts, quiet, centred on their area. */
export const zoneLayer = (view: ViewStore, plane: Plane, zones: AreasFile): OverlayLayer => {
  const spots = zones.features.map((feature) => {
    const [lon, lat] = ringCentre(ringsOf(feature)[0]?.[0] ?? []);
    return { name: feature.properties.name, at: plane.at(lon, lat, 0) };
  });
  return {
    draw: ({ eye, spot, scale, locale, label, dimmed }) => {
      if (dimmed || eye.pose.range < 5000 || !isLayerOn(view.getState(), 'zones')) return;
      for (const { name, at } of spots) {
        if (!eye.project(at[0], at[1], at[2], spot) || (spot[2] ?? 0) > eye.pose.range * 3.5) continue;
        label({
          text: name[locale],
          x: spot[0] ?? 0,
          y: spot[1] ?? 0,
          gap: 0,
          size: scale.rem,
          colour: mix(ink.quiet, surface.night, 0.3),
          priority: 6,
          centred: true,
        });
      }
    },
  };
};

/** `cone` draws what the chosen camera sees. */
export const cameraLayer = (
  view: ViewStore,
  plane: Plane,
  cameras: readonly SiteCamera[],
  cone: (frame: Frame, camera: SiteCamera, at: Vec3) => void,
): OverlayLayer => {
  const spots = cameras.map((camera) => ({ camera, at: plane.at(camera.lon, camera.lat, camera.h) }));
  return {
    draw: (frame) => {
      const { eye, spot, scale, context, sprites, reserve, label, locale } = frame;
      if (frame.dimmed) return;
      const { selection, pinnedCamera, layers } = view.getState();
      const on = isLayerOn({ layers }, 'camera');
      for (const { camera, at } of spots) {
        const chosen = pinnedCamera === camera.id || (selection?.kind === 'device' && selection.id === camera.id);
        if (!chosen && (!on || eye.pose.range > CAMERA_RANGE[camera.kind])) continue;
        if (chosen) cone(frame, camera, at);
        if (!eye.project(at[0], at[1], at[2], spot)) continue;
        const [x = 0, y = 0] = spot;
        if (x < 0 || y < 0 || x > eye.width || y > eye.height) continue;
        sprites.symbol(
          context,
          'camera',
          x,
          y,
          scale.symbol * (camera.kind === 'lookout' ? 0.7 : 0.55),
          chosen ? ink.accent : ink.quiet,
        );
        reserve(x, y, scale.symbol * 0.35, { kind: 'device', id: deviceId(camera.id) });
        if (chosen)
          label({
            text: camera.name[locale],
            x,
            y,
            gap: scale.symbol * 0.5,
            size: scale.rem,
            colour: ink.accent,
            priority: 0,
            weight: 500,
          });
      }
    },
  };
};
