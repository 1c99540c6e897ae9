/**
 * Owns: the town at dusk that the lookout camera looks down on: sky, hills, river, roofs.
 * Guarantees: drawn once and kept; the same town on every frame.
 * Refuses: anything that moves.
 */
import { createCanvas } from '@napi-rs/canvas';
import type { Canvas } from '@napi-rs/canvas';
import type { Pen } from './lens.ts';
import { shade } from './solid.ts';
import { H, W, noise } from './stage.ts';

const horizon = 132;
let kept: Canvas | undefined;

/** The still picture of the town. */
export function town(): Canvas {
  if (kept) return kept;
  const canvas = createCanvas(W, H);
  const pen = canvas.getContext('2d');
  sky(pen);
  ridge(pen, 118, 26, 0.006, 3, '#5d5878');
  ridge(pen, 128, 20, 0.011, 11, '#45466a');
  ridge(pen, 138, 15, 0.018, 23, '#33395a');
  far(pen);
  river(pen);
  middleRows(pen);
  nearRoofs(pen);
  haze(pen);
  kept = canvas;
  return canvas;
}

function sky(pen: Pen): void {
  const ramp = pen.createLinearGradient(0, 0, 0, horizon + 20);
  for (const [at, colour] of [
    [0, '#1b2745'],
    [0.35, '#43507c'],
    [0.62, '#96688a'],
    [0.82, '#dd8a76'],
    [1, '#f6bd7c'],
  ] as const)
    ramp.addColorStop(at, colour);
  pen.fillStyle = ramp;
  pen.fillRect(0, 0, W, H);
  const sun = pen.createRadialGradient(118, 120, 4, 118, 120, 460);
  sun.addColorStop(0, 'rgba(255,226,170,0.85)');
  sun.addColorStop(0.12, 'rgba(255,190,130,0.42)');
  sun.addColorStop(0.4, 'rgba(255,176,124,0.12)');
  sun.addColorStop(1, 'rgba(255,170,120,0)');
  pen.fillStyle = sun;
  pen.fillRect(0, 0, W, H);
  for (let i = 0; i < 9; i++) {
    const y = 22 + noise(i + 5) * 70;
    const x = noise(i + 60) * W;
    const streak = pen.createLinearGradient(x - 130, 0, x + 130, 0);
    streak.addColorStop(0, 'rgba(255,200,170,0)');
    streak.addColorStop(0.5, 'rgba(255,196,160,0.28)');
    streak.addColorStop(1, 'rgba(255,200,170,0)');
    pen.fillStyle = streak;
    pen.fillRect(x - 130, y, 260, 2 + noise(i) * 4);
  }
}

function ridge(pen: Pen, y: number, high: number, wave: number, seed: number, colour: string): void {
  pen.beginPath();
  pen.moveTo(0, H);
  for (let x = 0; x <= W; x += 4) {
    const up =
      Math.sin(x * wave + seed) * 0.5 +
      Math.sin(x * wave * 2.7 + seed * 2) * 0.28 +
      Math.sin(x * wave * 6.1 + seed * 3) * 0.12;
    pen.lineTo(x, y - high * (0.4 + up));
  }
  pen.lineTo(W, H);
  pen.fillStyle = colour;
  pen.fill();
}

/** A block of flats: lit side to the left, windows in rows, some with light. */
function block(pen: Pen, x: number, base: number, w: number, h: number, tone: string, seed: number): void {
  pen.fillStyle = tone;
  pen.fillRect(x, base - h, w, h);
  pen.fillStyle = shade(tone, 1.25);
  pen.fillRect(x, base - h, w * 0.28, h);
  pen.fillStyle = shade(tone, 0.7);
  pen.fillRect(x, base - h, w, Math.max(1, h * 0.03));
  const step = Math.max(3, w / 7);
  for (let wy = base - h + 4; wy < base - 3; wy += step * 1.15) {
    for (let wx = x + 2; wx < x + w - 2; wx += step) {
      const n = noise(seed * 977 + Math.round(wx) * 31 + Math.round(wy));
      pen.fillStyle = n > 0.7 ? (n > 0.88 ? '#ffe2a0' : '#f3bd6c') : shade(tone, 0.62);
      pen.fillRect(wx, wy, step * 0.5, step * 0.55);
    }
  }
}

function far(pen: Pen): void {
  pen.fillStyle = '#3c4060';
  pen.fillRect(0, 146, W, 40);
  for (let i = 0; i < 58; i++) {
    const w = 6 + noise(i) * 13;
    const h = 6 + noise(i + 300) * 20;
    block(pen, i * 11.4 - 4, 162 + noise(i + 90) * 6, w, h, i % 3 ? '#4c4f70' : '#57546f', i);
  }
  for (const [x, w, h] of [
    [402, 17, 62],
    [428, 15, 74],
    [452, 18, 58],
    [540, 15, 50],
    [232, 14, 46],
  ] as const)
    block(pen, x, 174, w, h, '#4f5474', x);
}

