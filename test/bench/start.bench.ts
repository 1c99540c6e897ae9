// `start`: from the start of the process to the picture of 50,000 devices out of the journal, against the second asked
// for; `start.large`: the same on a journal of 10 million events against one of 10 thousand.
// FENGSUI_BENCH_START_EVENTS sets the larger one (default 10,000,000), FENGSUI_BENCH_RUNS how often (5).
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deviceId, eventTime, receiveTime } from '../../native-bridge/contract/brand.ts';
import { openJournal } from '../../native-bridge/journal/journal.ts';
import { readingOf } from './publisher.ts';
import { result, type Result } from './result.ts';

export const name = 'start';
const LARGE = Number(process.env['FENGSUI_BENCH_START_EVENTS'] ?? 10_000_000);
const SMALL = 10_000;
const RUNS = Number(process.env['FENGSUI_BENCH_RUNS'] ?? 5);
const DEVICES = 50_000;
/** limits.md: full picture within a second. */
const LIMIT_MS = 1000;
const BATCH = 64;

async function fill(dir: string, events: number): Promise<void> {
  const journal = await openJournal({ dir, durability: 'process', retentionDays: 3650, maxBytes: 2 ** 40 });
  const bodies = Array.from({ length: 500 }, (_, i) =>
    Buffer.from(JSON.stringify(Array.from({ length: BATCH }, (_each, k) => readingOf(i * BATCH + k, DEVICES)))),
  );
  let seq = 1;
  let position = 0;
  let committed = 0;
  journal.onCommitted((done) => {
    committed = done.position;
  });
  for (let i = 0; seq <= events; i++, seq += BATCH) {
    const heard = receiveTime(Date.now());
    const body = bodies[i % bodies.length] ?? Buffer.alloc(0);
    position = journal.append(
      {
        frame: {
          source: 'fire-iot',
          epoch: 'bench',
          topic: 'fire-iot.reading',
          seq,
          n: BATCH,
          from: seq,
          to: seq + BATCH - 1,
          ts: heard,
          heard,
          manner: 'live',
          body,
        },
        rejected: [],
        atFrom: heard,
        atTo: heard,
        broken: false,
      },
      [],
      false,
    );
    if (i % 32 === 31) await new Promise(setImmediate);
    while (journal.backlog() > 16 * 1024 * 1024) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  while (committed < position) await new Promise((resolve) => setTimeout(resolve, 5));
  const now = Date.now();
  journal.state.put(
    Array.from({ length: DEVICES }, (_, i) => ({
      collection: 'device' as const,
      id: `dev-${i}`,
      record: {
        id: deviceId(`dev-${i}`),
        kind: 'electricity' as const,
        name: `智慧用电 ${i}`,
        state: 'ok',
        worst: 0 as const,
        lon: 120.5 + i / 1e6,
        lat: 30,
        floor: (i % 30) + 1,
        source: 'fire-iot',
        at: eventTime(now),
        heard: receiveTime(now),
        values: {
          residualCurrent: i % 30,
          cableTemp: 31.5,
          current: 2.25,
          voltage: 229.4,
          power: 515,
          breaker: 'closed',
        },
      },
    })),
    position,
  );
  await journal.close();
}
function start(dir: string): number {
  const run = spawnSync(process.execPath, [fileURLToPath(new URL('start-console.ts', import.meta.url)), dir], {
    encoding: 'utf8',
  });
  const told = JSON.parse(run.stdout) as { stood: number; devices: number; tail: number };
  if (process.env['FENGSUI_BENCH_TELL']) console.error(JSON.stringify(told));
  if (told.devices !== DEVICES || told.tail !== 0) throw new Error(`not the picture it was: ${run.stdout}`);
  return told.stood;
}

export async function run(): Promise<Result[]> {
  const dir = mkdtempSync(join(tmpdir(), 'fengsui-start-'));
  try {
    await fill(join(dir, 'small'), SMALL);
    await fill(join(dir, 'large'), LARGE);
    const small: number[] = [];
    const large: number[] = [];
    for (let round = 0; round < RUNS; round++) {
      small.push(start(join(dir, 'small')));
      large.push(start(join(dir, 'large')));
    }
    return [
      result({ name: 'start', unit: 'ms', better: 'less', runs: large, against: 'limit', againstRuns: [LIMIT_MS] }),
      result({
        name: 'start.large',
        unit: 'ms',
        better: 'less',
        runs: large,
        against: `a journal of ${SMALL} events`,
        againstRuns: small,
      }),
    ];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
