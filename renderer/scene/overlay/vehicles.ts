/**
 * Vehicles: where they are, where they head, where they came from.
 *
 * Owns: a mover and a short trail per unit. Guarantees: smooth between reports, still when reports stop (`reckon.ts`),
 *   paler with age; units that stand at their station are drawn only from near by, the station's label counts them.
 * Refuses: to guess a road.
 */
import { AGE_LIMITS, type Age, type AgeLimits } from '../../../native-bridge/contract/staleness.ts';
import type { UnitRecord } from '../../../native-bridge/contract/records.ts';
import { mix } from '../../design/colour.ts';
import { ageing, ground, ink, surface } from '../../design/tokens.ts';
import type { ViewStore } from '../../store/view.ts';
import type { World } from '../../store/world.ts';
import type { Plane } from '../plane.ts';
import { newMover, shownAt, takeReport, type Mover, type Report } from '../reckon.ts';
import type { Frame, OverlayLayer } from './overlay.ts';
import { createTrails } from './trails.ts';

interface Trailed {
  unit: UnitRecord;
  mover: Mover;
  /** Flat x, y, ms of earlier reports, oldest first. */
  trail: number[];
}
interface Arrow {
  unit: UnitRecord;
  /** CSS pixels, and the unit vector that it points along. */
  x: number;
  y: number;
  cos: number;
  sin: number;
  age: Age;
  chosen: boolean;
  parked: boolean;
}
/** The most points of a trail. */
const TRAIL_POINTS = 80;
/** Parked units are drawn up to this range, metres. */
const PARKED_RANGE = 2500;
/** Units on their way to an incident are named up to this range, metres. */
const NAMED_RANGE = 12_000;
/** A vehicle is drawn again when it has moved this far on the screen, CSS pixels. */
const STEP_PX = 0.7;
const PARKED = new Set(['available', 'standby', 'in-station', 'out-of-service', 'unavailable']);

const isParked = ({ status, speed }: UnitRecord): boolean => PARKED.has(status) && speed < 0.5;
const limitsOf = (world: World): AgeLimits => {
  const staleness = world.site()?.thresholds['staleness'] as Partial<Record<string, AgeLimits>> | undefined;
  return staleness?.['vehicle'] ?? AGE_LIMITS.vehicle;
};

/** Mixing colours is arithmetic of light: once for each age, with and without an incident. */
const mixed = new Map<string, string>();
const colourOf = (age: Age, tasked: boolean): string => {
  const key = `${age}/${String(tasked)}`;
  let colour = mixed.get(key);
  if (colour === undefined) {
    colour = mix(ink.quiet, tasked ? ink.value : mix(ink.value, ground.trail, 0.5), ageing[age].saturation);
    mixed.set(key, colour);
  }
  return colour;
};
/** Its rim reaches beyond the arrow. */
const ARROW_GROW = 1.3;
/** An arrowhead to the right, as it is turned along the heading on the screen. */
const paintArrow = (context: CanvasRenderingContext2D, whole: number, colour: string): void => {
  const side = whole / ARROW_GROW;
  context.translate(whole / 2, whole / 2);
  context.beginPath();
  context.moveTo(side * 0.5, 0);
  context.lineTo(-side * 0.36, side * 0.34);
  context.lineTo(-side * 0.18, 0);
  context.lineTo(-side * 0.36, -side * 0.34);
  context.closePath();
  context.lineJoin = 'round';
  context.lineWidth = side * 0.16;
  context.strokeStyle = surface.night;
  context.stroke();
  context.fillStyle = colour;
  context.fill();
};

