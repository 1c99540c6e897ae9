/**
 * The small map of the whole district, in the corner, while only a part of it is in sight.
 *
 * Owns: its drawing and what a click on it means. Guarantees: S19; north is up; the worst open alarms are drawn last.
 * Refuses: names and roads; it says where, not what.
 */
import { isOpen } from '../../../native-bridge/contract/records.ts';
import type { AreasFile } from '../../../native-bridge/contract/site-files.ts';
import { alarm as levels, ground, ink, surface } from '../../design/tokens.ts';
import type { World } from '../../store/world.ts';
import type { Eye } from '../eye.ts';
import { ringsOf } from '../ground.ts';
import { css } from '../paint.ts';
import type { Plane } from '../plane.ts';
import type { OverlayLayer } from './overlay.ts';

/** Shown from this range on inwards, as a share of the district's own size. */
const NEAR = 0.45;
/** Side of the map in sizes of the smallest type, and the most of the scene's height it may take. */
const SIDE_REM = 9;
const MOST = 0.32;
/** And of its width: in a narrow window it would lie over the town. */
const MOST_WIDE = 0.26;
/** Above the lines that credit the map and say how it is looked at, in sizes of the smallest type. */
const FOOT_REM = 5.2;

export interface Place {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}
export interface Bounds {
  readonly x: number;
  readonly y: number;
  /** Metres of the longer side. */
  readonly size: number;
}
type Point = readonly [x: number, y: number];

export const boundsOf = (rings: readonly (readonly Point[])[]): Bounds | null => {
  const xs = rings.flatMap((ring) => ring.map(([x]) => x));
  const ys = rings.flatMap((ring) => ring.map(([, y]) => y));
  if (xs.length === 0) return null;
  const [west, east] = [Math.min(...xs), Math.max(...xs)];
  const [south, north] = [Math.min(...ys), Math.max(...ys)];
  return { x: (west + east) / 2, y: (south + north) / 2, size: Math.max(east - west, north - south) * 1.06 };
};
/** From the district to the small map and back. */
export const onMap = ({ left, top, side }: Place, { x, y, size }: Bounds, [px, py]: Point): Point => [
  left + side / 2 + ((px - x) / size) * side,
  top + side / 2 - ((py - y) / size) * side,
];
export const fromMap = ({ left, top, side }: Place, { x, y, size }: Bounds, [px, py]: Point): Point | null =>
  px < left || py < top || px > left + side || py > top + side
    ? null
    : [x + ((px - left) / side - 0.5) * size, y - ((py - top) / side - 0.5) * size];

/** The ground in sight: the corners of the screen, those above the horizon at the far rim. */
const seen = (eye: Eye): Point[] => {
  const rim = eye.height * 0.12;
  return (
    [
      [0, eye.height],
      [eye.width, eye.height],
      [eye.width, rim],
      [0, rim],
    ] as const
  ).flatMap(([x, y]) => {
    const spot = eye.ground(x, y);
    return spot ? [spot] : [];
  });
};

export interface Inset {
  readonly layer: OverlayLayer;
  /** Among what moves: a vehicle below the small map must not seem to drive on it. */
  readonly lid: OverlayLayer;
  readonly outline: (boundary: AreasFile) => void;
  /** Where in the district a point of the screen lies on the small map; null beside it. */
  readonly at: (x: number, y: number) => { lon: number; lat: number } | null;
}

export const insetMap = (world: World, plane: Plane): Inset => {
  let rings: Point[][] = [];
  let bounds: Bounds | null = null;
  let shown: Place | null = null;

  const layer: OverlayLayer = {
    draw: ({ context, eye, scale, dimmed, reserve }) => {
      shown = null;
      if (!bounds || dimmed || eye.pose.range > bounds.size * NEAR) return;
      const side = Math.min(scale.rem * SIDE_REM, eye.height * MOST, eye.width * MOST_WIDE);
      const place = { left: eye.width - side, top: eye.height - side - scale.rem * FOOT_REM, side };
      const map = bounds;
      shown = place;
      const path = (line: readonly Point[]): void => {
        context.beginPath();
        line.forEach((point, i) => {
          const [x, y] = onMap(place, map, point);
          if (i === 0) context.moveTo(x, y);
          else context.lineTo(x, y);
        });
        context.closePath();
      };
      context.save();
      context.beginPath();
      context.rect(place.left, place.top, side, side);
      context.clip();
      context.fillStyle = css(surface.panel, 0.92);
      context.fill();
      for (const ring of rings) {
        path(ring);
        context.fillStyle = ground.land;
        context.fill();
        context.strokeStyle = ground.boundary;
        context.lineWidth = scale.line;
        context.stroke();
      }
      path(seen(eye));
      context.fillStyle = css(ink.accent, 0.16);
      context.fill();
      context.strokeStyle = ink.accent;
      context.lineWidth = Math.max(1, scale.line);
      context.stroke();
      const open = [...world.all('alarm').values()].filter(isOpen).sort((a, b) => b.level - a.level);
      for (const { lon, lat, level } of open) {
        const [px, py] = plane.at(lon, lat);
        const [x, y] = onMap(place, map, [px, py]);
        context.beginPath();
        context.arc(x, y, Math.max(1.5, scale.rem * (level <= 2 ? 0.2 : 0.14)), 0, 2 * Math.PI);
        context.fillStyle = levels[level].colour;
        context.fill();
      }
      context.restore();
      context.strokeStyle = surface.lineStrong;
      context.lineWidth = Math.max(1, scale.line);
      context.strokeRect(place.left, place.top, side, side);
      reserve(place.left + side / 2, place.top + side / 2, side / 2);
    },
  };
  const lid: OverlayLayer = {
    draw: ({ context }) => {
      if (shown) context.clearRect(shown.left, shown.top, shown.side, shown.side);
      return Infinity;
    },
  };
  return {
    layer,
    lid,
    outline: (boundary) => {
      rings = boundary.features.flatMap((feature) =>
        ringsOf(feature).map(([outer]) =>
          (outer ?? []).map(([lon, lat]): Point => {
            const [x, y] = plane.at(lon, lat);
            return [x, y];
          }),
        ),
      );
      bounds = boundsOf(rings);
    },
    at: (x, y) => {
      const spot = shown && bounds ? fromMap(shown, bounds, [x, y]) : null;
      if (!spot) return null;
      const [lon, lat] = plane.lonLat(...spot);
      return { lon, lat };
    },
  };
};
