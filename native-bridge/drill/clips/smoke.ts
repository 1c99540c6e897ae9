/**
 * Owns: smoke and flame made of soft discs that rise, drift and grow.
 * Guarantees: a fixed function of time; the column thickens from `start` on over `grow` seconds.
 * Refuses: physics.
 */
import type { Pen } from './lens.ts';
import { noise } from './stage.ts';

export interface Plume {
  /** Pixels: where it rises from. */
  readonly x: number;
  readonly y: number;
  /** Seconds: when it begins and how long until it is full. */
  readonly start: number;
  readonly grow: number;
  /** Seconds a disc lives, discs born a second, pixels a second up and to the right. */
  readonly life: number;
  readonly rate: number;
  readonly rise: number;
  readonly wind: number;
  /** Radius in pixels when born and its growth a second. */
  readonly born: number;
  readonly spread: number;
  readonly dark: string;
  readonly lit: string;
}

/** Draws the column at time t seconds. */
export function drawPlume(pen: Pen, plume: Plume, t: number): void {
  const first = Math.ceil(Math.max(0, t - plume.start - plume.life) * plume.rate);
  const last = Math.floor((t - plume.start) * plume.rate);
  for (let i = first; i <= last; i++) {
    const birth = plume.start + i / plume.rate;
    const age = t - birth;
    const power = Math.min(1, 0.25 + (0.75 * (birth - plume.start)) / plume.grow);
    const share = age / plume.life;
    if (share < 0 || share > 1) continue;
    const reach = Math.pow(age, 0.86);
    const x =
      plume.x + plume.wind * power * Math.pow(age, 1.25) + (noise(i * 3 + 1) - 0.5) * (plume.born * 1.6 + age * 5);
    const y = plume.y - plume.rise * (0.55 + 0.45 * power) * reach + (noise(i * 3 + 2) - 0.5) * 6;
    const radius = (plume.born + plume.spread * age) * (0.55 + 0.45 * power);
    const strength = 0.5 * power * Math.min(1, age * 3) * Math.pow(1 - share, 0.8);
    disc(pen, x, y, radius, plume.dark, strength);
    disc(pen, x + radius * 0.25, y - radius * 0.3, radius * 0.6, plume.lit, strength * 0.42);
  }
}

/** Draws flames of about `high` pixels over a base from x1 to x2 at time t seconds. */
export function drawFlames(pen: Pen, x1: number, x2: number, y: number, high: number, t: number): void {
  for (let i = 0; i < 16; i++) {
    const phase = (t * (1.3 + noise(i)) + noise(i + 40)) % 1;
    const x = x1 + (x2 - x1) * noise(i + 80) + Math.sin(t * 7 + i) * 2;
    const r = high * 0.2 * (1 - phase) + 1;
    const up = y - phase * high;
    disc(pen, x, up, r * 1.5, '#ff6a1a', 0.75 * (1 - phase * 0.6));
    disc(pen, x, up + r * 0.3, r * 0.9, '#ffd45e', 0.9 * (1 - phase));
  }
}

export function disc(pen: Pen, x: number, y: number, r: number, colour: string, alpha: number): void {
  const soft = pen.createRadialGradient(x, y, 0, x, y, r);
  const n = Number.parseInt(colour.slice(1), 16);
  const rgb = `${(n >> 16) & 255},${(n >> 8) & 255},${n & 255}`;
  soft.addColorStop(0, `rgba(${rgb},${alpha.toFixed(3)})`);
  soft.addColorStop(0.55, `rgba(${rgb},${(alpha * 0.62).toFixed(3)})`);
  soft.addColorStop(1, `rgba(${rgb},0)`);
  pen.fillStyle = soft;
  pen.beginPath();
  pen.arc(x, y, r, 0, 2 * Math.PI);
  pen.fill();
}
