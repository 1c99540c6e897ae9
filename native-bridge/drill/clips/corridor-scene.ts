/**
 * Owns: the corridor of a high-rise: somebody walks through, later smoke and flames come from a door.
 * Guarantees: `calm` shows no smoke; `fire` begins with the first puff.
 * Refuses: people in the fire.
 */
import type { ClipBox } from '../clip.ts';
import { person } from './figures.ts';
import { lens, paint } from './lens.ts';
import type { Pen, Ramp, Vec3 } from './lens.ts';
import { disc, drawFlames, drawPlume } from './smoke.ts';
import type { Plume } from './smoke.ts';
import { draw } from './solid.ts';
import { FPS, H, W, between, noise, observe } from './stage.ts';
import type { Scene } from './stage.ts';

const eye = lens([0.25, 2.45, 0.6], [-0.1, 1.05, -5], 58, W, H);
const [half, high, end] = [1.15, 2.6, -15];
const fireAt = 12;
const doorZ = -4.6;

const ramp = (from: Vec3, to: Vec3, ...colours: string[]): Ramp => ({
  from,
  to,
  stops: colours.map((colour, i) => [i / (colours.length - 1), colour] as const),
});
const side = (x: number, z1: number, z2: number, y1: number, y2: number): Vec3[] => [
  [x, y1, z1],
  [x, y2, z1],
  [x, y2, z2],
  [x, y1, z2],
];
const flat = (x1: number, x2: number, z1: number, z2: number, y: number): Vec3[] => [
  [x1, y, z1],
  [x2, y, z1],
  [x2, y, z2],
  [x1, y, z2],
];
const wall = (x1: number, x2: number, y1: number, y2: number, z: number): Vec3[] => [
  [x1, y1, z],
  [x2, y1, z],
  [x2, y2, z],
  [x1, y2, z],
];

function corridor(pen: Pen, heat: number): void {
  pen.fillStyle = '#1a1b1e';
  pen.fillRect(0, 0, W, H);
  paint(pen, eye, flat(-half, half, end, 1.5, 0), ramp([0, 0, end], [0, 0, 1], '#6b6a66', '#a9a59c'));
  for (let z = 0; z > end; z -= 0.8) paint(pen, eye, flat(-half, half, z, z - 0.015, 0), 'rgba(60,55,48,0.4)');
  paint(pen, eye, flat(-half, half, end, 1.5, high), ramp([0, high, end], [0, high, 1], '#8d8c88', '#d2d0ca'));
  for (const x of [-half, half]) {
    paint(pen, eye, side(x, end, 1.5, 0, high), ramp([x, 0, end], [x, 0, 1], '#8e8a80', '#cfc9ba'));
    paint(pen, eye, side(x, end, 1.5, 0, 0.95), ramp([x, 0, end], [x, 0, 1], '#5f7670', '#86a198'));
    paint(pen, eye, side(x, end, 1.5, 0.93, 0.99), '#e4e0d4');
    paint(pen, eye, side(x, end, 1.5, 0, 0.1), '#4a4d4c');
  }
  paint(pen, eye, wall(-half, half, 0, high, end), '#7c8794');
  paint(pen, eye, wall(-0.7, 0.7, 0.9, 2.1, end + 0.02), '#b9cfe2');
  for (let i = 0; i < 5; i++) {
    const z = -1.6 - i * 3;
    paint(pen, eye, flat(-0.32, 0.32, z, z - 1.2, high - 0.01), '#fdfbf2');
    const spot = eye.see([0, 0, z - 0.6]);
    disc(pen, spot.x, spot.y, 0.75 * spot.scale, '#fff8e2', 0.22);
    for (const x of [-half, half]) door(pen, x, z - 0.2, x < 0 && i === 1 ? heat : 0);
  }
  cabinet(pen);
  exitSign(pen);
}

