import { EventEmitter } from 'node:events';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App, BrowserWindow, Session, WebFrameMain } from 'electron';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeContents, FakeWindow, screen } from './electron-fake.ts';

vi.mock('electron', () => import('./electron-fake.ts'));
const { isLocalRequest, isOurSender, lockApp, lockSession, webPreferences } = await import('./lockdown.ts');
const { hearRequests, whenLive } = await import('./requests.ts');
const { revivePage, UNRESPONSIVE_MS } = await import('./revive-page.ts');
const { openWindows } = await import('./windows.ts');

beforeEach(() => {
  vi.useFakeTimers();
  FakeWindow.opened.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

/** The fakes carry exactly what the shell uses of the real classes; this is the one place that says so. */
const asReal = <T>(fake: object): T => fake as T;

describe('E4 a page may do nothing but look and ask', () => {
  test('no Node, isolated, sandboxed', () => {
    expect(webPreferences('/p.cjs')).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
    });
  });

  test.each([
    ['app://fengsui/index.html', true],
    ['http://127.0.0.1:7610/site/a.json', true],
    ['blob:app://fengsui/1', true],
    ['https://example.com/', false],
    ['http://127.0.0.1.example.com/', false],
    ['http://localhost.example.com/', false],
    ['app://other/', false],
    ['file:///etc/passwd', false],
  ])('request %s allowed: %s', (url, allowed) => {
    expect(isLocalRequest(url)).toBe(allowed);
  });

  test('permissions, devices, downloads and foreign requests are refused', () => {
    const emitter = new EventEmitter();
    const set = { request: vi.fn(), check: vi.fn(), device: vi.fn(), before: vi.fn() };
    lockSession(
      asReal<Session>(
        Object.assign(emitter, {
          setPermissionRequestHandler: set.request,
          setPermissionCheckHandler: set.check,
          setDevicePermissionHandler: set.device,
          webRequest: { onBeforeRequest: set.before },
        }),
      ),
    );
    const answer = vi.fn();
    set.request.mock.calls[0]?.[0](null, 'media', answer);
    expect(answer).toHaveBeenCalledWith(false);
    expect(set.check.mock.calls[0]?.[0]()).toBe(false);
    expect(set.device.mock.calls[0]?.[0]()).toBe(false);
    const cancel = vi.fn();
    set.before.mock.calls[0]?.[0]({ url: 'https://example.com/' }, cancel);
    expect(cancel).toHaveBeenCalledWith({ cancel: true });
    const preventDefault = vi.fn();
    emitter.emit('will-download', { preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
  });

  test('navigation stays on our page; new windows and webviews are denied', () => {
    const app = Object.assign(new EventEmitter(), { enableSandbox: vi.fn() });
    lockApp(asReal<App>(app));
    expect(app.enableSandbox).toHaveBeenCalledOnce();
    const contents = new FakeContents();
    app.emit('web-contents-created', {}, contents);
    const went = (event: string, url: string): boolean => {
      const preventDefault = vi.fn();
      contents.emit(event, { url, preventDefault });
      return preventDefault.mock.calls.length === 0;
    };
    for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate']) {
      expect(went(event, 'app://fengsui/?window=b')).toBe(true);
      expect(went(event, 'https://example.com/')).toBe(false);
      expect(went(event, 'app://fengsui.example.com/')).toBe(false);
    }
    expect(went('will-attach-webview', 'app://fengsui/')).toBe(false);
    expect(contents.handler?.()).toEqual({ action: 'deny' });
  });

  test('only the top frame of our page is heard', () => {
    const frame = (url: string, parent: object | null): WebFrameMain => asReal<WebFrameMain>({ url, parent });
    expect(isOurSender(frame('app://fengsui/?window=a', null))).toBe(true);
    expect(isOurSender(frame('app://fengsui/', {}))).toBe(false);
    expect(isOurSender(frame('https://example.com/', null))).toBe(false);
    expect(isOurSender(null)).toBe(false);
  });
});

describe('E6 a page comes back by itself', () => {
  const page = () => {
    const window = new FakeWindow({});
    const load = vi.fn(() => Promise.resolve());
    revivePage(asReal<BrowserWindow>(window), load, () => {});
    return { window, load };
  };

  test('after a crash, with growing waits; not after a clean end', async () => {
    const { window, load } = page();
    window.webContents.emit('render-process-gone', {}, { reason: 'clean-exit' });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(load).not.toHaveBeenCalled();
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    await vi.advanceTimersByTimeAsync(0);
    expect(load).toHaveBeenCalledTimes(1);
    window.webContents.emit('render-process-gone', {}, { reason: 'oom' });
    await vi.advanceTimersByTimeAsync(200);
    expect(load).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(50);
    expect(load).toHaveBeenCalledTimes(2);
  });

  test('after a failed load of the page, not of something in it, nor of one that was replaced', async () => {
    const { window, load } = page();
    window.webContents.emit('did-fail-load', {}, -6, 'FILE_NOT_FOUND', 'x', false);
    window.webContents.emit('did-fail-load', {}, -3, 'ABORTED', 'x', true);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(load).not.toHaveBeenCalled();
    window.webContents.emit('did-fail-load', {}, -102, 'REFUSED', 'x', true);
    await vi.advanceTimersByTimeAsync(0);
    expect(load).toHaveBeenCalledOnce();
  });

  test('a page that answers no more is ended after a patient while, one that recovers is not', async () => {
    const { window } = page();
    window.emit('unresponsive');
    window.emit('responsive');
    await vi.advanceTimersByTimeAsync(UNRESPONSIVE_MS);
    expect(window.webContents.forcefullyCrashRenderer).not.toHaveBeenCalled();
    window.emit('unresponsive');
    window.emit('unresponsive');
    await vi.advanceTimersByTimeAsync(UNRESPONSIVE_MS);
    expect(window.webContents.forcefullyCrashRenderer).toHaveBeenCalledOnce();
  });

  test('a closed window is left alone', async () => {
    const { window, load } = page();
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    window.close();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(load).not.toHaveBeenCalled();
  });
});

describe('E7 one window for each entry of the profile', () => {
  const wanted = (id: string, display: number) => ({ id, display, view: 'duty', fullscreen: true });
  const display = (id: number, x: number) => ({ id, bounds: { x, y: 0, width: 1920, height: 1080 } });

  test('a display unplugged takes its window out of sight, plugged again brings back the same one as it was', () => {
    screen.displays = [display(1, 0), display(2, 1920)];
    const windows = openWindows({ preload: '/p.cjs', size: undefined, note: () => {}, quit: () => {} });
    windows.arrange([wanted('map', 0), wanted('video', 1)]);
    expect(FakeWindow.opened.map((w) => w.loadURL.mock.calls[0]?.[0])).toEqual([
      'app://fengsui/?window=map&view=duty',
      'app://fengsui/?window=video&view=duty',
    ]);
    expect(FakeWindow.opened[1]?.options).toMatchObject({ x: 1920, kiosk: true, webPreferences: { sandbox: true } });
    screen.displays = [display(1, 0)];
    screen.emit('display-removed');
    expect(windows.all()).toHaveLength(1);
    screen.displays = [display(1, 0), display(2, 1920)];
    screen.emit('display-added');
    expect(FakeWindow.opened.map(({ moves }) => moves.join())).toEqual(['to 0,to 0', 'hide,to 1920,show']);
    expect(windows.all()).toEqual(FakeWindow.opened);
    screen.removeAllListeners();
  });

  test('Ctrl+Shift+Q ends a kiosk', () => {
    const quit = vi.fn();
    const windows = openWindows({ preload: '/p.cjs', size: { width: 800, height: 600 }, note: () => {}, quit });
    windows.arrange([wanted('map', 0)]);
    const [window] = FakeWindow.opened;
    expect(window?.options).toMatchObject({ kiosk: false, width: 800, height: 600 });
    window?.webContents.emit('before-input-event', {}, { type: 'keyDown', control: true, shift: false, key: 'q' });
    expect(quit).not.toHaveBeenCalled();
    window?.webContents.emit('before-input-event', {}, { type: 'keyDown', control: true, shift: true, key: 'Q' });
    expect(quit).toHaveBeenCalledOnce();
    screen.removeAllListeners();
  });
});

test('E8 the launcher asks for a picture by a line and is answered by a file', async () => {
  vi.useRealTimers();
  const folder = mkdtempSync(join(tmpdir(), 'fengsui-picture-'));
  const input = new EventEmitter();
  const window = new FakeWindow({});
  hearRequests(
    asReal<NodeJS.ReadableStream>(input),
    () => [asReal<BrowserWindow>(window)],
    () => {},
  );
  const file = join(folder, 'wall.png');
  const request = JSON.stringify({ do: 'snapshot', file, deadline: Date.now() + 1000, answer: `${file}.json` });
  input.emit('data', Buffer.from(`nonsense\n${request}\n{"do":"refresh"}\n`));
  await vi.waitFor(() => {
    expect(existsSync(`${file}.json`)).toBe(true);
  });
  expect(readFileSync(file, 'utf8')).toBe('png');
  expect(JSON.parse(readFileSync(`${file}.json`, 'utf8'))).toEqual({ live: true, boxed: 1 });
  expect(window.webContents.reload).toHaveBeenCalledOnce();
  const live = vi.fn();
  await whenLive(() => [asReal<BrowserWindow>(window)], live);
  expect(live).toHaveBeenCalledOnce();
});
