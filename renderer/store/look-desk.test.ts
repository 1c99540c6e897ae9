import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepViews, readViews } from './kept-views.ts';
import { createLookDesk } from './look-desk.ts';
import { createView, type KeptView } from './view.ts';
import { createWorld } from './world.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const KEPT: KeptView = { lon: 120.8, lat: 30, h: 0, range: 900, heading: 12, pitch: -30 };
const desk = () => {
  const view = createView();
  const nothing = vi.fn();
  return { view, nothing, ...createLookDesk({ world: createWorld(), view }, nothing) };
};
const storage = (first: string | null = null) => {
  let text = first;
  return { getItem: () => text, setItem: (_key: string, value: string) => void (text = value), text: () => text };
};

test('K5: a number after its key keeps or recalls a view; later it is an alarm’s again', () => {
  const { view, keep, recall, number, nothing } = desk();
  expect(number(3)).toBe(false);
  keep();
  expect(number(3)).toBe(true);
  expect(view.getState().keepAs).toEqual({ n: 3 });
  view.setState({ keptViews: { 3: KEPT }, tour: true });
  recall();
  expect(number(3)).toBe(true);
  expect(view.getState()).toMatchObject({ flyTo: KEPT, tour: false, numberFor: null });
  recall();
  expect(number(4)).toBe(true);
  expect(nothing).toHaveBeenCalledOnce();
  recall();
  vi.advanceTimersByTime(10_000);
  expect(number(3)).toBe(false);
});
test('K5: there is one eye: tour and ride end each other, and going back ends both', () => {
  const { view, tour, ride, close, nothing } = desk();
  ride();
  expect(nothing).toHaveBeenCalledOnce();
  tour();
  expect(view.getState().tour).toBe(true);
  expect(close()).toBe(true);
  expect(view.getState().tour).toBe(false);
  expect(close()).toBe(false);
});
test('K5: what was kept is there after a restart; what cannot be read is left out, the rest stands', () => {
  const kept = storage();
  const first = createView();
  keepViews(first, kept, 'k');
  first.setState({ keptViews: { 2: KEPT } });
  const second = createView();
  keepViews(second, kept, 'k');
  expect(second.getState().keptViews).toEqual({ 2: KEPT });
  const warned = vi.spyOn(console, 'warn').mockReturnValue();
  expect(readViews(JSON.stringify({ 1: KEPT, 2: { lon: 1 }, x: KEPT }))).toEqual({ 1: KEPT });
  expect(readViews('{not json')).toEqual({});
  expect(warned).toHaveBeenCalledTimes(3);
  warned.mockRestore();
});
test('K5: a forbidden storage never stops the wall', () => {
  const warned = vi.spyOn(console, 'warn').mockReturnValue();
  const no = (): never => {
    throw new Error('denied');
  };
  const view = createView();
  keepViews(view, { getItem: no, setItem: no }, 'k');
  view.setState({ keptViews: { 1: KEPT } });
  expect(view.getState().keptViews).toEqual({ 1: KEPT });
  warned.mockRestore();
});
test('S20: one key goes through night, dusk, day and the light outside, and comes back to night', () => {
  const { view, light } = desk();
  const seen = [view.getState().look];
  for (let i = 0; i < 4; i++) {
    light();
    seen.push(view.getState().look);
  }
  expect(seen).toEqual(['night', 'dusk', 'day', 'sun', 'night']);
});
