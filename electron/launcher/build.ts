// Builds what runs: the windows (vite), the bridge with its workers and the Electron
// shell (esbuild), the demonstration site's city pack.
// Guarantees: builds a part only when its sources changed; `npm run build` and `npm start` share it.
// Refuses: to bundle native modules; they stay packages beside the bundle.
import { existsSync, globSync, rmSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './process.mjs';
import { step } from './progress.mjs';
import { contentHash, whenChanged } from './stamp.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const NATIVE = ['better-sqlite3', 'zeromq', 'electron'];
const SHARED = ['package-lock.json', 'tsconfig.json'];

/** Bundles of ESM need `require` for the CommonJS packages inside them. */
const REQUIRE = `import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);`;

/** `main.ts`, and each room's `worker.ts` as `<room>-worker.js` beside it: the name by which the room starts it. */
export const bridgeEntries = (): Record<string, string> => {
  const entries: Record<string, string> = { main: 'native-bridge/main.ts' };
  for (const file of globSync('native-bridge/*/{worker,*-worker}.ts', { cwd: root }).sort()) {
    const room = basename(dirname(file));
    const name = basename(file, '.ts');
    entries[name === 'worker' ? `${room}-worker` : name] = file.split(sep).join('/');
  }
  return entries;
};

const bundle = async (entryPoints: Record<string, string>, outdir: string, format: 'esm' | 'cjs'): Promise<void> => {
  const { build } = await import('esbuild');
  await build({
    absWorkingDir: root,
    entryPoints: Object.entries(entryPoints).map(([out, input]) => ({ in: input, out })),
    outdir,
    outExtension: { '.js': format === 'cjs' ? '.cjs' : '.js' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format,
    external: NATIVE,
    sourcemap: 'linked',
    logLevel: 'warning',
    ...(format === 'esm' ? { banner: { js: REQUIRE } } : {}),
  });
};

const buildBridge = async (): Promise<void> => {
  rmSync(join(root, 'dist/bridge'), { recursive: true, force: true });
  await bundle(bridgeEntries(), 'dist/bridge', 'esm');
};

const buildShell = async (): Promise<void> => {
  rmSync(join(root, 'dist/electron'), { recursive: true, force: true });
  await bundle({ main: 'electron/main.ts' }, 'dist/electron', 'esm');
  await bundle({ preload: 'electron/preload.ts' }, 'dist/electron', 'cjs');
};

const buildRenderer = async (): Promise<void> => {
  const { build } = await import('vite');
  await build({ configFile: join(root, 'renderer/vite.config.ts'), logLevel: 'warn' });
};

/** The demonstration site's city pack; a site of one's own is built with `npm run city`. */
const buildCity = async (): Promise<void> => {
  const args = ['native-bridge/city/main.ts', 'build', '--site', 'resources/sites/demo'];
  const { code, output } = await run(process.execPath, args, { cwd: root });
  if (code !== 0) throw new Error(`the city pack could not be built:\n${output.trim()}`);
};

/** Builds every part whose sources changed; says which. */
export const buildAll = async (): Promise<string[]> => {
  const contract = 'native-bridge/contract';
  const parts = [
    { name: 'bridge', label: 'building the bridge', folders: ['native-bridge'], run: buildBridge },
    { name: 'shell', label: 'building the shell', folders: ['electron', contract], run: buildShell },
    {
      name: 'city',
      label: 'building the city',
      folders: ['native-bridge/city', 'resources/sites/demo', contract],
      run: buildCity,
    },
    { name: 'renderer', label: 'building the wall', folders: ['renderer', contract], run: buildRenderer },
  ];
  const built: string[] = [];
  for (const part of parts) {
    const hash = contentHash(root, part.folders, SHARED);
    const changed = await whenChanged(join(root, 'dist', `${part.name}.stamp`), hash, () => step(part.label, part.run));
    if (changed) built.push(part.name);
  }
  return built;
};

if (import.meta.main) {
  const built = await buildAll();
  console.log(built.length > 0 ? `built: ${built.join(', ')}` : 'nothing changed since the last build');
  if (!existsSync(join(root, 'dist/renderer/index.html'))) process.exit(1);
}
