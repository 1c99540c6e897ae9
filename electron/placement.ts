// Which window goes on which display. Pure: displays and the profile's windows in, places out.
// Guarantees: at least one window; a window whose display is missing waits for it; displays count from the primary one,
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
}

export const DEFAULT_WINDOWS: readonly WantedWindow[] = [{ id: 'duty', display: 0, view: 'duty', fullscreen: true }];

export const orderDisplays = (displays: readonly DisplayPlace[], primaryId: number): DisplayPlace[] =>
  [...displays].sort(
    (a, b) =>
      Number(b.id === primaryId) - Number(a.id === primaryId) || a.bounds.x - b.bounds.x || a.bounds.y - b.bounds.y,
  );

export const place = (windows: readonly WantedWindow[], displays: readonly DisplayPlace[]): PlacedWindow[] => {
  const placed = windows.flatMap((window) => {
    const display = displays[window.display];
    return display ? [{ ...window, bounds: display.bounds }] : [];
  });
  const [first] = windows;
  const [primary] = displays;
  if (placed.length > 0 || !first || !primary) return placed;
  return [{ ...first, bounds: primary.bounds }];
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
