/**
 * The hand on the eye: pointer, wheel and keys.
 *
 * Owns: the wanted pose and the flight that leads to it. Guarantees: the ground stays under the finger; the eye stays in
 *   the district, above the ground and upright; any act of the hand ends a flight.
 * Refuses: clicks; it only tells which ones were none of a drag.
 */
import { createEye, isPlan, PLAN, within, type Eye, type Pose } from './eye.ts';
import { flightBetween, type Flight } from './flight.ts';

export interface Controls {
  /** The pose for this moment, and whether it is on its way. `now` as `performance.now()`. */
  step: (now: number) => { pose: Pose; moving: boolean };
  pose: () => Pose;
  /** `pace`: so many times as slow as usual. */
  fly: (to: Pose, pace?: number) => void;
  set: (pose: Pose) => void;
  dispose: () => void;
}
export interface ControlOptions {
  host: HTMLElement;
  start: Pose;
  /** How far from the centre one may look, metres. */
  reach: number;
  eye: () => Eye;
  wake: () => void;
  clicked: (x: number, y: number, twice: boolean) => void;
  /** A hand moves the eye. */
  handled: () => void;
  /** Straight down and north up, whatever is asked. */
  flat: () => boolean;
}
/** A pointer that moved less than this was a click, CSS pixels. */
const STILL_PX = 5;
const TWICE_MS = 350;

export const createControls = ({ host, start, reach, eye, wake, clicked, handled, flat }: ControlOptions): Controls => {
  const level = (wanted: Pose): Pose => ({ ...within(wanted, reach), ...(flat() ? PLAN : {}) });
  const eyeAt = (one: Pose): Eye => createEye(one, eye().width, eye().height, flat() && isPlan(one), eye().land);
  let pose = level(start);
  let flight: Flight | null = null;
  let started: number | null = null;
  let touched = false;
  let drag: { id: number; x: number; y: number; fromX: number; fromY: number; turn: boolean; moved: boolean } | null =
    null;
  let lastClick = { at: -1e9, x: 0, y: 0 };
  const off = new AbortController();

  const set = (next: Pose): void => {
    flight = null;
    pose = level(next);
    touched = true;
    wake();
  };
  const byHand = (next: Pose): void => {
    handled();
    set(next);
  };
  const inHost = (event: MouseEvent): [number, number] => {
    const { left, top } = host.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  const pan = (fromX: number, fromY: number, toX: number, toY: number): void => {
    const now = eyeAt(pose);
    const a = now.ground(fromX, fromY);
    const b = now.ground(toX, toY);
    // Near the horizon a pixel is kilometres: there a drag moves by the scale at the middle of the screen.
    const metres = pose.range / now.focal;
    const limit = Math.hypot(toX - fromX, toY - fromY) * metres * 6;
    let dx = a && b ? a[0] - b[0] : Infinity;
    let dy = a && b ? a[1] - b[1] : Infinity;
    if (Math.hypot(dx, dy) > limit) {
      const h = (pose.heading * Math.PI) / 180;
      const right = (fromX - toX) * metres;
      const ahead = (toY - fromY) * metres;
      dx = right * Math.cos(h) + ahead * Math.sin(h);
      dy = -right * Math.sin(h) + ahead * Math.cos(h);
    }
    byHand({ ...pose, x: pose.x + dx, y: pose.y + dy });
  };
  const zoom = (factor: number, x: number, y: number): void => {
    const before = eyeAt(pose).ground(x, y);
    const next = level({ ...pose, range: pose.range * factor });
    const after = eyeAt(next).ground(x, y);
    const near = before && after && Math.hypot(before[0] - after[0], before[1] - after[1]) < pose.range;
    byHand(near ? { ...next, x: next.x + before[0] - after[0], y: next.y + before[1] - after[1] } : next);
  };

  host.addEventListener(
    'pointerdown',
    (event) => {
      const [x, y] = inHost(event);
      drag = {
        id: event.pointerId,
        x,
        y,
        fromX: x,
        fromY: y,
        turn: event.button !== 0 || event.ctrlKey || event.shiftKey,
        moved: false,
      };
      host.setPointerCapture(event.pointerId);
    },
    { signal: off.signal },
  );
  host.addEventListener(
    'pointermove',
    (event) => {
      if (!drag || drag.id !== event.pointerId) return;
      const [x, y] = inHost(event);
      if (!drag.moved && Math.hypot(x - drag.fromX, y - drag.fromY) < STILL_PX) return;
      drag.moved = true;
      if (drag.turn)
        byHand({ ...pose, heading: pose.heading + (x - drag.x) * 0.25, pitch: pose.pitch - (y - drag.y) * 0.2 });
      else pan(drag.x, drag.y, x, y);
      drag.x = x;
      drag.y = y;
    },
    { signal: off.signal },
  );
  const end = (event: PointerEvent): void => {
    if (!drag || drag.id !== event.pointerId) return;
    const { moved, turn, fromX, fromY } = drag;
    drag = null;
    if (moved || turn || event.type === 'pointercancel') return;
    const twice =
      event.timeStamp - lastClick.at < TWICE_MS && Math.hypot(fromX - lastClick.x, fromY - lastClick.y) < 3 * STILL_PX;
    lastClick = { at: event.timeStamp, x: fromX, y: fromY };
    clicked(fromX, fromY, twice);
  };
  host.addEventListener('pointerup', end, { signal: off.signal });
  host.addEventListener('pointercancel', end, { signal: off.signal });
  host.addEventListener('contextmenu', (event) => event.preventDefault(), { signal: off.signal });
  host.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const lines = event.deltaMode === 1 ? event.deltaY * 30 : event.deltaY;
      zoom(Math.exp(Math.max(-240, Math.min(240, lines)) * 0.0016), ...inHost(event));
    },
    { passive: false, signal: off.signal },
  );

  return {
    pose: () => pose,
    set,
    fly: (to, pace) => {
      flight = flightBetween(pose, level(to), pace);
      started = null;
      wake();
    },
    step: (now) => {
      if (flight) {
        started ??= now;
        pose = flight.at(now - started);
        if (now - started >= flight.duration) flight = null;
        touched = false;
        return { pose, moving: true };
      }
      const moving = touched;
      touched = false;
      return { pose, moving };
    },
    dispose: () => off.abort(),
  };
};
