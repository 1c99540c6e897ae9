// End-to-end tests: a real Chromium (or Electron, where its binary is) on the real product.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { defineConfig, devices } from '@playwright/test';
import { findBrowser } from '../../electron/launcher/debian.mjs';
import { DRAWING } from '../../electron/launcher/shell-browser.ts';

const root = resolve(import.meta.dirname, '../..');
const electronHome = join(root, 'node_modules/electron');
const pathFile = join(electronHome, 'path.txt');
const hasElectron =
  existsSync(pathFile) && existsSync(join(electronHome, 'dist', readFileSync(pathFile, 'utf8').trim()));
const browser = findBrowser();

export default defineConfig({
  testDir: '.',
  outputDir: join(root, 'test-results'),
  // One wall at a time: each draws a city without a GPU.
  workers: 1,
  fullyParallel: false,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env['CI']),
  reporter: process.env['CI']
    ? [
        ['list'],
        [
          'json',
          { outputFile: process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'] ?? join(root, '.cache/reports/playwright.json') },
        ],
      ]
    : [['list']],
  projects: [
    {
      name: 'chromium',
      testMatch: '**/*.spec.ts',
      testIgnore: '**/*.electron.spec.ts',
      use: {
        ...devices['Desktop Chrome'],
        viewport: { width: 1600, height: 900 },
        launchOptions: {
          ...(browser === undefined ? {} : { executablePath: browser }),
          args: [
            ...['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update'],
            ...['--disable-sync', ...DRAWING],
          ],
        },
        // Taking a trace costs the time of the wall that is traced; `FENGSUI_TRACE=1` takes it, without its film.
        trace: process.env['FENGSUI_TRACE'] ? { mode: 'retain-on-failure', screenshots: false } : 'off',
        screenshot: 'only-on-failure',
      },
    },
    ...(hasElectron ? [{ name: 'electron', testMatch: '**/*.electron.spec.ts' }] : []),
  ],
});
