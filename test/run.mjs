// `npm test`: everything, from a bare clone. Installs what is missing, then types, lint, format, doors, build, packaging,
// vitest and Playwright. Guarantees: ends with the plain line "N passed, N failed", every test and every gate counted;
// exit code 1 on any failure; a step that hangs fails. `npm test -- doors e2e` runs only the named steps.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { findBrowser, installPackages, onPath } from '../electron/launcher/debian.mjs';
import { install, node24, root } from '../electron/launcher/install.mjs';
import { run } from '../electron/launcher/process.mjs';
import { playwrightFailures, vitestFailures } from './why.mjs';

const MINUTE = 60_000;
const reports = join(root, '.cache/reports');

/** @typedef {{ passed: number; failed: number; skipped: number }} Count */
/** @typedef {{ name: string; command: string[]; limitMs: number; count?: () => Count | undefined }} Step */

/** @param {string} file */
const readReport = (file) => {
  try {
    return JSON.parse(readFileSync(join(reports, file), 'utf8'));
  } catch {
    return undefined;
  }
};

/** @returns {Count | undefined} */
const countVitest = () => {
  const report = readReport('vitest.json');
  return report && { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests };
};

/** @returns {Count | undefined} */
const countPlaywright = () => {
  const stats = readReport('playwright.json')?.stats;
  return stats && { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
};

/** @param {string} script @param {...string} more */
const npmRun = (script, ...more) => ['npm', 'run', '--silent', script, ...(more.length > 0 ? ['--', ...more] : [])];

/** @type {Step[]} One after the other: side by side on two cores they take longer, but for `BESIDE_LINT`. */
const STEPS = [
  { name: 'typecheck', command: npmRun('typecheck'), limitMs: 3 * MINUTE },
  { name: 'lint', command: npmRun('lint'), limitMs: 3 * MINUTE },
  { name: 'format', command: npmRun('format:check'), limitMs: MINUTE },
  { name: 'doors', command: npmRun('doors'), limitMs: MINUTE },
  { name: 'build', command: npmRun('build'), limitMs: 3 * MINUTE },
  { name: 'packaging', command: ['node', 'test/house/packaging.ts'], limitMs: 4 * MINUTE },
  {
    name: 'vitest',
    command: npmRun('unit', '--reporter=dot', '--reporter=json', `--outputFile.json=${join(reports, 'vitest.json')}`),
    limitMs: 8 * MINUTE,
    count: countVitest,
  },
  { name: 'e2e', command: npmRun('e2e'), limitMs: 8 * MINUTE, count: countPlaywright },
];

/** Lint keeps one processor busy for a minute; these need the other for as long. */
const BESIDE_LINT = new Set(['typecheck', 'format', 'doors', 'build', 'packaging']);

/** The gateway's cameras are served by GStreamer: the server, its binding, the encoders (x264 in ugly, x265 in bad). */
const RTSP = [
  ...['gir1.2-gst-rtsp-server-1.0', 'python3-gi'],
  ...['gstreamer1.0-plugins-good', 'gstreamer1.0-plugins-bad', 'gstreamer1.0-plugins-ugly'],
];
/** @param {string} name */
const installed = async (name) => (await run('dpkg', ['-s', name])).output.includes('Status: install ok installed');

const NEEDED = [
  { name: 'chromium', present: async () => findBrowser() !== undefined },
  { name: 'ffmpeg', present: async () => onPath('ffmpeg') !== undefined },
  { name: 'python3-zmq', present: async () => (await run('/usr/bin/python3', ['-c', 'import zmq'])).code === 0 },
  { name: 'poppler-utils', present: async () => onPath('pdftotext') !== undefined },
  { name: 'iproute2', present: async () => onPath('ip') !== undefined },
  ...RTSP.map((name) => ({ name, present: () => installed(name) })),
];

const prepare = async () => {
  await install();
  const missing = [];
  for (const { name, present } of NEEDED) if (!(await present())) missing.push(name);
  if (missing.length > 0) await installPackages(missing, 'the tests use them');
};

const total = { passed: 0, failed: 0 };
/** @type {string[]} */
const summary = [];

/** @param {Step} step */
const perform = async (step) => {
  const started = Date.now();
  console.log(`\n== ${step.name}`);
  const [file = '', ...args] = step.command;
  const env = { ...process.env, CI: '1', PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, 'playwright.json') };
  const { code } = await run(file, args, { cwd: root, env, timeoutMs: step.limitMs, show: true });
  const took = Date.now() - started;
  /** @type {Count} */
  const gate = code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
  const counted = step.count?.();
  // A runner that failed without naming a failed test (a broken file, a crash, the time limit) counts as one failure.
  const result =
    counted && (code === 0 || counted.failed > 0) ? counted : { ...gate, passed: counted?.passed ?? gate.passed };
  const why = code === 124 ? `, over its limit of ${step.limitMs / 1000} s` : '';
  const skipped = result.skipped > 0 ? `, ${result.skipped} skipped` : '';
  console.log(
    `== ${step.name}: ${result.passed} passed, ${result.failed} failed${skipped}, ${(took / 1000).toFixed(1)} s${why}`,
  );
  summary.push(`${result.failed > 0 ? 'FAILED' : 'ok    '} ${step.name.padEnd(10)} ${Math.round(took / 1000)} s`);
  total.passed += result.passed;
  total.failed += result.failed;
};

const only = process.argv.slice(2);
const stray = only.find((name) => !STEPS.some((step) => step.name === name));
if (stray !== undefined) {
  console.error(`"${stray}" is not a step; the steps are ${STEPS.map((step) => step.name).join(', ')}`);
  process.exit(2);
}

const begun = Date.now();
try {
  await prepare();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exit(1);
}
process.env['PATH'] = dirname(node24) + delimiter + (process.env['PATH'] ?? '');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const chosen = STEPS.filter(({ name }) => only.length === 0 || only.includes(name));
/** @param {Step[]} steps */
const inTurn = async (steps) => {
  for (const step of steps) await perform(step);
};
const lint = chosen.find(({ name }) => name === 'lint');
const beside = lint ? chosen.filter(({ name }) => BESIDE_LINT.has(name)) : [];
for (const step of chosen.filter((one) => !beside.includes(one)))
  await (step === lint ? Promise.all([perform(step), inTurn(beside)]) : perform(step));
for (const { test, reason } of [
  ...vitestFailures(readReport('vitest.json')),
  ...playwrightFailures(readReport('playwright.json')),
])
  console.log(`\nFAILED ${test}\n${reason}`);
console.log(`\n${summary.join('\n')}\nin all: ${Math.round((Date.now() - begun) / 1000)} s`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 ? 1 : 0);
