/**
 * How an opened high-rise is painted: floors from the lowest up, then what is on them.
 *
 * Owns: the strokes of all that stands. Guarantees: a floor with an open alarm carries its colour; what is silent is hollow.
 * Refuses: shafts and cabs (`draw-cabs.ts`); to keep anything between two frames.
 */
import { isOpen, type AlarmRecord } from '../../../native-bridge/contract/records.ts';
import { mix } from '../../design/colour.ts';
import { wordsOf, type Words } from '../../design/locale/words.ts';
import { symbolForAlarm, symbolForKind } from '../../design/symbols.ts';
import { alarm as alarmPaint, ground, ink, surface, type Level } from '../../design/tokens.ts';
import type { ViewStore } from '../../store/view.ts';
import type { World } from '../../store/world.ts';
import { css } from '../paint.ts';
import type { Frame } from '../overlay/overlay.ts';
import type { OpenTower } from './model.ts';
import { bikeIn, floorName, ringAt, trace, type Spot } from './strokes.ts';

const worstByFloor = (open: OpenTower, world: World): Map<number, AlarmRecord[]> => {
  const floors = new Map<number, AlarmRecord[]>();
  for (const alarm of world.all('alarm').values()) {
    if (alarm.buildingId !== open.id || !isOpen(alarm)) continue;
    const row = open.plan.row(alarm.floor ?? 1);
    const held = floors.get(row);
    if (held) held.push(alarm);
    else floors.set(row, [alarm]);
  }
  for (const held of floors.values()) held.sort((a, b) => a.level - b.level || b.at - a.at);
  return floors;
};

const drawFloors = (
  frame: Frame,
  open: OpenTower,
  alarms: ReadonlyMap<number, AlarmRecord[]>,
  lookedAt: number | null,
): void => {
  const { context } = frame;
  const { plan, parted } = open;
  const edge = mix(ground.boundary, ink.label, 0.25);
  for (let row = 0; row <= plan.floors.length; row++) {
    const h = plan.height(row, parted);
    const points = ringAt(frame, open, h);
    if (points.length < 3) continue;
    const worst = alarms.get(row)?.[0];
    const roof = row === plan.floors.length;
    const looked = lookedAt === row;
    trace(context, points);
    if (worst) context.fillStyle = css(alarmPaint[worst.level].colour, looked ? 0.5 : 0.34);
    else
      context.fillStyle = looked
        ? css(ink.accent, 0.28)
        : roof
          ? css(surface.chosen, 0.5)
          : css(mix(surface.raised, ground.boundary, 0.38), 0.72);
    context.fill();
    context.lineWidth = worst || looked ? 2 : 1;
    context.strokeStyle = worst ? alarmPaint[worst.level].colour : looked ? ink.accent : css(edge, roof ? 0.95 : 0.72);
    context.stroke();
    if (roof) continue;
    // Corners, so that the floors read as one house.
    const above = ringAt(frame, open, plan.height(row + 1, parted));
    context.strokeStyle = css(edge, 0.16);
    context.lineWidth = 1;
    context.beginPath();
    points.forEach(([x, y], i) => {
      const top = above[i];
      if (!top) return;
      context.moveTo(x, y);
      context.lineTo(top[0], top[1]);
    });
    context.stroke();
  }
};

const drawNumbers = (
  frame: Frame,
  open: OpenTower,
  alarms: ReadonlyMap<number, AlarmRecord[]>,
  lookedAt: number | null,
  words: Words,
): void => {
  const { plan, parted } = open;
  const { scale, context } = frame;
  const first = ringAt(frame, open, plan.height(0, parted));
  const second = ringAt(frame, open, plan.height(1, parted));
  const pixels = Math.abs((first[0]?.[1] ?? 0) - (second[0]?.[1] ?? 0));
  const every = Math.max(1, Math.ceil((scale.rem * 1.25) / Math.max(1, pixels)));
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  const markedRows = [...alarms.keys(), ...(lookedAt === null ? [] : [lookedAt])];
  plan.floors.forEach((floor, row) => {
    const marked = markedRows.includes(row);
    if (!marked && floor !== 1 && floor % (every === 1 ? 1 : Math.max(5, every)) !== 0) return;
    if (!marked && markedRows.some((other) => Math.abs(other - row) < every)) return;
    const points = ringAt(frame, open, plan.height(row, parted));
    const left = points.reduce<Spot | null>((best, point) => (!best || point[0] < best[0] ? point : best), null);
    if (!left) return;
    const worst = alarms.get(row)?.[0];
    context.font = `${marked ? 600 : 400} ${scale.rem}px 'Noto Sans SC Variable', sans-serif`;
    context.fillStyle = worst ? ink.value : lookedAt === row ? ink.accent : ink.quiet;
    context.fillText(floorName(words, frame.locale, floor), left[0] - scale.rem * 0.6, left[1]);
    for (const back of [1.1, 2.1]) frame.reserve(left[0] - scale.rem * back, left[1], scale.rem * 0.6);
  });
  context.textAlign = 'start';
};

