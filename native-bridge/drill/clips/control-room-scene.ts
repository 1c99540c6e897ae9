/**
 * Owns: the fire control room: somebody on duty, then the chair is empty.
 * Guarantees: `attended` and `unattended` each loop; the fact `persons` says how many are in the room.
 * Refuses: readable screens.
 */
import type { Clothes, Pose } from './figures.ts';
import { person, seated } from './figures.ts';
import { lens, paint } from './lens.ts';
import type { Pen, Ramp, Vec3 } from './lens.ts';
import { disc } from './smoke.ts';
import { capsule, crate, draw, hoop } from './solid.ts';
import type { Solid } from './solid.ts';
import { FPS, H, W, between, noise, observe } from './stage.ts';
import type { Scene } from './stage.ts';

const eye = lens([2.05, 2.5, 1.75], [-0.35, 0.72, -1.1], 58, W, H);
const [left, right, back, front, high] = [-2.2, 2.4, -1.9, 2.2, 2.8];
const wear: Clothes = { coat: '#29466e', legs: '#26303f', hair: '#1b1613', skin: '#e2b48d' };

const ramp = (from: Vec3, to: Vec3, ...colours: string[]): Ramp => ({
  from,
  to,
  stops: colours.map((colour, i) => [i / (colours.length - 1), colour] as const),
});
const wallZ = (x1: number, x2: number, y1: number, y2: number, z: number): Vec3[] => [
  [x1, y1, z],
  [x2, y1, z],
  [x2, y2, z],
  [x1, y2, z],
];
const wallX = (z1: number, z2: number, y1: number, y2: number, x: number): Vec3[] => [
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

function room(pen: Pen, t: number): void {
  pen.fillStyle = '#202329';
  pen.fillRect(0, 0, W, H);
  paint(pen, eye, flat(left, right, back, front, 0), ramp([left, 0, back], [right, 0, front], '#7d8288', '#9da2a6'));
  for (let i = 0; i < 9; i++) {
    paint(pen, eye, flat(left + i * 0.6, left + i * 0.6 + 0.012, back, front, 0), 'rgba(40,44,50,0.45)');
    paint(pen, eye, flat(left, right, back + i * 0.6, back + i * 0.6 + 0.012, 0), 'rgba(40,44,50,0.45)');
  }
  paint(pen, eye, wallZ(left, right, 0, high, back), ramp([0, 0, back], [0, high, back], '#a3a7aa', '#d5d6d4'));
  paint(pen, eye, wallX(back, front, 0, high, left), ramp([left, 0, back], [left, high, front], '#8c9196', '#c3c6c8'));
  paint(pen, eye, wallZ(left, right, 0, 0.12, back + 0.01), '#5a5f66');
  paint(pen, eye, wallX(back, front, 0, 0.12, left + 0.01), '#4f545b');
  firePanels(pen, t);
  board(pen);
}

/** Red steel cabinets with rows of lamps along the left wall. */
function firePanels(pen: Pen, t: number): void {
  for (let i = 0; i < 3; i++) {
    const z = -1.7 + i * 0.82;
    draw(pen, eye, [crate([left + 0.24, 0.95, z + 0.36], [0, 0, 1], [0.74, 1.9, 0.46], '#a8322b')]);
    const x = left + 0.475;
    paint(pen, eye, wallX(z + 0.06, z + 0.66, 1.1, 1.78, x), '#e3e5e4');
    paint(pen, eye, wallX(z + 0.1, z + 0.4, 1.46, 1.72, x + 0.004), '#1e5f58');
    for (let lamp = 0; lamp < 12; lamp++) {
      const at = eye.see([x + 0.008, 1.16 + Math.floor(lamp / 6) * 0.12, z + 0.12 + (lamp % 6) * 0.09]);
      const on = noise(lamp + i * 20) > 0.35 || (lamp === 3 && Math.floor(t) % 2 === 0);
      disc(pen, at.x, at.y, 3.2, on ? '#2fd06c' : '#5b6660', 1);
    }
  }
}

function board(pen: Pen): void {
  paint(pen, eye, wallZ(-0.6, 1.7, 1.52, 2.42, back + 0.02), '#2d333c');
  for (let i = 0; i < 4; i++) {
    const x = -0.55 + i * 0.56;
    paint(
      pen,
      eye,
      wallZ(x, x + 0.51, 1.57, 2.37, back + 0.03),
      ramp([x, 1.57, back], [x, 2.37, back], '#0f2f4f', '#1c5a86'),
    );
    for (let k = 0; k < 6; k++) {
      const w = 0.1 + noise(i * 9 + k) * 0.3;
      const y = 1.66 + k * 0.11;
      paint(pen, eye, wallZ(x + 0.05, x + 0.05 + w, y, y + 0.04, back + 0.035), k % 3 ? '#5fb6e6' : '#9be0c0');
    }
  }
}

const chairAt: Pose = { at: [0.55, -0.42], turn: 2.95 };

function furniture(): Solid[] {
  const along: Vec3 = [1, 0, 0];
  const solids: Solid[] = [
    crate([0.55, 0.72, -1.25], along, [2.6, 0.06, 0.8], '#b9b2a4'),
    crate([-0.62, 0.36, -1.25], along, [0.06, 0.7, 0.76], '#8f897d'),
    crate([1.72, 0.36, -1.25], along, [0.06, 0.7, 0.76], '#8f897d'),
    crate([0.55, 0.4, -1.58], along, [2.3, 0.5, 0.04], '#9d978a'),
    crate([1.35, 0.84, -1.1], along, [0.22, 0.16, 0.2], '#c22f2a'),
    crate([0.5, 0.765, -0.98], along, [0.52, 0.025, 0.18], '#30343b'),
  ];
  for (let i = 0; i < 3; i++) {
    const x = -0.2 + i * 0.62;
    solids.push(
      crate([x, 1.08, -1.36], along, [0.56, 0.36, 0.05], '#1c1f25'),
      crate([x, 1.08, -1.33], along, [0.5, 0.3, 0.01], '#2c7fb5'),
      capsule([x, 0.76, -1.38], [x, 0.95, -1.38], 0.03, '#33373f'),
    );
  }
  return solids;
}

function chair(turn: number): Solid[] {
  const [x, z] = chairAt.at;
  const ahead: Vec3 = [Math.sin(turn), 0, Math.cos(turn)];
  const at = (u: number, v: number): Vec3 => [x + ahead[0] * u, v, z + ahead[2] * u];
  return [
    ...hoop([x, 0.06, z], [1, 0, 0], [0, 0, 1], 0.25, 0.03, '#2a2d33'),
    capsule([x, 0.06, z], [x, 0.42, z], 0.035, '#8d949e'),
    crate(at(0, 0.47), ahead, [0.46, 0.08, 0.46], '#2f3640'),
    crate(at(-0.26, 0.8), ahead, [0.07, 0.5, 0.42], '#374150'),
  ];
}

/** When the duty officer gets up, is on the way, is out of the picture. */
const [up, away, gone] = [8, 9, 12];

function officer(t: number): Solid[] {
  if (t >= gone) return [];
  if (t < up) {
    const lean = 0.03 * Math.sin(t * 1.3);
    const reach: [Vec3, Vec3] = [
      [0.36 + lean, 0.8, -0.93],
      [0.68, 0.8, -0.93 + lean],
    ];
    return seated(chairAt, wear, 0.54, reach);
  }
  const x = between(t, [
    [away, 0.62],
    [gone, 3.4],
  ]);
  const z = between(t, [
    [up, -0.72],
    [away, -0.7],
    [gone, 0.7],
  ]);
  return person({ at: [x, z], turn: t < away ? 2.4 - (t - up) : 1.3, stride: x * 4.4 }, wear);
}

export const controlRoomScene: Scene = {
  name: 'control-room',
  kind: 'control-room',
  frames: 24 * FPS,
  sections: {
    attended: [0, 8 * FPS],
    leaving: [8 * FPS, 12 * FPS],
    unattended: [12 * FPS, 24 * FPS],
  },
  draw(pen, frame) {
    const t = frame / FPS;
    room(pen, t);
    const body = officer(t);
    const turn = chairAt.turn + (t < up ? 0 : Math.min(0.9, (t - up) * 0.9));
    draw(pen, eye, furniture());
    draw(pen, eye, [...chair(turn), ...body]);
    const vignette = pen.createRadialGradient(W / 2, H / 2, 190, W / 2, H / 2, 420);
    vignette.addColorStop(0, 'rgba(0,0,0,0)');
    vignette.addColorStop(1, 'rgba(8,10,14,0.5)');
    pen.fillStyle = vignette;
    pen.fillRect(0, 0, W, H);
    const box = body.length > 0 ? observe('person', 'p1', frame, 0.95, (to) => draw(to, eye, body)) : null;
    return box ? [box] : [];
  },
  fact: (frame) => ({ persons: frame / FPS < gone - 0.6 ? 1 : 0 }),
};