function river(pen: Pen): void {
  pen.beginPath();
  pen.moveTo(0, 186);
  pen.bezierCurveTo(140, 172, 260, 196, 380, 182);
  pen.bezierCurveTo(480, 172, 560, 176, W, 170);
  pen.lineTo(W, 178);
  pen.bezierCurveTo(560, 186, 480, 186, 390, 196);
  pen.bezierCurveTo(270, 212, 140, 190, 0, 206);
  pen.closePath();
  const ramp = pen.createLinearGradient(0, 0, W, 0);
  ramp.addColorStop(0, '#f0b184');
  ramp.addColorStop(0.3, '#c98d8a');
  ramp.addColorStop(1, '#5b6186');
  pen.fillStyle = ramp;
  pen.fill();
}

function middleRows(pen: Pen): void {
  for (let row = 0; row < 3; row++) {
    const base = 212 + row * 19;
    const size = 1 + row * 0.32;
    let x = -20 + row * 13;
    let i = row * 100;
    while (x < W) {
      const w = (20 + noise(i) * 22) * size;
      const h = (9 + noise(i + 7) * 17) * size;
      const tone = ['#555266', '#4b4d63', '#61586a', '#484f62'][i % 4] ?? '#555266';
      if (noise(i + 3) > 0.4) block(pen, x, base, w, h, tone, i);
      else roof(pen, x, base, w, h * 0.75, i);
      x += w + 2 + noise(i + 11) * 7;
      i++;
    }
  }
}

/** A house with a grey tiled pitched roof and a white wall. */
function roof(pen: Pen, x: number, base: number, w: number, h: number, seed: number): void {
  const eaves = base - h * 0.5;
  pen.fillStyle = '#a79b96';
  pen.fillRect(x + w * 0.05, eaves, w * 0.9, h * 0.5);
  pen.fillStyle = '#7a7078';
  pen.fillRect(x + w * 0.55, eaves, w * 0.4, h * 0.5);
  if (noise(seed + 17) > 0.45) {
    pen.fillStyle = '#f4b763';
    pen.fillRect(x + w * 0.2, eaves + h * 0.16, w * 0.09, h * 0.2);
    pen.fillRect(x + w * 0.68, eaves + h * 0.16, w * 0.09, h * 0.2);
  }
  pen.beginPath();
  pen.moveTo(x - w * 0.05, eaves + 1);
  pen.lineTo(x + w * 0.12, eaves - h * 0.52);
  pen.lineTo(x + w * 0.9, eaves - h * 0.52);
  pen.lineTo(x + w * 1.05, eaves + 1);
  pen.closePath();
  const ramp = pen.createLinearGradient(x, eaves - h * 0.5, x, eaves);
  const tone = ['#4a4d5a', '#43454f', '#52505a'][seed % 3] ?? '#4a4d5a';
  ramp.addColorStop(0, shade(tone, 1.35));
  ramp.addColorStop(1, shade(tone, 0.8));
  pen.fillStyle = ramp;
  pen.fill();
  pen.strokeStyle = 'rgba(20,20,28,0.35)';
  pen.lineWidth = 0.7;
  const lines = Math.round(w / 6);
  for (let k = 1; k < lines; k++) {
    pen.beginPath();
    pen.moveTo(x + w * 0.12 + (w * 0.78 * k) / lines, eaves - h * 0.52);
    pen.lineTo(x - w * 0.05 + (w * 1.1 * k) / lines, eaves + 1);
    pen.stroke();
  }
  pen.fillStyle = '#2b2d36';
  pen.fillRect(x + w * 0.1, eaves - h * 0.56, w * 0.82, Math.max(1.5, h * 0.06));
}

function nearRoofs(pen: Pen): void {
  for (let row = 0; row < 4; row++) {
    const base = 280 + row * 30;
    let x = -70 + row * 23;
    let i = 1000 + row * 50;
    while (x < W) {
      const w = 66 + row * 16 + noise(i) * 40;
      roof(pen, x, base, w, 34 + row * 8 + noise(i + 2) * 8, i);
      x += w * (0.98 + noise(i + 4) * 0.16);
      i++;
    }
  }
}

function haze(pen: Pen): void {
  const ramp = pen.createLinearGradient(0, 110, 0, 270);
  ramp.addColorStop(0, 'rgba(240,180,150,0)');
  ramp.addColorStop(0.3, 'rgba(226,160,150,0.26)');
  ramp.addColorStop(1, 'rgba(120,100,140,0)');
  pen.fillStyle = ramp;
  pen.fillRect(0, 100, W, 180);
  const low = pen.createLinearGradient(0, 220, 0, H);
  low.addColorStop(0, 'rgba(10,14,30,0)');
  low.addColorStop(1, 'rgba(10,14,30,0.42)');
  pen.fillStyle = low;
  pen.fillRect(0, 220, W, 140);
}
