// Which window goes on which display. Pure: displays and the profile's windows in, places out.
// Guarantees: at least one window; a window whose display is missing waits for it, the others stay where they stand; displays count from the primary one,
// then from left to right, top to bottom, however the system numbers them.

export interface DisplayPlace {
  readonly id: number;
  readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/** As in a site profile. */
export interface WantedWindow {
  readonly id: string;
  readonly display: number;
  readonly view: string;
  readonly fullscreen: boolean;
}

export interface PlacedWindow extends WantedWindow {
  readonly bounds: DisplayPlace['bounds'];
  /** Null: on none of its own, so that at least one window stands. */
  readonly displayId: number | null;
}

export const DEFAULT_WINDOWS: readonly WantedWindow[] = [{ id: 'duty', display: 0, view: 'duty', fullscreen: true }];

export const orderDisplays = (displays: readonly DisplayPlace[], primaryId: number): DisplayPlace[] =>
  [...displays].sort(
    (a, b) =>
      Number(b.id === primaryId) - Number(a.id === primaryId) || a.bounds.x - b.bounds.x || a.bounds.y - b.bounds.y,
  );

/**
 * `held`: on which display (by its id) each window stood before. A window stays where it stands while its display is there,
 * whatever others come and go; its place in the profile counts only for one that has none.
 */
export const place = (
  windows: readonly WantedWindow[],
  displays: readonly DisplayPlace[],
  held: ReadonlyMap<string, number> = new Map(),
): PlacedWindow[] => {
  const standing = (window: WantedWindow): DisplayPlace | undefined =>
    displays.find(({ id }) => id === held.get(window.id));
  /** Displays on which windows of another number stand. */
  const taken = (window: WantedWindow): Set<number> =>
    new Set(windows.filter(({ display }) => display !== window.display).flatMap((other) => standing(other)?.id ?? []));
  const placed = windows.flatMap((window) => {
    const others = taken(window);
    const planned = displays[window.display];
    const display =
      standing(window) ??
      (planned && others.has(planned.id) ? displays.slice(1).find(({ id }) => !others.has(id)) : planned);
    return display ? [{ ...window, bounds: display.bounds, displayId: display.id }] : [];
  });
  const [first] = windows;
  const [primary] = displays;
  if (placed.length > 0 || !first || !primary) return placed;
  // A refuge, not its display: it goes where it belongs when that comes.
  return [{ ...first, bounds: primary.bounds, displayId: null }];
};

const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The `windows` of the bridge's ready line; what is not there or not right is the default. */
export const windowsOf = (ready: Record<string, unknown>): readonly WantedWindow[] => {
  const given = ready['windows'];
  if (!Array.isArray(given)) return DEFAULT_WINDOWS;
  const windows = given.filter(isMap).flatMap((window, index): WantedWindow[] => {
    const { id, display, view, fullscreen } = window;
    if (typeof id !== 'string') return [];
    return [
      {
        id,
        display: typeof display === 'number' ? display : index,
        view: typeof view === 'string' ? view : 'duty',
        fullscreen: fullscreen !== false,
      },
    ];
  });
  return windows.length > 0 ? windows : DEFAULT_WINDOWS;
};
