// `npm start` from outside, without a window: the launcher as a process, its children, its words and its exit codes.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { buildAll } from '../../electron/launcher/build.ts';
import { allocator } from '../../electron/launcher/bridge-memory.ts';
import { askHealth } from '../../electron/launcher/health.ts';

const root = resolve(import.meta.dirname, '../..');
const START = join(root, 'electron/launcher/start.mjs');
const running: ChildProcess[] = [];
const folders: string[] = [];

const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'fengsui-launch-'));
  folders.push(made);
  return made;
};

const commandLine = (pid: number): string => {
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
};

/** Processes whose command line names the data folder; the launcher itself aside. */
const children = (data: string): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => commandLine(pid).includes(`--data ${data}`) && !commandLine(pid).includes('launcher/start'));

const bridgeOf = (data: string): number => {
  const [bridge] = children(data).filter((pid) => commandLine(pid).includes('bridge/main'));
  if (bridge === undefined) throw new Error('the bridge does not run');
  return bridge;
};

const start = (data: string, ...more: string[]) => {
  const child = spawn(process.execPath, [START, '--shell', 'none', '--port', '0', '--data', data, ...more], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let output = '';
  const hear = (chunk: Buffer): void => void (output += chunk.toString());
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = new Promise<number | null>((done) => child.once('close', done));
  const says = async (what: RegExp, ms = 40_000): Promise<RegExpExecArray> => {
    await vi.waitFor(() => {
      expect(output).toMatch(what);
    }, ms);
    const found = what.exec(output);
    if (!found) throw new Error(output);
    return found;
  };
  return { child, ended, says, output: () => output };
};

beforeAll(async () => {
  await buildAll();
}, 120_000);
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
});

test('L12 it serves, tells a status line, and --exit-after ends it with nothing left running', async () => {
  const data = folder();
  const run = start(data, '--exit-after', '14');
  await run.says(/\d+ events\/s \| .*fire-iot live.* open alarms \| journal [\d.]+ [kM]?B/);
  expect(await run.ended).toBe(0);
  expect(children(data)).toEqual([]);
});

test('L13 a bridge killed outright comes back on the same port with the same token; SIGTERM ends all, exit 0', async () => {
  const data = folder();
  const run = start(data);
  const [, port = ''] = await run.says(/http:\/\/127\.0\.0\.1:(\d+)\/#token=\S+/);
  const before = await vi.waitFor(async () => {
    const health = await askHealth(Number(port));
    expect(health?.journal.events ?? 0).toBeGreaterThan(0);
    return health;
  }, 20_000);
  const bridge = bridgeOf(data);
  process.kill(bridge, 'SIGKILL');
  await run.says(/the bridge is gone \(SIGKILL\); it is started again/);
  await vi.waitFor(async () => {
    const health = await askHealth(Number(port));
    expect(health?.feeds.every((feed) => feed.link === 'live')).toBe(true);
    expect(health?.journal.events ?? 0).toBeGreaterThanOrEqual(before?.journal.events ?? Infinity);
  }, 30_000);
  run.child.kill('SIGTERM');
  expect(await run.ended).toBe(0);
  expect(children(data)).toEqual([]);
});

test("L21 the bridge's memory is bounded in every life", async () => {
  const data = folder();
  const run = start(data);
  await run.says(/#token=/);
  const first = bridgeOf(data);
  process.kill(first, 'SIGKILL');
  await run.says(/the bridge is gone \(SIGKILL\)/);
  const second = await vi.waitFor(() => {
    const pid = bridgeOf(data);
    expect(pid).not.toBe(first);
    return pid;
  }, 20_000);
  expect(commandLine(second)).toContain('--max-semi-space-size=8');
  const environment = readFileSync(`/proc/${String(second)}/environ`, 'utf8').split('\0');
  for (const [name, value] of Object.entries(allocator())) expect(environment).toContain(`${name}=${value}`);
  const { LD_PRELOAD: library } = allocator();
  if (library !== undefined) expect(readFileSync(`/proc/${String(second)}/maps`, 'utf8')).toContain('libjemalloc');
});

test('L14 the launcher killed outright leaves nothing behind', async () => {
  const data = folder();
  const run = start(data);
  await run.says(/#token=/);
  expect(children(data).length).toBeGreaterThanOrEqual(2);
  run.child.kill('SIGKILL');
  await vi.waitFor(() => {
    expect(children(data)).toEqual([]);
  }, 15_000);
});

test('L15 two consoles never share a data folder', async () => {
  const data = folder();
  const run = start(data);
  await run.says(/#token=/);
  const second = start(data);
  expect(await second.ended).toBe(2);
  expect(second.output()).toMatch(/option --data: ".*" is in use by process \d+/);
});

test.each([
  [['--shell', 'tv'], /option --shell: "tv" is not a shell; use electron, browser, headless/],
  [['--profile', 'feed.yaml'], /feed\.yaml: feeds\[0\]\.events: .*tcp:\/\//],
  [['--profile', 'field.yaml', '--shell', 'headless'], /field\.yaml: colour: /],
  [['--profile', 'field.yaml'], /field\.yaml: colour: /],
  [['--profile', 'text.yaml'], /text\.yaml: line \d+: is not YAML/],
])(
  'L16 %j: one message with file or option, what is wrong and what would be right; exit 2; no stack trace',
  async (argv, said) => {
    const data = folder();
    writeFileSync(
      join(data, 'feed.yaml'),
      'id: a\nextends: demo\nfeeds:\n  - { source: fire-iot, events: nowhere, request: tcp://127.0.0.1:1 }\n',
    );
    writeFileSync(join(data, 'field.yaml'), 'id: a\nextends: demo\ncolour: red\n');
    writeFileSync(join(data, 'text.yaml'), 'id: [\n');
    const run = start(data, ...argv.map((arg) => (arg.endsWith('.yaml') ? join(data, arg) : arg)));
    expect(await run.ended).toBe(2);
    expect(run.output()).toMatch(said);
    expect(run.output()).not.toMatch(/\n\s+at /);
    expect(children(data)).toEqual([]);
  },
);
