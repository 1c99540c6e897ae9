// The pictures of the wall, drawn on demand: `npm run pictures`. Not part of `npm test`: the wall is drawn in 4K without a
// graphics card, which takes minutes.
import { join, resolve } from 'node:path';
import { defineConfig } from '@playwright/test';
import ends from '../e2e/playwright.config.ts';

export default defineConfig({
  ...ends,
  testDir: import.meta.dirname,
  outputDir: join(resolve(import.meta.dirname, '../..'), '.cache/pictures/failed'),
  timeout: 420_000,
  reporter: [['list']],
  projects: (ends.projects ?? [])
    .filter(({ name }) => name === 'chromium')
    .map((project) => ({ ...project, testMatch: '**/*.pictures.ts', testIgnore: [] })),
});
