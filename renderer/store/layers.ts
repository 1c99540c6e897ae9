/**
 * Which layers of the map this window shows.
 *
 * Owns: what is shown when nobody chose, and keeping what was chosen. Guarantees: L1 a choice is this window's own and outlasts it;
 *   what is unreadable counts as not chosen. Refuses: a switch for alarms, incidents and units: they cannot be hidden.
 */
import { LAYERS, type Layer } from './layer-names.ts';
import type { View, ViewStore } from './view.ts';

const ASKED_FOR: ReadonlySet<Layer> = new Set<Layer>(['cover', 'dark']);

export const isLayerOn = ({ layers }: Pick<View, 'layers'>, layer: Layer): boolean =>
  layers[layer] ?? !ASKED_FOR.has(layer);

export const switchLayer = (view: ViewStore, layer: Layer): void =>
  view.setState((now) => ({ layers: { ...now.layers, [layer]: !isLayerOn(now, layer) } }));

/** Those put out by hand that are shown when nobody chose: the wall says how many, so that nobody misses one unknowingly. */
export const hiddenLayers = (view: Pick<View, 'layers'>): Layer[] =>
  LAYERS.filter((layer) => !ASKED_FOR.has(layer) && !isLayerOn(view, layer));

const readLayers = (text: string | null): Partial<Record<Layer, boolean>> => {
  if (text === null) return {};
  try {
    const kept = JSON.parse(text) as Record<string, unknown>;
    return Object.fromEntries(
      LAYERS.flatMap((layer) => (typeof kept[layer] === 'boolean' ? [[layer, kept[layer]]] : [])),
    );
  } catch (error) {
    console.warn('the layers chosen cannot be read; choose them anew', error);
    return {};
  }
};

/** Takes up what was chosen and keeps what will be. Returns the way to stop. */
export const keepLayers = (
  view: ViewStore,
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  key: string,
): (() => void) => {
  try {
    const kept = readLayers(storage.getItem(key));
    view.setState(({ layers }) => ({ layers: { ...layers, ...kept } }));
  } catch (error) {
    console.warn('no storage for the layers chosen', error);
  }
  return view.subscribe((now, was) => {
    if (now.layers === was.layers) return;
    try {
      storage.setItem(key, JSON.stringify(now.layers));
    } catch (error) {
      console.warn('the layers are chosen for this session only', error);
    }
  });
};