const drawDevices = (frame: Frame, open: OpenTower, world: World, words: Words, plane: OpenTower['plan']): void => {
  const { context, scale, sprites } = frame;
  const { eye, spot } = frame;
  for (const id of open.deviceIds) {
    const device = world.get('device', id);
    if (!device || device.kind === 'elevator' || device.kind === 'camera') continue;
    const tank = device.kind === 'water-tank';
    const row = tank ? plane.floors.length : plane.row(device.floor ?? 1);
    const at = open.placed.get(id);
    if (!at) continue;
    if (!eye.project(at[0], at[1], open.middle[2] + plane.height(row, open.parted) + (tank ? 1 : 0.6), spot)) continue;
    const [x = 0, y = 0] = spot;
    const silent = device.state !== 'ok';
    const quiet = mix(surface.line, ink.quiet, silent ? 0.5 : 0.9);
    if (tank || device.kind === 'control-room') {
      const side = scale.symbol * 0.85;
      // Beside the house, where no cab passes in front of it.
      const right = ringAt(frame, open, plane.height(row, open.parted)).reduce(
        (most, point) => Math.max(most, point[0]),
        x,
      );
      const { pressure, attended, persons } = device.values ?? {};
      const says = tank
        ? typeof pressure === 'number'
          ? ` ${pressure.toFixed(2)} MPa`
          : ''
        : typeof attended === 'boolean' && attended
          ? ` ${words.value.attended}${typeof persons === 'number' ? ` ${persons}` : ''}`
          : '';
      const name = !tank && attended === false ? words.alarm.type.unattended : words.kind[device.kind];
      const text = `${name}${says}`;
      const gap = side * 0.6;
      context.font = `500 ${scale.rem}px 'Noto Sans SC Variable', sans-serif`;
      // With its words to the right of it, whatever room there is: on the other sides are floor numbers and those who ride.
      const most = eye.width - gap - context.measureText(text).width - scale.rem * 0.5;
      const x2 = Math.min(right + scale.symbol * 0.9, most);
      sprites.plate(context, symbolForKind(device.kind), x2, y, side, ink.label);
      frame.label({
        text,
        x: x2,
        y,
        gap,
        size: scale.rem,
        colour: ink.label,
        priority: 3,
        weight: 500,
        must: true,
      });
      frame.reserve(x2, y, side * 0.5, { kind: 'device', id: device.id });
      continue;
    }
    context.beginPath();
    context.arc(x, y, Math.max(1.6, scale.rem * 0.11), 0, 2 * Math.PI);
    context.fillStyle = silent ? css(surface.night, 1) : css(quiet, 0.75);
    context.fill();
    if (silent) {
      context.strokeStyle = quiet;
      context.lineWidth = 1;
      context.stroke();
    }
  }
};

/** Everything of the tower that stands. A veil lets the rest of the city step back without drawing it again. */
export const drawTower = (frame: Frame, open: OpenTower, world: World, view: ViewStore): void => {
  frame.context.fillStyle = css(surface.night, 0.58 * open.parted);
  frame.context.fillRect(0, 0, frame.eye.width, frame.eye.height);
  const words = wordsOf(frame.locale);
  const { openFloor, selection } = view.getState();
  const lookedAt = openFloor === null ? null : open.plan.row(openFloor);
  const alarms = worstByFloor(open, world);
  drawFloors(frame, open, alarms, lookedAt);
  drawDevices(frame, open, world, words, open.plan);
  drawNumbers(frame, open, alarms, lookedAt, words);
  const { context, scale, sprites } = frame;
  const riding = new Set(
    [...world.all('cab').values()]
      .filter((cab) => cab.buildingId === open.id && bikeIn(cab))
      .map((cab) => String(cab.id)),
  );
  for (const [row, all] of alarms) {
    // An e-bike that still rides is drawn with its cab.
    const held = all.filter((alarm) => !(alarm.type === 'e-bike' && riding.has(alarm.deviceId)));
    const points = ringAt(frame, open, open.plan.height(row, open.parted) + open.plan.step * 0.4);
    const right = points.reduce<Spot | null>((best, point) => (!best || point[0] > best[0] ? point : best), null);
    const room = open.deviceIds.some((id) => {
      const device = world.get('device', id);
      return device?.kind === 'control-room' && open.plan.row(device.floor ?? 1) === row;
    });
    held.slice(0, 4).forEach((alarm, i) => {
      if (!right) return;
      const x = right[0] + scale.symbol * (0.9 + (i + (room ? 1 : 0)) * 1.1);
      const y = right[1];
      sprites.alarm(
        context,
        symbolForAlarm(alarm.type),
        x,
        y,
        scale.symbol,
        alarm.level satisfies Level,
        alarm.state === 'acknowledged',
      );
      frame.reserve(x, y, scale.symbol * 0.55, { kind: 'alarm', id: alarm.id });
      const chosen = selection?.kind === 'alarm' && selection.id === alarm.id;
      if (i === held.length - 1 || chosen) {
        frame.label({
          text: words.alarm.type[alarm.type],
          x,
          y,
          gap: scale.symbol * 0.65,
          size: scale.rem,
          colour: ink.value,
          priority: 1,
          weight: 600,
          must: true,
        });
      }
    });
  }
};
