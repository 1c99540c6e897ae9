// The packaging gate: builds the Linux folder as a release would, from a stand-in Electron distribution (its binary is
// not on every build machine), and looks inside.
// Guarantees: the archive holds the shell and the wall and nothing that is only for development; native modules and the
// bridge lie unpacked and really start; the fuses are blown. Exit code 1 with one line for each thing amiss.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { listPackage } from '@electron/asar';
import { readyLine } from '../../electron/launcher/lines.ts';
import { run } from '../../electron/launcher/process.mjs';

const root = resolve(import.meta.dirname, '../..');
const amiss: string[] = [];
const must = (good: boolean, what: string): void => {
  if (!good) amiss.push(what);
};

/** Where @electron/fuses looks for the switches in a binary: a marker, version 1, their number, then one digit each. */
const FUSE_MARK = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSES = 9;

/** The least that electron-builder takes for a distribution. */
const standIn = (folder: string): string => {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'locales'));
  const wire = Buffer.concat([Buffer.from([1, FUSES]), Buffer.from('0'.repeat(FUSES))]);
  const binary = join(folder, 'electron');
  writeFileSync(binary, Buffer.concat([Buffer.from('#!/bin/sh\nexit 0\n'), Buffer.from(FUSE_MARK), wire]));
  chmodSync(binary, 0o755);
  writeFileSync(join(folder, 'chrome-sandbox'), '');
  writeFileSync(join(folder, 'version'), 'v0');
  writeFileSync(join(folder, 'LICENSE'), '');
  return folder;
};

const pack = async (work: string): Promise<string> => {
  const output = join(work, 'out');
  const arch = process.arch === 'arm64' ? '--arm64' : '--x64';
  const { code, output: said } = await run(
    process.execPath,
    [
      join(root, 'node_modules/electron-builder/cli.js'),
      ...['--linux', 'dir', arch, '--publish', 'never', '--config', 'electron-builder.yml'],
      ...[`-c.directories.output=${output}`, `-c.electronDist=${standIn(join(work, 'electron'))}`],
    ],
    { cwd: root },
  );
  const [folder] = code === 0 ? globSync('linux*-unpacked', { cwd: output }) : [];
  if (folder === undefined) throw new Error(`electron-builder made no folder:\n${said.slice(-3000)}`);
  return join(output, folder);
};

const lookInside = (app: string): void => {
  const archive = join(app, 'resources/app.asar');
  const files = listPackage(archive, { isPack: false }).map((file) => file.replaceAll('\\', '/'));
  const has = (file: string): boolean => files.includes(file);
  for (const file of [
    '/package.json',
    '/dist/electron/main.js',
    '/dist/electron/preload.cjs',
    '/dist/renderer/index.html',
  ]) {
    must(has(file), `the archive lacks ${file}`);
  }
  must(
    files.some((file) => file.startsWith('/dist/renderer/cesium/Workers/')),
    "the archive lacks Cesium's workers",
  );
  const foreign = files.filter((file) =>
    /\.(tsx?|map)$|^\/(test|native-bridge|renderer|electron)\/|\.(test|bench)\./.test(file),
  );
  must(foreign.length === 0, `the archive holds what is only for development: ${foreign.slice(0, 5).join(', ')}`);
  const packages = new Set(files.flatMap((file) => /^\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []));
  const allowed = new Set(['better-sqlite3', 'zeromq', 'cmake-ts']);
  const stray = [...packages].filter((name) => !allowed.has(name));
  must(
    stray.length === 0,
    `the archive holds packages that are in the bundles already: ${stray.slice(0, 8).join(', ')}`,
  );

  const unpacked = join(app, 'resources/app.asar.unpacked');
  for (const file of ['dist/bridge/main.js', 'package.json'])
    must(existsSync(join(unpacked, file)), `not unpacked: ${file}`);
  const workers = globSync('*-worker.js', { cwd: join(root, 'dist/bridge') });
  for (const worker of workers) must(existsSync(join(unpacked, 'dist/bridge', worker)), `not unpacked: ${worker}`);
  for (const native of ['better-sqlite3', 'zeromq']) {
    const found = globSync(`node_modules/${native}/**/*.node`, { cwd: unpacked });
    must(
      found.some((file) => file.includes(`linux`) && file.includes(process.arch)),
      `no unpacked ${native} for linux ${process.arch}`,
    );
  }
  must(existsSync(join(app, 'resources/resources/sites/demo/site.yaml')), 'the demonstration site is missing');
};

const lookAtFuses = async (app: string): Promise<void> => {
  const wire = await getCurrentFuseWire(join(app, 'fengsui'));
  const wanted: [FuseV1Options, FuseState][] = [
    [FuseV1Options.RunAsNode, FuseState.DISABLE],
    [FuseV1Options.EnableCookieEncryption, FuseState.ENABLE],
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable, FuseState.DISABLE],
    [FuseV1Options.EnableNodeCliInspectArguments, FuseState.DISABLE],
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, FuseState.ENABLE],
    [FuseV1Options.OnlyLoadAppFromAsar, FuseState.ENABLE],
    [FuseV1Options.GrantFileProtocolExtraPrivileges, FuseState.DISABLE],
  ];
  for (const [fuse, state] of wanted) must(wire[fuse] === state, `fuse ${FuseV1Options[fuse]} is not as it must be`);
};

/** Starts the packaged bridge on its packaged site: native modules, threads and files are found from there. */
const tryBridge = (app: string, work: string): Promise<void> =>
  new Promise((done) => {
    const bridge = spawn(
      process.execPath,
      [
        join(app, 'resources/app.asar.unpacked/dist/bridge/main.js'),
        ...[
          '--profile',
          join(app, 'resources/resources/sites/demo/site.yaml'),
          '--data',
          join(work, 'data'),
          '--port',
          '0',
        ],
      ],
      { cwd: work, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let output = '';
    let isReady = false;
    const limit = setTimeout(() => bridge.kill('SIGKILL'), 30_000);
    const hear = (chunk: Buffer): void => {
      output += chunk.toString();
      if (isReady || !output.split('\n').some((line) => readyLine(line))) return;
      isReady = true;
      bridge.kill('SIGTERM');
    };
    bridge.stdout.on('data', hear);
    bridge.stderr.on('data', hear);
    bridge.once('close', (code) => {
      clearTimeout(limit);
      must(
        isReady && code === 0,
        `the packaged bridge does not start and stop (exit code ${String(code)}): ${output.slice(-600)}`,
      );
      done();
    });
  });

const work = mkdtempSync(join(tmpdir(), 'fengsui-package-'));
try {
  const app = await pack(work);
  lookInside(app);
  await lookAtFuses(app);
  await tryBridge(app, work);
} finally {
  rmSync(work, { recursive: true, force: true });
}
for (const line of amiss) console.error(line);
console.log(`packaging: ${amiss.length === 0 ? 'as it must be' : `${String(amiss.length)} things amiss`}`);
process.exit(amiss.length === 0 ? 0 : 1);
