/**
 * Owns: the elevator cab seen by the camera in its ceiling: walls, doors, lobby, floor display.
 * Guarantees: what stands in the lobby is seen through the door opening only, as far as the leaves are
 * apart; metres, cab 2 wide, 2.35 deep, 2.4 high, door plane at z = -1.1.
 * Refuses: the story of the ride.
 */
import { lens, paint } from './lens.ts';
import type { Lens, Pen, Ramp, Vec3 } from './lens.ts';
import { capsule, draw, middle } from './solid.ts';
import type { Solid } from './solid.ts';
import { wallDigits } from './digits.ts';
import { H, W, noise } from './stage.ts';

export interface CabState {
  /** 0 closed to 1 open. */
  readonly open: number;
  readonly floor: number;
  readonly direction: 'up' | 'down' | 'idle';
  /** Share of the way from one floor to the next, for the light that passes the door gap. */
  readonly passing: number;
}

const doorZ = -1.1;
const half = 1;
const back = 1.4;
const high = 2.4;
const doorHalf = 0.52;
const doorHigh = 2.1;
export const cabLens: Lens = lens([0.02, 2.38, 1.24], [0, 0.86, -0.9], 66, W, H);
const eye = cabLens;

const ramp = (from: Vec3, to: Vec3, ...colours: string[]): Ramp => ({
  from,
  to,
  stops: colours.map((colour, i) => [i / Math.max(1, colours.length - 1), colour] as const),
});
const wallX = (x: number, z1: number, z2: number, y1: number, y2: number): Vec3[] => [
  [x, y1, z1],
  [x, y2, z1],
  [x, y2, z2],
  [x, y1, z2],
];
const wallZ = (z: number, x1: number, x2: number, y1: number, y2: number): Vec3[] => [
  [x1, y1, z],
  [x2, y1, z],
  [x2, y2, z],
  [x1, y2, z],
];
const ground = (x1: number, x2: number, z1: number, z2: number, y = 0): Vec3[] => [
  [x1, y, z1],
  [x2, y, z1],
  [x2, y, z2],
  [x1, y, z2],
];

/** Cuts the drawing to what the open doors let through. */
function throughDoor(pen: Pen, open: number, paintIt: () => void): void {
  if (open <= 0.01) return;
  pen.save();
  pen.beginPath();
  eye.trace(pen, wallZ(doorZ, -doorHalf * open, doorHalf * open, 0, doorHigh));
  pen.clip();
  paintIt();
  pen.restore();
}

/** Draws solids as this cab shows them: lobby ones through the door, the others before it. */
export function drawRiders(pen: Pen, open: number, solids: readonly Solid[]): void {
  const behind = solids.filter((solid) => middle(solid)[2] < doorZ);
  if (behind.length > 0) throughDoor(pen, open, () => draw(pen, eye, behind));
  draw(
    pen,
    eye,
    solids.filter((solid) => middle(solid)[2] >= doorZ),
  );
}

/** The whole picture: cab, lobby, doors, and everything in it. */
export function drawCab(
  pen: Pen,
  state: CabState,
  solids: readonly Solid[],
  shadows: readonly (readonly [number, number, number])[],
): void {
  pen.fillStyle = '#15171b';
  pen.fillRect(0, 0, W, H);
  floorAndWalls(pen);
  throughDoor(pen, state.open, () => {
    lobby(pen, state.floor);
    dropShadows(
      pen,
      shadows.filter(([, z]) => z < doorZ),
    );
    draw(
      pen,
      eye,
      solids.filter((solid) => middle(solid)[2] < doorZ),
    );
  });
  leaves(pen, state);
  front(pen, state);
  dropShadows(
    pen,
    shadows.filter(([, z]) => z >= doorZ),
  );
  draw(
    pen,
    eye,
    solids.filter((solid) => middle(solid)[2] >= doorZ),
  );
  vignette(pen);
}

