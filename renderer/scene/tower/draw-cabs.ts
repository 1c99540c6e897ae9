/**
 * Shafts and cabs of an opened high-rise.
 *
 * Owns: their strokes and the cabs' motion. Guarantees: an e-bike in a cab is the largest symbol of the tower and rides with
 *   its cab; door held is written; what is old is pale.
 * Refuses: to keep anything between two frames but the cabs' motion.
 */
import { AGE_LIMITS, ageOf } from '../../../native-bridge/contract/staleness.ts';
import { isOpen, type CabRecord } from '../../../native-bridge/contract/records.ts';
import { wordsOf, type Words } from '../../design/locale/words.ts';
import { symbolForLabel } from '../../design/symbols.ts';
import { ageing, ink, surface, type Level } from '../../design/tokens.ts';
import type { World } from '../../store/world.ts';
import { css } from '../paint.ts';
import type { Frame } from '../overlay/overlay.ts';
import { moveCab, spread } from './plan.ts';
import type { OpenTower } from './model.ts';
import { bikeIn, floorName, onScreen, trace, type Spot } from './strokes.ts';

const cabText = (cab: CabRecord, words: Words, locale: 'zh' | 'en'): string => {
  const arrow = cab.direction === 'up' ? '↑' : cab.direction === 'down' ? '↓' : '';
  return `${floorName(words, locale, cab.floor)}${arrow}`;
};

/** Shafts and cabs: painted on their own, many times a second while a cab is on its way. */
export const drawCabs = (frame: Frame, open: OpenTower, world: World): number => {
  const { context, eye, scale, now, sprites, locale } = frame;
  const shafts = open.tower?.shafts ?? [];
  if (shafts.length === 0) return Infinity;
  const words = wordsOf(locale);
  const { plan, parted, middle } = open;
  const gap = plan.step * 1.5;
  const half = plan.step * 0.55;
  let moves = false;
  const offsets = spread(shafts.length, gap);
  shafts.forEach((shaft, i) => {
    // Side by side across the screen, in front of the middle of the house.
    const along = offsets[i] ?? 0;
    const x = middle[0] + eye.right[0] * along;
    const y = middle[1] + eye.right[1] * along;
    const corner = (side: number, h: number): Spot | null =>
      onScreen(frame, open, x + eye.right[0] * half * side, y + eye.right[1] * half * side, h);
    const box = (low: number, high: number): Spot[] =>
      [corner(-1, low), corner(1, low), corner(1, high), corner(-1, high)].flatMap((p) => (p ? [p] : []));
    const column = box(plan.height(0, parted), plan.height(plan.floors.length, parted));
    if (column.length < 4) return;
    trace(context, column);
    context.fillStyle = css(surface.night, 0.6);
    context.fill();
    context.strokeStyle = css(ink.label, 0.55);
    context.lineWidth = 1;
    context.stroke();
    const cab = world.get('cab', shaft.elevatorId);
    if (!cab) return;
    const target = plan.row(cab.floor);
    const motion = moveCab(open.cabs.get(shaft.id) ?? { row: target, at: now }, target, now);
    open.cabs.set(shaft.id, motion);
    moves ||= motion.row !== target;
    const low = plan.height(motion.row, parted);
    const body = box(low, low + plan.step * 0.88);
    if (body.length < 4) return;
    const age = ageing[ageOf(AGE_LIMITS.cab, cab.heard, now)];
    // An idle cab reports nothing: standing still is not silence, only its source's silence is.
    const opacity = cab.direction === 'idle' ? 1 : age.opacity;
    const rider = bikeIn(cab);
    context.globalAlpha = opacity;
    trace(context, body);
    context.fillStyle = rider ? css(ink.value, 0.95) : css(ink.label, 0.95);
    context.fill();
    context.strokeStyle = surface.night;
    context.lineWidth = 1.5;
    context.stroke();
    const [a, b, c, d] = body as [Spot, Spot, Spot, Spot];
    const wide = b[0] - a[0];
    if (cab.door === 'closed') {
      context.beginPath();
      context.moveTo((a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
      context.lineTo((c[0] + d[0]) / 2, (c[1] + d[1]) / 2);
      context.stroke();
    } else {
      context.fillStyle = surface.night;
      context.fillRect(d[0] + wide * 0.28, d[1] + (a[1] - d[1]) * 0.14, wide * 0.44, (a[1] - d[1]) * 0.86);
    }
    context.globalAlpha = 1;
    const midX = (a[0] + b[0]) / 2;
    const midY = (a[1] + d[1]) / 2;
    frame.reserve(midX, midY, Math.max(8, wide * 0.6));
    if (rider) {
      const alarm = [...world.all('alarm').values()].find(
        (one) => one.type === 'e-bike' && String(one.deviceId) === String(cab.id) && isOpen(one),
      );
      const side = scale.symbol * 1.35;
      context.strokeStyle = ink.value;
      context.lineWidth = Math.max(2, scale.line);
      context.strokeRect(d[0] - 2, d[1] - 2, wide + 4, a[1] - d[1] + 4);
      const y = midY - side * 0.15;
      if (alarm)
        sprites.alarm(
          context,
          symbolForLabel('e-bike'),
          midX,
          y,
          side,
          alarm.level satisfies Level,
          alarm.state === 'acknowledged',
        );
      else sprites.plate(context, symbolForLabel('e-bike'), midX, y, side, ink.value);
      // Every ride begins on the ground floor: its words stay above what is written there of the control room.
      const ground = corner(0, plan.height(plan.row(1), parted))?.[1] ?? Infinity;
      frame.reserve(midX, y, side * 0.5, alarm ? { kind: 'alarm', id: alarm.id } : null);
      frame.label({
        text: `${words.label['e-bike']} · ${cabText(cab, words, locale)}`,
        x: midX,
        y: Math.min(y, ground - scale.rem * 1.4),
        gap: side * 0.62,
        size: scale.rem * 1.1,
        colour: ink.value,
        priority: 0,
        weight: 600,
        must: true,
      });
    } else {
      const held = cab.door === 'held' ? ` ${words.cab.held}` : '';
      const load = cab.load > 0 ? ` ${Math.round(cab.load)}kg` : '';
      frame.label({
        text: `${cabText(cab, words, locale)}${held || load}`,
        x: midX,
        y: midY,
        gap: wide * 0.62,
        size: scale.rem * 0.86,
        colour: held ? ink.value : ink.label,
        priority: held ? 1 : 5,
      });
    }
  });
  return moves ? 0 : Infinity;
};
