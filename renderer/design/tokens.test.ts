import { expect, test } from 'vitest';
import { contrast, distance, lightness, mix, parse, luminance, type Sight } from './colour.ts';
import {
  inkSunlight,
  linkSunlight,
  surfaceSunlight,
  surfaceSunlightPast,
  alarm,
  chart,
  ground,
  grounds as looks,
  ink,
  LEVELS,
  link,
  LOOKS,
  risk,
  RISK_ORDER,
  surface,
  surfacePast,
} from './tokens.ts';

const sights: readonly Sight[] = ['normal', 'protanopia', 'deuteranopia'];
const surfaces = [surface, surfacePast];
const grounds = surfaces.flatMap(({ night, panel, raised, chosen }) => [night, panel, raised, chosen]);

test('the arithmetic agrees with known values of WCAG 2 and CIELAB', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  expect(lightness('#777777')).toBeCloseTo(50.03, 1);
  expect(distance('#ff0000', '#00ff00')).toBeCloseTo(170.6, 0);
  expect(distance('#ff0000', '#6d5c00', 'protanopia')).toBeLessThan(distance('#ff0000', '#6d5c00') / 2);
  expect(mix('#000000', '#ffffff', 1)).toBe('#ffffff');
});

test.each(grounds)('D1: values at 7:1, labels at 4.5:1, marks at 3:1 on %s', (on) => {
  expect(contrast(ink.value, on)).toBeGreaterThanOrEqual(7);
  for (const colour of [ink.label, ink.quiet, ink.accent]) expect(contrast(colour, on)).toBeGreaterThanOrEqual(4.5);
  for (const { colour } of Object.values(link)) expect(contrast(colour, on)).toBeGreaterThanOrEqual(4.5);
  for (const level of LEVELS) expect(contrast(alarm[level].colour, on)).toBeGreaterThanOrEqual(4.5);
});
test('D1: symbols of risk stand at 3:1 on panels; what is written on a plate of colour at 4.5:1, on a plate of value at 7:1', () => {
  for (const name of RISK_ORDER) {
    for (const { panel } of surfaces) expect(contrast(risk[name].colour, panel), name).toBeGreaterThanOrEqual(3);
    expect(contrast(risk[name].colour, risk[name].on), name).toBeGreaterThanOrEqual(4.5);
  }
  for (const level of LEVELS) expect(contrast(alarm[level].colour, alarm[level].on)).toBeGreaterThanOrEqual(4.5);
  expect(contrast(ink.onPlate, ink.value)).toBeGreaterThanOrEqual(7);
  expect(contrast(ink.onPlate, ink.accent)).toBeGreaterThanOrEqual(7);
});
test('D1: no pure black or white anywhere', () => {
  for (const colour of [
    ...surfaces.flatMap((one) => Object.values(one)),
    ...Object.values(ink),
    ...Object.values(ground),
    ...Object.values(chart),
  ]) {
    expect(luminance(parse(colour)), colour).toBeGreaterThan(0.001);
    expect(luminance(parse(colour)), colour).toBeLessThan(0.95);
  }
});

const light = [surfaceSunlight, surfaceSunlightPast];
const lit = light.flatMap(({ night, panel, raised, chosen }) => [night, panel, raised, chosen]);
test.each(lit)('D1: in sunlight values, labels and the edges of symbols at 7:1, the rest at 4.5:1 on %s', (on) => {
  for (const colour of [inkSunlight.value, inkSunlight.label]) expect(contrast(colour, on)).toBeGreaterThanOrEqual(7);
  for (const colour of [inkSunlight.quiet, inkSunlight.accent, ...Object.values(linkSunlight)])
    expect(contrast(colour, on)).toBeGreaterThanOrEqual(4.5);
  expect(contrast(inkSunlight.onPlate, inkSunlight.value)).toBeGreaterThanOrEqual(7);
  expect(contrast(inkSunlight.onPlate, inkSunlight.accent)).toBeGreaterThanOrEqual(7);
  expect(luminance(parse(on))).toBeLessThan(0.95);
});
test('D1: what keeps its colour in sunlight has an edge that stands out from it and from the surface', () => {
  const { value } = inkSunlight;
  for (const level of LEVELS) expect(contrast(alarm[level].colour, value)).toBeGreaterThanOrEqual(4.5);
  for (const name of RISK_ORDER) expect(contrast(risk[name].colour, value), name).toBeGreaterThanOrEqual(3);
});
test('D3: in sunlight no alarm colour is used for text or a link', () => {
  for (const level of LEVELS)
    for (const other of [...Object.values(inkSunlight), ...Object.values(linkSunlight)])
      expect(distance(alarm[level].colour, other), `${level} ${other}`).toBeGreaterThan(20);
});

test.each(LOOKS)('D1: labels of the map and alarms are read on land and water by the look of the %s', (look) => {
  for (const on of [looks[look].far, looks[look].land, looks[look].water]) {
    expect(contrast(ink.value, on)).toBeGreaterThanOrEqual(7);
    for (const colour of [ink.label, ink.quiet, ink.accent]) expect(contrast(colour, on)).toBeGreaterThanOrEqual(3);
    for (const level of LEVELS) expect(contrast(alarm[level].colour, on)).toBeGreaterThanOrEqual(3);
  }
});

test.each(sights)('D2: yellow, orange, red, blue fall in lightness by at least 6 for %s', (sight) => {
  const steps = (['yellow', 'orange', 'red', 'blue'] as const).map((name) => lightness(risk[name].colour, sight));
  for (let i = 1; i < steps.length; i++) expect((steps[i - 1] ?? 0) - (steps[i] ?? 0)).toBeGreaterThanOrEqual(6);
});
test('D2: bars carry the severity: the worse, the more', () => {
  expect(RISK_ORDER.map((name) => risk[name].bars)).toEqual([4, 3, 2, 1]);
});

test.each(sights)('D3: any two alarm colours are far apart for %s', (sight) => {
  for (const a of LEVELS)
    for (const b of LEVELS) if (a < b) expect(distance(alarm[a].colour, alarm[b].colour, sight)).toBeGreaterThan(25);
});
test('D3: no alarm colour is used for a risk, a link, a chart or text; shapes are four', () => {
  const others = [
    ...Object.values(ink),
    ...Object.values(chart),
    ...Object.values(link).map((l) => l.colour),
    ...RISK_ORDER.map((r) => risk[r].colour),
  ];
  for (const level of LEVELS)
    for (const other of others) expect(distance(alarm[level].colour, other), `${level} ${other}`).toBeGreaterThan(20);
  expect(new Set(LEVELS.map((level) => alarm[level].shape)).size).toBe(4);
});
