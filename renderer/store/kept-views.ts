/**
 * The kept views of a window, beyond its end.
 *
 * Owns: their place in the page's storage, by site and window. Guarantees: K5 what was kept is there after a restart; what
 *   cannot be read is left out and said once, the rest stands; a full or forbidden storage never stops the wall.
 * Refuses: anything but views: truth is the bridge's.
 */
import type { KeptView, ViewStore } from './view.ts';

const FIELDS = ['lon', 'lat', 'h', 'range', 'heading', 'pitch'] as const satisfies (keyof KeptView)[];

const isView = (value: unknown): value is KeptView =>
  typeof value === 'object' &&
  value !== null &&
  FIELDS.every((field) => Number.isFinite((value as Record<string, unknown>)[field]));

export const readViews = (text: string | null): Record<number, KeptView> => {
  if (text === null) return {};
  const views: Record<number, KeptView> = {};
  try {
    for (const [n, value] of Object.entries(JSON.parse(text) as Record<string, unknown>)) {
      if (/^[1-9]$/.test(n) && isView(value)) views[Number(n)] = value;
      else console.warn(`kept view ${n} cannot be read and is left out`);
    }
  } catch (error) {
    console.warn('the kept views cannot be read; keep them anew', error);
  }
  return views;
};

/** Returns the way to stop. */
export const keepViews = (
  view: ViewStore,
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  key: string,
): (() => void) => {
  try {
    view.setState({ keptViews: readViews(storage.getItem(key)) });
  } catch (error) {
    console.warn('no storage for kept views', error);
  }
  return view.subscribe((now, was) => {
    if (now.keptViews === was.keptViews) return;
    try {
      storage.setItem(key, JSON.stringify(now.keptViews));
    } catch (error) {
      console.warn('the view is kept for this session only', error);
    }
  });
};