function door(pen: Pen, x: number, z: number, heat: number): void {
  const inward = x < 0 ? 0.01 : -0.01;
  paint(pen, eye, side(x + inward, z + 0.08, z - 1.08, 0, 2.14), '#57493c');
  paint(
    pen,
    eye,
    side(x + 1.5 * inward, z, z - 1, 0, 2.06),
    heat > 0
      ? ramp([x, 0, z], [x, 2.06, z], '#ff9d3c', '#5b2a17', '#17110f')
      : ramp([x, 0, z], [x, 2.06, z], '#8a6a4c', '#a27f5d'),
  );
  if (heat > 0) return;
  paint(pen, eye, side(x + 2 * inward, z - 0.82, z - 0.92, 0.98, 1.1), '#d8c28a');
  paint(pen, eye, side(x + 2 * inward, z - 0.4, z - 0.6, 1.5, 1.62), '#e5e1d6');
}

function cabinet(pen: Pen): void {
  const x = half - 0.02;
  paint(pen, eye, side(x, -2.95, -3.7, 0.55, 1.45), '#b3211e');
  paint(pen, eye, side(x - 0.01, -3.02, -3.63, 0.62, 1.38), '#d8e4e8');
  paint(pen, eye, side(x - 0.015, -3.1, -3.5, 0.8, 1.2), '#c43a2f');
}

function exitSign(pen: Pen): void {
  paint(pen, eye, wall(-0.42, 0.42, 2.16, 2.44, -8.4), '#0b6b3c');
  paint(pen, eye, wall(-0.38, 0.38, 2.19, 2.41, -8.39), '#19a35c');
  paint(
    pen,
    eye,
    [
      [-0.3, 2.3, -8.38],
      [-0.12, 2.38, -8.38],
      [-0.12, 2.22, -8.38],
    ],
    '#eafff3',
  );
  paint(pen, eye, wall(-0.12, 0.26, 2.275, 2.325, -8.38), '#eafff3');
}

const mouth = eye.see([-half + 0.25, 1.9, doorZ - 0.5]);
const foot = eye.see([-half + 0.05, 0.05, doorZ - 0.4]);
const plume: Plume = {
  x: mouth.x,
  y: mouth.y,
  start: fireAt,
  grow: 6,
  life: 6,
  rate: 10,
  rise: 13,
  wind: 13,
  born: 10,
  spread: 11,
  dark: '#2a2826',
  lit: '#6d6259',
};
const flames = (pen: Pen, t: number): void =>
  drawFlames(pen, foot.x - 3, foot.x + 17, foot.y, 18 + 34 * Math.min(1, (t - fireAt - 2) / 5), t);

function walker(t: number) {
  if (t > 9.4) return null;
  const z = between(t, [
    [0, -13],
    [9.4, 0.3],
  ]);
  return person(
    { at: [0.28, z], turn: 0.02, stride: z * 4.4 },
    { coat: '#d0d5dc', legs: '#2d3850', hair: '#1a1512', skin: '#e6bb93' },
  );
}

export const corridorScene: Scene = {
  name: 'corridor-fire',
  kind: 'corridor',
  frames: 28 * FPS,
  sections: { calm: [0, 12 * FPS], fire: [12 * FPS, 28 * FPS] },
  draw(pen, frame) {
    const t = frame / FPS;
    const heat = t < fireAt ? 0 : 1;
    corridor(pen, heat);
    const solids = walker(t);
    if (solids) draw(pen, eye, solids);
    const seen: (ClipBox | null)[] = [];
    if (solids) seen.push(observe('person', 'p1', frame, 0.95, (to) => draw(to, eye, solids)));
    if (heat > 0) {
      if (t > fireAt + 2) {
        disc(pen, foot.x + 8, foot.y - 20, 90 + 8 * noise(frame), '#ff8a3c', 0.34);
        flames(pen, t);
        seen.push(observe('flame', 'fl1', frame + 3, 0.93, (to) => flames(to, t)));
      }
      drawPlume(pen, plume, t);
      const thick = Math.min(1, (t - fireAt) / 12);
      const layer = pen.createLinearGradient(0, 0, 0, 210);
      layer.addColorStop(0, `rgba(38,36,34,${(0.85 * thick).toFixed(3)})`);
      layer.addColorStop(1, 'rgba(38,36,34,0)');
      pen.fillStyle = layer;
      pen.fillRect(0, 0, W, 210);
      seen.push(observe('smoke', 'sm1', frame + 5, 0.94, (to) => drawPlume(to, plume, t)));
    }
    return seen.filter((box) => box !== null);
  },
};