export const vehicleLayer = (
  world: World,
  view: ViewStore,
  plane: Plane,
  callsign: (unitId: string) => { zh: string; en: string } | undefined,
  changed: () => void,
): OverlayLayer & { where: (id: string) => { x: number; y: number } | undefined; dispose: () => void } => {
  const all = new Map<string, Trailed>();
  const trails = createTrails();
  /** What one drawing shows; its places are written again and again. */
  const shown: Arrow[] = [];
  let lastSprite: HTMLCanvasElement | null = null;
  let lastSprites: Frame['sprites'] | null = null;
  let lastColour = '';
  let lastSide = 0;
  const put = (unit: UnitRecord): void => {
    const [x, y] = plane.at(unit.lon, unit.lat);
    const report: Report = { x, y, heading: unit.heading, speed: unit.speed, heard: unit.heard };
    const known = all.get(unit.id);
    if (!known) {
      all.set(unit.id, { unit, mover: newMover(report), trail: [x, y, unit.heard] });
      return;
    }
    if (known.unit.heard !== unit.heard) {
      takeReport(known.mover, report, world.now(), limitsOf(world));
      const { trail } = known;
      if (Math.hypot((trail.at(-3) ?? x) - x, (trail.at(-2) ?? y) - y) > 4) trail.push(x, y, unit.heard);
      if (trail.length > TRAIL_POINTS * 3) trail.splice(0, trail.length - TRAIL_POINTS * 3);
    }
    known.unit = unit;
  };
  const stop = world.listen('unit', ({ wiped, puts, removes }) => {
    if (wiped) {
      const kept = new Set(puts.map(({ id }) => id));
      for (const id of all.keys()) if (!kept.has(id as UnitRecord['id'])) all.delete(id);
    }
    for (const unit of puts) put(unit);
    for (const id of removes) all.delete(id);
    changed();
  });
  for (const unit of world.all('unit').values()) put(unit);

  return {
    draw: (frame) => {
      const { context, eye, spot, scale, now, dimmed } = frame;
      if (dimmed) return Infinity;
      const limits = limitsOf(world);
      const selection = view.getState().selection;
      const chosenId = selection?.kind === 'unit' ? selection.id : null;
      const { range } = eye.pose;
      let next = Infinity;
      let seen = 0;
      trails.clear();
      for (const { unit, mover, trail } of all.values()) {
        const chosen = unit.id === chosenId;
        const parked = isParked(unit);
        if (parked && !chosen && range > PARKED_RANGE) continue;
        const { x, y, heading, age, moving } = shownAt(mover, now, limits);
        const z = eye.land.z(x, y) + 2;
        if (!eye.project(x, y, z, spot)) continue;
        const [px = 0, py = 0, depth = 1] = spot;
        if (px < -40 || py < -40 || px > eye.width + 40 || py > eye.height + 40) continue;
        if (moving) next = Math.min(next, (STEP_PX * 1000 * depth) / (eye.focal * Math.max(unit.speed, 4)));
        const rad = (heading * Math.PI) / 180;
        const step = depth * 0.02;
        if (!eye.project(x + Math.sin(rad) * step, y + Math.cos(rad) * step, z, spot)) continue;
        const dx = (spot[0] ?? 0) - px;
        const dy = (spot[1] ?? 0) - py;
        const long = Math.sqrt(dx * dx + dy * dy) || 1;
        if (!parked) trails.add(frame, trail, px, py, age === 'stale');
        const arrow = (shown[seen] ??= { unit, x: 0, y: 0, cos: 1, sin: 0, age, chosen, parked });
        seen += 1;
        arrow.unit = unit;
        arrow.x = px;
        arrow.y = py;
        arrow.cos = dx / long;
        arrow.sin = dy / long;
        arrow.age = age;
        arrow.chosen = chosen;
        arrow.parked = parked;
      }
      shown.length = seen;
      // All trails lie under all vehicles.
      trails.stroke(context, Math.max(1.5, scale.line));
      for (const { unit, x, y, cos, sin, age, chosen, parked } of shown) {
        const colour = chosen ? ink.accent : colourOf(age, unit.incidentId !== undefined);
        const side = scale.symbol * (chosen ? 0.95 : parked ? 0.5 : 0.72) * ARROW_GROW;
        if (colour !== lastColour || side !== lastSide || frame.sprites !== lastSprites) {
          lastColour = colour;
          lastSide = side;
          lastSprites = frame.sprites;
          lastSprite = frame.sprites.pointer(`v/${side}/${colour}`, side, (inner, whole) =>
            paintArrow(inner, whole, colour),
          );
        }
        const opacity = ageing[age].opacity * (parked ? 0.75 : 1);
        if (context.globalAlpha !== opacity) context.globalAlpha = opacity;
        if (lastSprite) frame.sprites.turned(context, lastSprite, x, y, side, cos, sin);
        frame.reserve(x, y, scale.symbol * 0.4, { kind: 'unit', id: unit.id });
        if (chosen || (unit.incidentId !== undefined && !parked && range < NAMED_RANGE) || range < 1500) {
          const name = callsign(unit.id);
          frame.label({
            text: name ? name[frame.locale] : unit.id,
            x,
            y,
            gap: scale.symbol * 0.5,
            size: scale.rem,
            colour: age === 'stale' ? ink.quiet : ink.value,
            priority: chosen ? 0 : 4,
            weight: 500,
          });
        }
      }
      frame.sprites.straight(context);
      context.globalAlpha = 1;
      return next;
    },
    /** Where a unit is shown at this moment. */
    where: (id) => {
      const known = all.get(id);
      if (!known) return undefined;
      const { x, y } = shownAt(known.mover, world.now(), limitsOf(world));
      return { x, y };
    },
    dispose: stop,
  };
};
