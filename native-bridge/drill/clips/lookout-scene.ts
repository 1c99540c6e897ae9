/**
 * Owns: the lookout's story: a quiet dusk, then smoke over the roofs that grows into a column.
 * Guarantees: `calm` has no smoke at all and loops; `full` loops with the column standing.
 * Refuses: moving the camera; its view is fixed.
 */
import type { ClipBox } from '../clip.ts';
import type { Pen } from './lens.ts';
import { disc, drawFlames, drawPlume } from './smoke.ts';
import type { Plume } from './smoke.ts';
import { FPS, noise, observe } from './stage.ts';
import type { Scene } from './stage.ts';
import { town } from './town.ts';

const plume: Plume = {
  x: 372,
  y: 222,
  start: 8,
  grow: 14,
  life: 7.5,
  rate: 9,
  rise: 31,
  wind: 10,
  born: 6,
  spread: 6.6,
  dark: '#34323a',
  lit: '#a5837c',
};
const burning = 14;

function traffic(pen: Pen, t: number): void {
  for (let i = 0; i < 7; i++) {
    const along = (t * (0.012 + noise(i) * 0.012) + noise(i + 20)) % 1;
    const x = along * 700 - 30;
    disc(pen, x, 199 + Math.sin(x / 90) * 5, 2.6, i % 2 ? '#fff0c0' : '#ff5a48', 0.95);
  }
}

function fire(pen: Pen, t: number): void {
  if (t < burning) return;
  const strength = Math.min(1, (t - burning) / 8);
  disc(pen, 372, 220, 30 * strength + 6, '#ff7a2c', 0.4 * strength);
  drawFlames(pen, 364, 381, 226, 10 + 9 * strength, t);
}

export const lookoutScene: Scene = {
  name: 'lookout-smoke',
  kind: 'lookout',
  frames: 36 * FPS,
  sections: { calm: [0, 8 * FPS], rising: [8 * FPS, 28 * FPS], full: [28 * FPS, 36 * FPS] },
  draw(pen, frame) {
    const t = frame / FPS;
    pen.drawImage(town(), 0, 0);
    traffic(pen, t);
    fire(pen, t);
    drawPlume(pen, plume, t);
    const seen: (ClipBox | null)[] = [observe('smoke', 'sm1', frame, 0.96, (measure) => drawPlume(measure, plume, t))];
    if (t > burning + 3) {
      seen.push(
        observe('flame', 'fl1', frame + 9, 0.9, (measure) => {
          const strength = Math.min(1, (t - burning) / 8);
          drawFlames(measure, 364, 381, 226, 10 + 9 * strength, t);
        }),
      );
    }
    return seen.filter((box) => box !== null);
  },
};
