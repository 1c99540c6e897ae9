/**
 * Lines of the opened high-rise on the screen, and the names of its floors.
 *
 * Owns: from a point of the tower to a point of the screen. Guarantees: what lies behind the eye is left out.
 * Refuses: colours.
 */
import type { CabRecord } from '../../../native-bridge/contract/records.ts';
import type { Words } from '../../design/locale/words.ts';
import type { Frame } from '../overlay/overlay.ts';
import type { OpenTower } from './model.ts';

export type Spot = [x: number, y: number];

/** A point of the tower on the screen; null behind the eye. */
export const onScreen = ({ eye, spot }: Frame, { middle }: OpenTower, x: number, y: number, h: number): Spot | null =>
  eye.project(x, y, middle[2] + h, spot) ? [spot[0] ?? 0, spot[1] ?? 0] : null;

export const ringAt = (frame: Frame, open: OpenTower, h: number): Spot[] =>
  open.ring.flatMap(([x, y]) => {
    const point = onScreen(frame, open, x, y, h);
    return point ? [point] : [];
  });
export const trace = (context: CanvasRenderingContext2D, points: readonly Spot[]): void => {
  context.beginPath();
  points.forEach(([x, y], i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
  context.closePath();
};
export const floorName = (words: Words, locale: 'zh' | 'en', floor: number): string =>
  locale === 'zh' ? words.place.floor(floor) : floor < 0 ? `B${-floor}` : `F${floor}`;
/** An e-bike that nobody has rejected rides in it. */
export const bikeIn = (cab: CabRecord): boolean =>
  cab.riders.some(({ label, verdict }) => label === 'e-bike' && verdict !== 'rejected');
