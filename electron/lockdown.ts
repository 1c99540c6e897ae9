// What a page may not do. Owns: web preferences, content security policy, guards on navigation, windows, permissions
// and requests, and who counts as our own page.
// Guarantees: no Node in pages, isolated and sandboxed; no request leaves this machine; only our page speaks to main.
import type { App, Session, WebContents, WebFrameMain, WebPreferences } from 'electron';
import { ORIGIN } from './words.ts';

export const webPreferences = (preload: string): WebPreferences => ({
  preload,
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  spellcheck: false,
  // A wall is never in the background, even when another window covers it.
  backgroundThrottling: false,
  // Alarms sound without a click before.
  autoplayPolicy: 'no-user-gesture-required',
});

/** Cesium compiles WebAssembly; nothing evaluates text. The page's own <meta> says the same for the loopback server. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "font-src 'self' data:",
  "media-src 'self' blob:",
  "connect-src 'self' blob: data:",
  "base-uri 'none'",
  "form-action 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const isOurPage = (url: string): boolean => url === ORIGIN || url.startsWith(`${ORIGIN}/`);

/** Only the top frame of our own page may ask the main process for anything. */
export const isOurSender = (frame: WebFrameMain | null): boolean =>
  frame !== null && frame.parent === null && isOurPage(frame.url);

const LOCAL = /^(app:\/\/fengsui\/|devtools:|blob:|data:|http:\/\/127\.0\.0\.1:|ws:\/\/127\.0\.0\.1:)/;

/** True for what may be asked for at all. */
export const isLocalRequest = (url: string): boolean => LOCAL.test(url);

export const lockSession = (session: Session): void => {
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !isLocalRequest(details.url) });
  });
  session.on('will-download', (event) => {
    event.preventDefault();
  });
};

const lockContents = (contents: WebContents): void => {
  const stay = (event: { preventDefault(): void; url: string }): void => {
    if (!isOurPage(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
};

/** Call before any window exists. */
export const lockApp = (app: App): void => {
  app.enableSandbox();
  app.on('web-contents-created', (_event, contents) => {
    lockContents(contents);
  });
};
