// The few words that shell, preload and page share. The page's own copies are in renderer/link/message-port.ts; a test
// in test/house holds the two together.

/** Scheme and host of the page under Electron. */
export const SCHEME = 'app';
export const ORIGIN = `${SCHEME}://fengsui`;

/** The page asks itself; the preload hears it. */
export const WANT_PORT = 'fengsui:want-port';
/** The preload answers to the page, with one MessagePort. */
export const HERE_IS_PORT = 'fengsui:port';
/** Between preload and main process, both ways. */
export const PORT_CHANNEL = 'fengsui:viewer-port';

/** What the shell prints when its first window is live; the launcher waits for it. */
export const WALL_LIVE = 'fengsui: the wall is live';