function floorAndWalls(pen: Pen): void {
  paint(pen, eye, ground(-half, half, doorZ, back), '#6f6a63');
  const tile = 0.4;
  for (let i = 0; i < 5; i++) {
    for (let k = 0; k < 7; k++) {
      const x = -half + i * tile;
      const z = doorZ + k * tile;
      const tone = (i + k) % 2 === 0 ? ['#a59d91', '#8f877c'] : ['#8b8378', '#7a7369'];
      const inset = 0.006;
      paint(
        pen,
        eye,
        ground(x + inset, x + tile - inset, z + inset, Math.min(back, z + tile) - inset),
        ramp([x, 0, z], [x + tile, 0, z + tile], tone[0] ?? '', tone[1] ?? ''),
      );
    }
  }
  glow(pen, [0, 0, -0.2], 1.05, 'rgba(255,246,224,0.34)');
  for (const side of [-1, 1]) {
    const x = side * half;
    const panels = [doorZ, -0.62, -0.06, 0.5, 1.06, back];
    for (let i = 0; i < panels.length - 1; i++) {
      const z1 = panels[i] ?? 0;
      const z2 = panels[i + 1] ?? 0;
      paint(
        pen,
        eye,
        wallX(x, z1 + 0.006, z2 - 0.006, 0.1, high),
        ramp([x, 0.1, z1], [x, high, z2], '#6d7178', '#989da5', '#c9cdd3', '#aeb3ba'),
      );
      paint(
        pen,
        eye,
        wallX(x, z1 + 0.12, z1 + 0.22, 0.1, high),
        ramp([x, 0.1, z1], [x, high, z1], 'rgba(255,255,255,0.02)', 'rgba(255,255,255,0.2)'),
      );
    }
    paint(pen, eye, wallX(x, doorZ, back, 0, 0.1), '#3a3d43');
    const rail: Solid[] = [capsule([x - side * 0.06, 0.92, -0.95], [x - side * 0.06, 0.92, 0.7], 0.022, '#d9dde2')];
    for (const z of [-0.8, -0.1, 0.6]) rail.push(capsule([x, 0.92, z], [x - side * 0.06, 0.92, z], 0.014, '#a9aeb6'));
    draw(pen, eye, rail);
  }
  poster(pen);
  paint(pen, eye, ground(-half, half, doorZ, back, high), '#e3e2dc');
}

function poster(pen: Pen): void {
  const x = -half + 0.012;
  paint(pen, eye, wallX(x, -0.72, -0.02, 1.12, 1.98), '#2d3036');
  paint(
    pen,
    eye,
    wallX(x, -0.69, -0.05, 1.15, 1.95),
    ramp([x, 1.15, -0.69], [x, 1.95, -0.05], '#0f5a6b', '#2f8f8c', '#f0c987'),
  );
  paint(pen, eye, wallX(x, -0.6, -0.35, 1.25, 1.6), '#e9eef0');
  for (let i = 0; i < 3; i++) paint(pen, eye, wallX(x, -0.3, -0.12, 1.3 + i * 0.1, 1.35 + i * 0.1), '#d5e4e2');
}

function lobby(pen: Pen, floor: number): void {
  const hues = ['#c8b79a', '#b9c2bb', '#bdb6c6', '#c9b3a6', '#aebccb'];
  const wall = hues[Math.abs(floor) % hues.length] ?? '#bbb';
  paint(pen, eye, ground(-2.4, 2.4, -3.4, doorZ), ramp([0, 0, -3.4], [0, 0, doorZ], '#9c9488', '#c4bcae'));
  for (let i = 0; i < 5; i++)
    paint(pen, eye, ground(-2.4, 2.4, doorZ - 0.46 * i - 0.012, doorZ - 0.46 * i), 'rgba(70,62,52,0.35)');
  paint(pen, eye, wallZ(-3.4, -2.4, 2.4, 0, 2.6), wall);
  paint(pen, eye, wallZ(-3.39, -2.4, 2.4, 0, 0.12), '#5d554b');
  paint(pen, eye, wallZ(-3.39, -1.02, -0.42, 0, 2.05), '#6e4f38');
  paint(pen, eye, wallZ(-3.385, -0.96, -0.48, 0.06, 1.99), '#855f43');
  paint(pen, eye, wallZ(-3.38, 0.2, 0.74, 0.62, 1.5), '#a8201f');
  paint(pen, eye, wallZ(-3.375, 0.25, 0.69, 0.67, 1.45), '#d7e3e8');
  wallDigits(pen, eye, String(floor), [-0.24, 1.62, -3.37], [0.14, 0, 0], [0, -0.14, 0], '#2b3038');
  glow(pen, [0, 0, -2.2], 1.5, 'rgba(255,240,208,0.45)');
}

function leaves(pen: Pen, state: CabState): void {
  const gap = doorHalf * state.open;
  const steel = ['#7d828a', '#b3b8bf', '#d3d7dc'];
  if (gap < doorHalf) {
    for (const [x1, x2] of [
      [-doorHalf, -gap],
      [gap, doorHalf],
    ] as const) {
      paint(pen, eye, wallZ(doorZ, x1, x2, 0, doorHigh), ramp([x1, 0, doorZ], [x2, doorHigh, doorZ], ...steel));
      const inner = x1 < 0 ? x2 - 0.012 : x1;
      paint(pen, eye, wallZ(doorZ, inner, inner + 0.012, 0, doorHigh), '#3c4047');
    }
  }
  if (state.open < 0.02) {
    const light = state.direction === 'idle' ? 0.25 : 0.2 + 0.6 * Math.abs(0.5 - state.passing);
    paint(pen, eye, wallZ(doorZ, -0.004, 0.004, 0, doorHigh), `rgba(255,240,205,${light.toFixed(2)})`);
  }
  paint(pen, eye, ground(-doorHalf, doorHalf, doorZ - 0.05, doorZ + 0.05), '#474b52');
}

