import { expect, test } from 'vitest';
import { hiddenLayers, isLayerOn, keepLayers, switchLayer } from './layers.ts';
import { LAYERS } from './layer-names.ts';
import { createView } from './view.ts';

const memory = (held: Record<string, string> = {}) => ({
  getItem: (key: string) => held[key] ?? null,
  setItem: (key: string, value: string) => void (held[key] = value),
});

test('L1: nobody chose: all is shown but what answers a question', () => {
  const view = createView().getState();
  expect(LAYERS.filter((layer) => !isLayerOn(view, layer))).toEqual(['cover', 'dark']);
  expect(hiddenLayers(view)).toEqual([]);
});
test('L1: a choice outlasts the window and is its own', () => {
  const storage = memory();
  const first = createView();
  keepLayers(first, storage, 'layers/a');
  switchLayer(first, 'hydrant');
  switchLayer(first, 'dark');
  const again = createView();
  keepLayers(again, storage, 'layers/a');
  expect(isLayerOn(again.getState(), 'hydrant')).toBe(false);
  expect(isLayerOn(again.getState(), 'dark')).toBe(true);
  expect(hiddenLayers(again.getState())).toEqual(['hydrant']);
  const other = createView();
  keepLayers(other, storage, 'layers/b');
  expect(hiddenLayers(other.getState())).toEqual([]);
  switchLayer(again, 'hydrant');
  expect(hiddenLayers(again.getState())).toEqual([]);
});
test('L1: what is unreadable counts as not chosen, and a storage that refuses stops nothing', () => {
  for (const bad of ['{', 'null', '{"hydrant":"no","nothing":false}']) {
    const view = createView();
    keepLayers(view, memory({ k: bad }), 'k');
    expect(view.getState().layers).toEqual({});
  }
  const no = (): never => {
    throw new Error('forbidden');
  };
  const view = createView();
  keepLayers(view, { getItem: no, setItem: no }, 'k');
  switchLayer(view, 'zones');
  expect(isLayerOn(view.getState(), 'zones')).toBe(false);
});
