/**
 * Open alarms and incidents: always on top, at every range.
 *
 * Owns: their grouping on the screen and their symbols.
 * Guarantees: no open alarm is hidden: what lies too close together becomes one symbol of the worst level with a count;
 *   only symbols of unacknowledged alarms flash, text never does; an alarm whose contact was lost keeps its colour.
 * Refuses: words beyond the label of what is selected or worst; the list has them.
 */
import type { AlarmRecord, IncidentRecord } from '../../../native-bridge/contract/records.ts';
import { isOpen } from '../../../native-bridge/contract/records.ts';
import { wordsOf } from '../../design/locale/words.ts';
import { symbolForAlarm } from '../../design/symbols.ts';
import { alarm as alarmPaint, flash, ink, surface, type Level } from '../../design/tokens.ts';
import type { View, ViewStore } from '../../store/view.ts';
import type { World } from '../../store/world.ts';
import { css } from '../paint.ts';
import type { Plane, Vec3 } from '../plane.ts';
import type { Frame, OverlayLayer } from './overlay.ts';

interface Standing {
  alarm: AlarmRecord;
  foot: Vec3;
  /** Metres from the foot to the symbol. */
  rise: number;
}
interface Group {
  x: number;
  y: number;
  footX: number;
  footY: number;
  worst: AlarmRecord;
  count: number;
  unacknowledged: boolean;
  /** Its place in the order: the first that is near takes an alarm in. */
  turn: number;
}
/** Over a city a symbol must not vanish in its dark half, as it may on a panel's plain ground. */
const LOW = 0.4;
/** Symbols closer than this, in their own size, become one: what carries a count is wider than the symbol. */
const APART = 1.25;
/** More squares than any screen is wide. */
const WIDE = 65_536;
const AROUND = [-1, 0, 1] as const;
/** Up to this range incidents of the lowest level are named as well, metres. */
const INCIDENT_NAMED = 2500;
/** Half a period bright, half dark, in step with the symbols of the panels. */
const bright = (): boolean => (performance.now() * flash.hz) % 1000 < 500;
/** Asked anew it costs the page a look at all its styles. */
let wish: MediaQueryList | null = null;
const calm = (): boolean => (wish ??= matchMedia('(prefers-reduced-motion: reduce)')).matches;

export interface AlarmLayers {
  marks: OverlayLayer;
  movers: OverlayLayer;
  /** The symbols of one building are drawn by its tower while it stands open. */
  dispose: () => void;
}

export const groupAlarms = (
  spots: readonly { alarm: AlarmRecord; x: number; y: number; footX: number; footY: number }[],
  reach: number,
): Group[] => {
  const groups: Group[] = [];
  // Squares as wide as the reach: who is near stands in one's own or beside it. In a flood there are thousands.
  const squares = new Map<number, Group[]>();
  const square = (x: number, y: number): number => Math.floor(y / reach) * WIDE + Math.floor(x / reach);
  const nearest = (x: number, y: number): Group | undefined => {
    let first: Group | undefined;
    for (const dy of AROUND)
      for (const dx of AROUND)
        for (const group of squares.get(square(x, y) + dy * WIDE + dx) ?? [])
          if (Math.hypot(group.x - x, group.y - y) < reach && (!first || group.turn < first.turn)) first = group;
    return first;
  };
  const order = [...spots].sort((a, b) => a.alarm.level - b.alarm.level || b.alarm.at - a.alarm.at);
  for (const { alarm, x, y, footX, footY } of order) {
    const near = nearest(x, y);
    const unacknowledged = alarm.state !== 'acknowledged';
    if (near) {
      near.count += 1;
      near.unacknowledged ||= unacknowledged;
      continue;
    }
    const group = { x, y, footX, footY, worst: alarm, count: 1, unacknowledged, turn: groups.length };
    groups.push(group);
    const beside = squares.get(square(x, y));
    if (beside) beside.push(group);
    else squares.set(square(x, y), [group]);
  }
  return groups;
};

