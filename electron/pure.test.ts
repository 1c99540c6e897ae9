import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { DEFAULT_WINDOWS, orderDisplays, place, windowsOf, type DisplayPlace, type WantedWindow } from './placement.ts';
import { answerApp, fileFor } from './serve-app.ts';
import { readShellOptions } from './shell-options.ts';

const display = (id: number, x: number, y = 0): DisplayPlace => ({ id, bounds: { x, y, width: 1920, height: 1080 } });
const window = (id: string, on: number): WantedWindow => ({ id, display: on, view: 'duty', fullscreen: true });

describe('E1 windows stand where the profile wants them', () => {
  test('the primary display is the first, then left to right', () => {
    const ordered = orderDisplays([display(3, 1920), display(1, -1920), display(2, 0)], 2);
    expect(ordered.map((d) => d.id)).toEqual([2, 1, 3]);
  });

  test('each on its display; one whose display is missing waits', () => {
    const placed = place([window('map', 0), window('video', 1), window('board', 2)], [display(1, 0), display(2, 1920)]);
    expect(placed.map(({ id, bounds }) => [id, bounds.x])).toEqual([
      ['map', 0],
      ['video', 1920],
    ]);
  });

  test('a display in the middle is unplugged: its window waits, the others stay; plugged again all is as it was', () => {
    const three = [window('map', 0), window('video', 1), window('board', 2)];
    const all = [display(1, 0), display(2, 1920), display(3, 3840)];
    const held = new Map([
      ['map', 1],
      ['video', 2],
      ['board', 3],
    ]);
    const where = (displays: readonly DisplayPlace[]) =>
      place(three, displays, held).map(({ id, displayId }) => `${id} ${String(displayId)}`);
    expect(where(all.filter(({ id }) => id !== 2))).toEqual(['map 1', 'board 3']);
    expect(where(all)).toEqual(['map 1', 'video 2', 'board 3']);
    // The same cable in another socket: the system gives the display a new number.
    const [first = display(1, 0), , third = display(3, 3840)] = all;
    expect(where([first, display(9, 1920), third])).toEqual(['map 1', 'video 9', 'board 3']);
    // Moved to the far end it is still the only free one.
    expect(where([first, third, display(9, 5760)])).toEqual(['map 1', 'video 9', 'board 3']);
    // A refuge on the primary display is left when its own comes.
    expect(place([window('video', 3)], [display(1, 0)])[0]?.displayId).toBeNull();
  });

  test('at least one window, whatever the displays', () => {
    expect(place([window('video', 3)], [display(1, 0)]).map((p) => p.id)).toEqual(['video']);
    expect(place([window('video', 3)], [])).toEqual([]);
  });

  test('the ready line of the bridge names them; nonsense is the default', () => {
    expect(windowsOf({ windows: [{ id: 'a' }, { id: 'b', display: 0, view: 'field', fullscreen: false }] })).toEqual([
      { id: 'a', display: 0, view: 'duty', fullscreen: true },
      { id: 'b', display: 0, view: 'field', fullscreen: false },
    ]);
    for (const windows of [undefined, 'x', [], [1, null, {}]]) expect(windowsOf({ windows })).toBe(DEFAULT_WINDOWS);
  });
});

describe('E2 the page is served from the build and nowhere else', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fengsui-app-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'assets/a.js'), 'a');
  writeFileSync(join(folder, '..', 'outside.txt'), 'secret');
  const fetch = vi.fn((_url: string, _init: { method: string; headers: Headers }) =>
    Promise.resolve(new Response('from bridge')),
  );
  const ask = (url: string, init?: RequestInit, port: number | undefined = 4711): Promise<Response> =>
    answerApp({ folder, bridgePort: () => port, fetch }, new Request(url, init));

  test('files with type and security policy', async () => {
    const page = await ask('app://fengsui/');
    expect(page.status).toBe(200);
    expect(await page.text()).toBe('<!doctype html>');
    expect(page.headers.get('content-type')).toContain('text/html');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/'unsafe-eval'|\bhttps?:|\*/);
    expect((await ask('app://fengsui/assets/a.js')).headers.get('content-type')).toContain('javascript');
  });

  test.each(['/../outside.txt', '/%2e%2e/outside.txt', '/..%2foutside.txt', '/a%00', '/%', '/..%5coutside.txt'])(
    '%s is not served',
    async (path) => {
      expect(fileFor(folder, path) ?? '').not.toContain('outside');
      expect([403, 404]).toContain((await ask(`app://fengsui${path}`)).status);
    },
  );

  test('folders, other hosts and other methods are refused', async () => {
    expect((await ask('app://fengsui/assets')).status).toBe(404);
    expect((await ask('app://other/index.html')).status).toBe(404);
    expect((await ask('app://fengsui/', { method: 'POST' })).status).toBe(405);
  });

  test('site and city come from the bridge, ranges included; 503 while it is away', async () => {
    const answer = await ask('app://fengsui/site/buildings.json', { headers: { range: 'bytes=0-9' } });
    expect(await answer.text()).toBe('from bridge');
    const [url, init] = fetch.mock.calls[0] ?? [];
    expect(url).toBe('http://127.0.0.1:4711/site/buildings.json');
    expect(init?.headers.get('range')).toBe('bytes=0-9');
    fetch.mockRejectedValueOnce(new Error('refused'));
    expect((await ask('app://fengsui/city/demo/tileset.json')).status).toBe(503);
  });
});

describe('E3 the shell understands its command line', () => {
  const places = { home: '/home-of-product', userData: '/user', cwd: '/cwd' };

  test('defaults: the demonstration site, any port', () => {
    expect(readShellOptions(['--enable-features=x', '.'], places)).toEqual({
      profile: '/home-of-product/resources/sites/demo/site.yaml',
      data: '/user/data',
      port: 0,
      size: undefined,
    });
  });

  test('both ways of writing a value', () => {
    const argv = ['--profile=a.yaml', '--data', '/d', '--port', '7', '--size', '800x600'];
    expect(readShellOptions(argv, places)).toEqual({
      profile: '/cwd/a.yaml',
      data: '/d',
      port: 7,
      size: { width: 800, height: 600 },
    });
  });

  test.each([[['--profile']], [['--data', '--port']], [['--port', 'x']], [['--port', '70000']], [['--size', '4k']]])(
    '%j is refused',
    (argv) => {
      expect(() => readShellOptions(argv, places)).toThrow(/^option --/);
    },
  );
});
