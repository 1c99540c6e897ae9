import { expect, test } from 'vitest';
import { ACT_ARCMIN, DIGIT_HEIGHT, HAN_HEIGHT, heightAt, READ_ARCMIN, scaleFor } from './scale.ts';
import { properties } from './theme.ts';

const WALL = { distance: 8, pixelPitch: 1.5 };
const DESK = { distance: 0.6, pixelPitch: 0.25 };
const arcmin = (mm: number, distance: number): number => ((2 * Math.atan(mm / 2000 / distance)) / Math.PI) * 180 * 60;

test('D4: at 8 m a label is 37 mm high and what must be acted on 51 mm', () => {
  expect(heightAt(READ_ARCMIN, 8)).toBeCloseTo(37.2, 1);
  expect(heightAt(ACT_ARCMIN, 8)).toBeCloseTo(51.2, 1);
});

test.each([
  ['wall', WALL, 3840, 2160],
  ['two screens', WALL, 7680, 2160],
  ['one screen seen from afar', WALL, 1920, 1080],
  ['field laptop', DESK, 1366, 768],
  ['desk', DESK, 1920, 1080],
] as const)('D4: digits reach 16′, Chinese and acts reach 22′ on %s', (_, viewing, width, height) => {
  const scale = scaleFor(viewing, width, height);
  const seen = (px: number): number => arcmin(px * viewing.pixelPitch, viewing.distance);
  expect(scale.legibleTo).toBe(viewing.distance);
  expect(seen(scale.rem * DIGIT_HEIGHT)).toBeGreaterThanOrEqual(READ_ARCMIN - 1e-9);
  expect(seen(scale.rem * HAN_HEIGHT)).toBeGreaterThanOrEqual(ACT_ARCMIN - 1e-9);
  expect(seen(scale.rem * scale.act * DIGIT_HEIGHT)).toBeGreaterThanOrEqual(ACT_ARCMIN - 1e-9);
});

test('D4: a screen too small for its distance holds the layout and says up to where it can be read', () => {
  const scale = scaleFor(WALL, 1366, 768);
  expect(1366 / scale.rem).toBeGreaterThanOrEqual(48);
  expect(768 / scale.rem).toBeGreaterThanOrEqual(27);
  expect(scale.legibleTo).toBeLessThan(8);
  const there = { ...WALL, distance: scale.legibleTo };
  expect(scaleFor(there, 1366, 768).rem).toBeCloseTo(scale.rem, 6);
});

test('D4: CSS pixels count in device pixels', () => {
  expect(scaleFor(WALL, 1920, 1080, 2).rem).toBeCloseTo(scaleFor(WALL, 3840, 2160).rem / 2, 6);
});

test('the form follows the room there is, not the pixels', () => {
  expect(scaleFor(WALL, 1920, 1080).form).toBe('tight');
  expect(scaleFor(WALL, 3840, 2160).form).toBe('normal');
  expect(scaleFor(WALL, 7680, 2160).form).toBe('wide');
  expect(scaleFor(DESK, 1920, 1080).form).toBe('normal');
  expect(scaleFor(DESK, 1366, 768).form).toBe('normal');
});

test('one token drives type, lines and symbols', () => {
  const [near, far] = [scaleFor(DESK, 7680, 4320), scaleFor({ ...DESK, distance: 3 }, 7680, 4320)];
  expect(far.rem / near.rem).toBeCloseTo(5, 2);
  expect(far.symbol / near.symbol).toBeCloseTo(5, 2);
  expect(far.line).toBeGreaterThan(near.line);
  expect(properties(far)['--symbol']).toBe(`${far.symbol}px`);
});