export const alarmLayers = (
  world: World,
  view: ViewStore,
  plane: Plane,
  /** Metres above the ground of the roof of a building, 0 when unknown. */
  roofOf: (buildingId: string | undefined) => number,
  changed: () => void,
  /** Told of how many alarms the largest symbol stands for. */
  grouped: (most: number) => void,
): AlarmLayers => {
  const open = new Map<string, Standing>();
  const put = (alarm: AlarmRecord): void => {
    if (!isOpen(alarm)) {
      open.delete(alarm.id);
      return;
    }
    open.set(alarm.id, {
      alarm,
      foot: plane.at(alarm.lon, alarm.lat, 0),
      rise: Math.max(alarm.h ?? 0, roofOf(alarm.buildingId)) + 18,
    });
  };
  const stopAlarms = world.listen('alarm', ({ wiped, puts, removes }) => {
    if (wiped) open.clear();
    for (const alarm of puts) put(alarm);
    for (const id of removes) open.delete(id);
    changed();
  });
  for (const alarm of world.all('alarm').values()) put(alarm);
  const stopIncidents = world.listen('incident', changed);
  let groups: Group[] = [];

  const regroup = ({ eye, spot, scale }: Frame, state: View): void => {
    const spots: Parameters<typeof groupAlarms>[0][number][] = [];
    for (const { alarm, foot, rise } of open.values()) {
      if (state.openBuilding !== null && alarm.buildingId === state.openBuilding) continue;
      if (!eye.project(foot[0], foot[1], foot[2], spot)) continue;
      const [footX = 0, footY = 0] = spot;
      if (!eye.project(foot[0], foot[1], foot[2] + rise, spot)) continue;
      spots.push({ alarm, x: spot[0] ?? 0, y: spot[1] ?? 0, footX, footY });
    }
    groups = groupAlarms(spots, scale.symbol * APART);
    grouped(groups.reduce((most, { count }) => Math.max(most, count), 0));
  };
  const incidents = (frame: Frame): void => {
    const { eye, spot, scale, context, sprites, label, reserve } = frame;
    for (const incident of world.all('incident').values()) {
      if (incident.status === 'closed') continue;
      const [x, y, z] = plane.at(incident.lon, incident.lat, incident.h ?? 0);
      if (!eye.project(x, y, z, spot)) continue;
      const [px = 0, py = 0] = spot;
      const grave = incident.level < 4 || incident.kind === 'fire';
      const side = scale.symbol * (grave ? 1.1 : 0.8);
      sprites.plate(context, 'incident', px, py, side, grave ? ink.value : ink.label);
      reserve(px, py, side * 0.5, { kind: 'incident', id: incident.id });
      if (!grave && eye.pose.range > INCIDENT_NAMED) continue;
      label({
        text: titleOf(incident),
        x: px,
        y: py,
        gap: side * 0.6,
        size: scale.rem,
        colour: ink.value,
        priority: 1,
        weight: 600,
      });
    }
  };
  const titleOf = (incident: IncidentRecord): string =>
    incident.title.length > 18 ? `${incident.title.slice(0, 17)}…` : incident.title;

  return {
    marks: {
      draw: (frame) => {
        const state = view.getState();
        regroup(frame, state);
        if (!frame.dimmed) incidents(frame);
        const words = wordsOf(frame.locale);
        for (const { x, y, worst } of groups) {
          frame.reserve(x, y, frame.scale.symbol * 0.55, { kind: 'alarm', id: worst.id });
          const chosen = state.selection?.kind === 'alarm' && state.selection.id === worst.id;
          if (frame.dimmed || (worst.level > 2 && !chosen)) continue;
          frame.label({
            text: words.alarm.type[worst.type],
            x,
            y,
            gap: frame.scale.symbol * 0.62,
            size: frame.scale.rem,
            colour: ink.value,
            priority: worst.level,
            weight: 600,
          });
        }
      },
    },
    movers: {
      draw: ({ context, sprites, scale, dimmed, reserve }) => {
        const on = calm() || bright();
        let flashing = false;
        const side = scale.symbol * (dimmed ? 0.7 : 1);
        for (const group of [...groups].reverse()) {
          const { x, y, footX, footY, worst, count, unacknowledged } = group;
          context.globalAlpha = dimmed ? 0.45 : 1;
          context.strokeStyle = css(alarmPaint[worst.level].colour, 0.7);
          context.lineWidth = Math.max(1, scale.line / 2);
          context.beginPath();
          context.moveTo(footX, footY);
          context.lineTo(x, y + side / 2);
          context.stroke();
          flashing ||= unacknowledged && !dimmed;
          if (unacknowledged && !on && !dimmed) context.globalAlpha = Math.max(LOW, flash.low);
          sprites.alarm(context, symbolForAlarm(worst.type), x, y, side, worst.level satisfies Level, !unacknowledged);
          context.globalAlpha = 1;
          if (count > 1 && !dimmed) countBadge(context, x + side * 0.42, y - side * 0.42, count, scale.rem * 0.82);
          reserve(x, y, side * 0.55, { kind: 'alarm', id: worst.id });
        }
        const half = 500 / flash.hz;
        return flashing && !calm() ? half - (performance.now() % half) : Infinity;
      },
    },
    dispose: () => {
      stopAlarms();
      stopIncidents();
    },
  };
};

const countBadge = (context: CanvasRenderingContext2D, x: number, y: number, count: number, size: number): void => {
  const text = count > 99 ? '99+' : String(count);
  context.font = `600 ${size}px sans-serif`;
  const w = Math.max(size * 1.25, context.measureText(text).width + size * 0.6);
  context.beginPath();
  context.roundRect(x - w / 2, y - size * 0.62, w, size * 1.24, size * 0.62);
  context.fillStyle = ink.value;
  context.fill();
  context.strokeStyle = surface.night;
  context.lineWidth = 1.5;
  context.stroke();
  context.fillStyle = ink.onPlate;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(text, x, y + size * 0.04);
  context.textAlign = 'start';
};
