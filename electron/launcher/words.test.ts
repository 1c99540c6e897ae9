import { afterEach, describe, expect, test, vi } from 'vitest';
import { installPackages, PackagesMissing } from './debian.mjs';
import { step } from './progress.mjs';
import type { Shell } from './shell.ts';
import { takeSnapshot } from './snapshot.ts';
import { announceLive } from './watch.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const shell = (more: Partial<Shell>): Shell => ({
  name: 'fake',
  closed: new Promise(() => {}),
  isLive: () => Promise.resolve(false),
  snapshot: () => Promise.resolve({ live: true, boxed: 1 }),
  refresh: () => Promise.resolve(),
  stop: () => Promise.resolve(),
  ...more,
});

test('L17 who may not install gets one line to copy, and nothing is tried', async () => {
  vi.spyOn(process, 'getuid').mockReturnValue(1000);
  const refusal = await installPackages(['chromium'], 'shows the wall').catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(PackagesMissing);
  expect(String(refusal)).toContain(
    "sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends chromium'",
  );
  expect(String(refusal)).not.toContain('\n');
});

describe('L18 a picture tells the truth about itself', () => {
  const take = async (fake: Shell | undefined, file?: string): Promise<[boolean, string]> => {
    let said = '';
    const good = await takeSnapshot(fake, file, Date.now() + 60_000, (text) => (said = text));
    return [good, said];
  };

  test('asked for none: nothing is taken, all is good', async () => {
    const snapshot = vi.fn();
    expect(await take(shell({ snapshot }))).toEqual([true, '']);
    expect(snapshot).not.toHaveBeenCalled();
  });

  test('live and boxed; not live; failed; no window', async () => {
    expect(await take(shell({}), '/w.png')).toEqual([
      true,
      'picture saved: /w.png (live, 1 video with a boxed e-bike)',
    ]);
    const dark = shell({ snapshot: () => Promise.resolve({ live: false, boxed: 0 }) });
    expect(await take(dark, '/w.png')).toEqual([false, 'picture saved: /w.png (the wall was NOT live yet)']);
    const broken = shell({ snapshot: () => Promise.reject(new Error('disk full')) });
    expect(await take(broken, '/w.png')).toEqual([false, 'no picture: disk full']);
    expect((await take(undefined, '/w.png'))[0]).toBe(false);
  });

  test('it leaves ten seconds before the end', async () => {
    const snapshot = vi.fn(() => Promise.resolve({ live: true, boxed: 0 }));
    await takeSnapshot(shell({ snapshot }), '/w.png', 100_000, () => {});
    expect(snapshot).toHaveBeenCalledExactlyOnceWith('/w.png', 90_000);
  });
});

test('L19 the moment the wall is live is told once', async () => {
  vi.useFakeTimers();
  const said: string[] = [];
  let live = false;
  const stop = announceLive(shell({ isLive: () => Promise.resolve(live) }), (text) => said.push(text));
  await vi.advanceTimersByTimeAsync(2000);
  expect(said).toEqual([]);
  live = true;
  await vi.advanceTimersByTimeAsync(2000);
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(/^the wall is live, [\d.]+ s after the start$/);
  stop();
});

test('L20 a step under two seconds is silent; a longer one shows that it goes on', async () => {
  vi.useFakeTimers();
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  const quick = step('quick', () => new Promise((done) => setTimeout(done, 1900)));
  await vi.advanceTimersByTimeAsync(1900);
  await quick;
  expect(log).not.toHaveBeenCalled();
  const slow = step(
    'slow',
    () =>
      new Promise<string>((done) =>
        setTimeout(() => {
          done('done');
        }, 13_000),
      ),
  );
  await vi.advanceTimersByTimeAsync(13_000);
  expect(await slow).toBe('done');
  expect(log.mock.calls.flat()).toEqual(['  slow …', '  … slow: 12 s', '  slow: 13 s']);
});
