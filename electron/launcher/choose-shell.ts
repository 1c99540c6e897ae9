// Decides what shows the wall on this machine, and gets it when it is missing.
// Guarantees: an asked-for shell is that shell or a `Problem`; unasked, the best there is: Electron, then a Chromium in
// kiosk mode, headless without a display. A fetch of Electron that failed is not tried again for a day.
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findBrowser, installPackages, PackagesMissing } from './debian.mjs';
import type { Options } from './options.ts';
import { Problem } from './problem.ts';
import { run } from './process.mjs';
import { step } from './progress.mjs';
import { electronBinary } from './shell-electron.ts';

export type Choice =
  | { readonly kind: 'electron'; readonly binary: string }
  | { readonly kind: 'browser'; readonly executable: string; readonly headless: boolean }
  | { readonly kind: 'none' };

const FETCH_MS = 120_000;
const TRY_AGAIN_MS = 86_400_000;

export const hasDisplay = (env: NodeJS.ProcessEnv, platform: NodeJS.Platform): boolean =>
  platform !== 'linux' || Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);

const triedLately = (mark: string): boolean => {
  try {
    return Date.now() - statSync(mark).mtimeMs < TRY_AGAIN_MS;
  } catch {
    return false;
  }
};

const fetchElectron = async (root: string, insist: boolean): Promise<string | undefined> => {
  const present = await electronBinary(root);
  const mark = join(root, '.cache/electron-not-fetched');
  if (present !== undefined || (!insist && triedLately(mark))) return present;
  const install = join(root, 'node_modules/electron/install.js');
  const result = await step('fetching Electron', () =>
    run(process.execPath, [install], { cwd: root, timeoutMs: FETCH_MS }),
  );
  const fetched = result.code === 0 ? await electronBinary(root) : undefined;
  if (fetched === undefined) {
    mkdirSync(dirname(mark), { recursive: true });
    writeFileSync(mark, result.output);
  } else {
    rmSync(mark, { force: true });
  }
  return fetched;
};

const browser = async (headless: boolean): Promise<Choice> => {
  if (findBrowser() === undefined) {
    try {
      await installPackages(['chromium'], 'shows the wall');
    } catch (error) {
      if (error instanceof PackagesMissing) throw new Problem(error.message, 1);
      throw error;
    }
  }
  const executable = findBrowser();
  if (executable === undefined) throw new Problem('no Chromium on PATH, even after installing it', 1);
  return { kind: 'browser', executable, headless };
};

export const chooseShell = async (wanted: Options['shell'], root: string): Promise<Choice> => {
  const display = hasDisplay(process.env, process.platform);
  if (wanted === 'none') return { kind: 'none' };
  if (wanted === 'headless') return browser(true);
  if (!display && wanted !== undefined) {
    throw new Problem(`option --shell: "${wanted}" needs a display and there is none; use headless, or set DISPLAY`);
  }
  if (wanted === 'browser') return browser(false);
  if (!display) return browser(true);
  const binary = await fetchElectron(root, wanted === 'electron');
  if (binary !== undefined) return { kind: 'electron', binary };
  if (wanted === 'electron') {
    throw new Problem(
      'option --shell: Electron is not on this machine and could not be fetched; use browser or headless',
    );
  }
  return browser(false);
};
