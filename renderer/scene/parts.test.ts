import { expect, test, vi } from 'vitest';
import { createView } from '../store/view.ts';
import { createParts } from './parts.ts';

const settled = (): Promise<void> => new Promise((go) => setTimeout(go, 0));

test('S23: a part that cannot come is named with the reason, and the rest comes', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  const view = createView();
  let came = 0;
  const parts = createParts(view, () => (came += 1));
  let stands = false;
  parts.bring('ground', () => Promise.reject(new Error('boundary.geojson: 404')));
  parts.bring('places', async () => {
    expect(await parts.orNone('roads', Promise.reject(new Error('cut off')), 7)).toBe(7);
    stands = true;
  });
  expect(parts.pending()).toBe(2);
  await settled();
  expect([parts.pending(), came, stands]).toEqual([0, 2, true]);
  expect(view.getState().sceneTrouble).toEqual([
    { part: 'ground', why: 'Error: boundary.geojson: 404' },
    { part: 'roads', why: 'Error: cut off' },
  ]);
});

test('S23: a stage that is gone adds nothing and says nothing; the next one begins with nothing missing', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  const view = createView();
  const parts = createParts(view, () => undefined);
  parts.lacks('tiles', 'a.glb');
  expect(view.getState().sceneTrouble).toHaveLength(1);
  parts.bring('buildings', async () => {
    await settled();
    parts.alive(1);
  });
  parts.dispose();
  createParts(view, () => undefined);
  await settled();
  await settled();
  expect(view.getState().sceneTrouble).toEqual([]);
});
