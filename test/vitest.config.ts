// Which tests exist and how they run: `rooms` (beside their subject, quick) and `cross` (several processes, slower).
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));
const never = ['**/node_modules/**', 'dist/**', '.data/**', '.cache/**'];

export default defineConfig({
  root,
  cacheDir: '.cache/vite-test',
  test: {
    environment: 'node',
    // A third of the crossing tests' time is waiting: three files at a time keep two processors busy.
    maxWorkers: 3,
    // A guard against what hangs, not a measure of speed: a busy machine takes its time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    globalSetup: fileURLToPath(new URL('./house/temp.ts', import.meta.url)),
    projects: [
      {
        extends: true,
        test: {
          name: 'rooms',
          include: ['{native-bridge,renderer,electron,resources}/**/*.test.{ts,tsx}'],
          exclude: never,
        },
      },
      {
        extends: true,
        test: {
          name: 'cross',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...never, 'test/e2e/**'],
        },
      },
    ],
  },
});
