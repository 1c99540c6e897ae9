import { expect, test, vi } from 'vitest';
import { ipcRenderer } from './electron-fake.ts';
import { HERE_IS_PORT, ORIGIN, PORT_CHANNEL, WANT_PORT } from './words.ts';

vi.mock('electron', () => import('./electron-fake.ts'));

test('E9 the preload hands over a port and nothing else', async () => {
  const target = Object.assign(new EventTarget(), { postMessage: vi.fn() });
  vi.stubGlobal('window', target);
  await import('./preload.ts');
  const say = (data: unknown, origin: string, source: unknown): void => {
    target.dispatchEvent(Object.assign(new Event('message'), { data, origin, source }));
  };
  say(WANT_PORT, 'https://example.com', target);
  say(WANT_PORT, ORIGIN, null);
  say('something', ORIGIN, target);
  expect(ipcRenderer.send).not.toHaveBeenCalled();
  say(WANT_PORT, ORIGIN, target);
  expect(ipcRenderer.send).toHaveBeenCalledExactlyOnceWith(PORT_CHANNEL);
  ipcRenderer.emit(PORT_CHANNEL, { ports: [] });
  expect(target.postMessage).not.toHaveBeenCalled();
  const port = { name: 'port' };
  ipcRenderer.emit(PORT_CHANNEL, { ports: [port] });
  expect(target.postMessage).toHaveBeenCalledExactlyOnceWith(HERE_IS_PORT, ORIGIN, [port]);
});
