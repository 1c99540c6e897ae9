// The windows of the wall: one for each entry of the profile, on its display.
// Guarantees: displays that come and go are followed; each page is revived by itself; Ctrl+Shift+Q ends a kiosk.
import { BrowserWindow, screen, type Display } from 'electron';
import { webPreferences } from './lockdown.ts';
import { orderDisplays, place, type PlacedWindow, type WantedWindow } from './placement.ts';
import { revivePage } from './revive-page.ts';
import { ORIGIN } from './words.ts';

export interface WindowsOptions {
  readonly preload: string;
  readonly size: { readonly width: number; readonly height: number } | undefined;
  readonly note: (text: string) => void;
  readonly quit: () => void;
}

export interface Windows {
  /** Opens, moves and closes windows until they are what the profile wants on the displays there are. */
  arrange(wanted: readonly WantedWindow[]): void;
  /** Those in sight. */
  readonly all: () => BrowserWindow[];
}

export const addressOf = (window: WantedWindow): string =>
  `${ORIGIN}/?${new URLSearchParams({ window: window.id, view: window.view }).toString()}`;

/** The night colour of the wall, so that a window never opens white. */
const BACKGROUND = '#0b0f14';

export const openWindows = (options: WindowsOptions): Windows => {
  const open = new Map<string, BrowserWindow>();
  /** Open, but its display is unplugged. */
  const waiting = new Set<string>();
  /** The display each window stands on, or last stood on. */
  const held = new Map<string, number>();
  let wantedNow: readonly WantedWindow[] = [];

  const create = (placed: PlacedWindow): BrowserWindow => {
    const whole = placed.fullscreen && options.size === undefined;
    const window = new BrowserWindow({
      ...placed.bounds,
      ...(options.size ?? {}),
      useContentSize: options.size !== undefined,
      kiosk: whole,
      frame: !whole,
      autoHideMenuBar: true,
      backgroundColor: BACKGROUND,
      title: 'Fengsui',
      webPreferences: webPreferences(options.preload),
    });
    const load = (): Promise<void> => window.loadURL(addressOf(placed));
    revivePage(window, load, (text) => {
      options.note(`${placed.id}: ${text}`);
    });
    window.webContents.on('before-input-event', (_event, { type, control, shift, key }) => {
      if (type === 'keyDown' && control && shift && key.toLowerCase() === 'q') options.quit();
    });
    window.on('closed', () => {
      open.delete(placed.id);
      waiting.delete(placed.id);
    });
    load().catch(() => {}); // reported by did-fail-load, which revives
    return window;
  };

  const arrange = (wanted: readonly WantedWindow[]): void => {
    wantedNow = wanted;
    const displays: Display[] = screen.getAllDisplays();
    const placed = place(wanted, orderDisplays(displays, screen.getPrimaryDisplay().id), held);
    for (const missing of wanted.filter(({ id }) => !placed.some((p) => p.id === id))) {
      options.note(`${missing.id}: waits for display ${String(missing.display)}`);
    }
    for (const entry of placed) {
      if (entry.displayId !== null) held.set(entry.id, entry.displayId);
      const there = open.get(entry.id);
      if (!there) open.set(entry.id, create(entry));
      else {
        if (options.size === undefined) there.setBounds(entry.bounds);
        if (waiting.delete(entry.id)) there.showInactive();
      }
    }
    for (const [id, window] of open) {
      if (placed.some((p) => p.id === id)) continue;
      if (!wanted.some((w) => w.id === id)) window.close();
      else if (!waiting.has(id)) {
        // It goes on unseen, so that it comes back as it was: with what was chosen, its page, its place in the city.
        waiting.add(id);
        window.hide();
      }
    }
  };

  for (const event of ['display-added', 'display-removed'] as const) {
    screen.on(event as 'display-added', () => {
      if (wantedNow.length > 0) arrange(wantedNow);
    });
  }
  screen.on('display-metrics-changed', () => {
    if (wantedNow.length > 0) arrange(wantedNow);
  });

  return { arrange, all: () => [...open].flatMap(([id, window]) => (waiting.has(id) ? [] : [window])) };
};