function front(pen: Pen, state: CabState): void {
  const steel = ['#787d85', '#a4a9b0', '#c6cad0'];
  for (const [x1, x2] of [
    [-half, -doorHalf],
    [doorHalf, half],
  ] as const) {
    paint(pen, eye, wallZ(doorZ, x1, x2, 0, high), ramp([x1, 0, doorZ], [x2, high, doorZ], ...steel));
    const edge = x1 < 0 ? x2 - 0.03 : x1;
    paint(pen, eye, wallZ(doorZ, edge, edge + 0.03, 0, doorHigh), '#565b63');
  }
  paint(
    pen,
    eye,
    wallZ(doorZ, -doorHalf, doorHalf, doorHigh, high),
    ramp([0, doorHigh, doorZ], [0, high, doorZ], '#8c9199', '#c0c4ca'),
  );
  display(pen, state, -0.24, 2.27, 0.48, 0.15);
  panel(pen, state);
}

function display(pen: Pen, state: CabState, x: number, top: number, w: number, h: number): void {
  const z = doorZ + 0.008;
  paint(pen, eye, wallZ(z, x, x + w, top - h, top), '#0b0d11');
  const text = String(state.floor);
  const figure = h * 0.36 * Math.min(1, (w * 0.5) / (h * 0.36 * (text.length * 1.6 - 0.4)));
  wallDigits(pen, eye, text, [x + w * 0.46, top - h * 0.14, z + 0.004], [figure, 0, 0], [0, -figure, 0], '#ff5a36');
  if (state.direction === 'idle') return;
  const [cx, cy, s] = [x + w * 0.22, top - h / 2, h * 0.3];
  const tip = state.direction === 'up' ? s : -s;
  paint(
    pen,
    eye,
    [
      [cx - s * 0.9, cy - tip * 0.7, z + 0.004],
      [cx + s * 0.9, cy - tip * 0.7, z + 0.004],
      [cx, cy + tip, z + 0.004],
    ],
    '#ff5a36',
  );
}

function panel(pen: Pen, state: CabState): void {
  const z = doorZ + 0.006;
  paint(pen, eye, wallZ(z, 0.65, 0.87, 0.78, 1.86), '#4b5058');
  paint(pen, eye, wallZ(z + 0.002, 0.665, 0.855, 0.8, 1.84), '#2a2d33');
  display(pen, state, 0.67, 1.82, 0.18, 0.15);
  for (let i = 0; i < 16; i++) {
    const x = 0.715 + (i % 2) * 0.09;
    const y = 0.88 + Math.floor(i / 2) * 0.092;
    const lit = i === (state.floor + 3) % 16;
    const spot = eye.see([x, y, z + 0.004]);
    pen.beginPath();
    pen.arc(spot.x, spot.y, 0.026 * spot.scale, 0, 2 * Math.PI);
    pen.fillStyle = lit ? '#ffb13d' : noise(i) > 0.5 ? '#cfd4da' : '#c2c7ce';
    pen.fill();
  }
}

/** Soft dark discs where things stand: [x, z, radius]. */
function dropShadows(pen: Pen, spots: readonly (readonly [number, number, number])[]): void {
  for (const [x, z, radius] of spots) glow(pen, [x, 0.001, z], radius, 'rgba(20,16,12,0.5)');
}

/** A soft disc lying on the floor. */
function glow(pen: Pen, at: Vec3, radius: number, colour: string): void {
  const spot = eye.see(at);
  const front = eye.see([at[0], at[1], at[2] + radius]);
  const flat = Math.min(1, Math.max(0.2, Math.abs(front.y - spot.y) / (radius * spot.scale)));
  pen.save();
  pen.translate(spot.x, spot.y);
  pen.scale(1, flat);
  const r = radius * spot.scale;
  const soft = pen.createRadialGradient(0, 0, 0, 0, 0, r);
  soft.addColorStop(0, colour);
  soft.addColorStop(1, colour.replace(/[\d.]+\)$/, '0)'));
  pen.fillStyle = soft;
  pen.beginPath();
  pen.arc(0, 0, r, 0, 2 * Math.PI);
  pen.fill();
  pen.restore();
}

function vignette(pen: Pen): void {
  const soft = pen.createRadialGradient(W / 2, H / 2, 170, W / 2, H / 2, 400);
  soft.addColorStop(0, 'rgba(0,0,0,0)');
  soft.addColorStop(1, 'rgba(6,8,12,0.55)');
  pen.fillStyle = soft;
  pen.fillRect(0, 0, W, H);
}
