// `ingest.batched`, `ingest.single`: the whole path from the wire to journal, picture and delta, without loss; against
// the same path without journal, the bare receive loop, CURVE off, default durability and the naive assembly.
// FENGSUI_BENCH_EVENTS sets how many events a run takes (default 2,000,000), FENGSUI_BENCH_RUNS how many runs (3).
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { curveKeyPair } from 'zeromq';
import type { Task } from './ingest-console.ts';
import { bodiesFile, publish } from './publisher.ts';
import { result, type Result } from './result.ts';

export const name = 'ingest';
const EVENTS = Number(process.env['FENGSUI_BENCH_EVENTS'] ?? 2_000_000);
const RUNS = Number(process.env['FENGSUI_BENCH_RUNS'] ?? 3);
const DEVICES = 50_000;

interface Case {
  mode: Task['mode'];
  batch: number;
  journal?: Task['journal'];
  curve?: boolean;
  total?: number;
}
export async function once({ mode, batch, journal = 'process', curve = false, total = EVENTS }: Case): Promise<number> {
  const messages = Math.ceil(total / batch);
  const keys = curve ? curveKeyPair() : null;
  // A pool of 64,000 different events, sent again and again.
  const bodies = bodiesFile(batch, DEVICES, Math.ceil(64_000 / batch));
  const publisher = await publish({ bodies, batch, messages, ...(keys === null ? {} : { secretKey: keys.secretKey }) });
  try {
    const { events, request } = publisher;
    const task: Task = {
      mode,
      events,
      request,
      serverKey: keys?.publicKey ?? null,
      journal,
      total: messages * batch,
      devices: DEVICES,
    };
    const child = spawn(
      process.execPath,
      [fileURLToPath(new URL('ingest-console.ts', import.meta.url)), JSON.stringify(task)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let told: { rate: number; journaled?: number } | null = null;
    for await (const line of createInterface({ input: child.stdout }))
      told = JSON.parse(line) as { rate: number; journaled?: number };
    if (told === null) throw new Error(`${mode} ${batch} told nothing`);
    if (process.env['FENGSUI_BENCH_TELL']) console.error(JSON.stringify({ mode, batch, journal, curve, ...told }));
    if (mode === 'whole' && journal !== 'none' && told.journaled !== task.total)
      throw new Error(`journaled ${told.journaled} of ${task.total}`);
    return told.rate;
  } finally {
    await publisher.stop();
  }
}
/** Ours and the others take turns, so that a slow moment of the machine hits all. */
async function rounds<K extends string>(cases: Record<K, Case>): Promise<Record<K, number[]>> {
  const names = Object.keys(cases) as K[];
  const runs = Object.fromEntries(names.map((key) => [key, [] as number[]])) as Record<K, number[]>;
  for (let round = 0; round < RUNS; round++) for (const key of names) runs[key].push(await once(cases[key]));
  return runs;
}

export async function run(): Promise<Result[]> {
  const unit = 'events/s';
  const better = 'more' as const;
  const batched = await rounds({
    ours: { mode: 'whole', batch: 64 },
    none: { mode: 'whole', batch: 64, journal: 'none' },
    curve: { mode: 'whole', batch: 64, curve: true },
    power: { mode: 'whole', batch: 64, journal: 'power-loss' },
    naive: { mode: 'naive', batch: 64, total: Math.min(EVENTS, 100_000) },
  });
  const few = Math.min(EVENTS, 600_000);
  const single = await rounds({
    ours: { mode: 'whole', batch: 1, total: few },
    bare: { mode: 'bare', batch: 1, total: few },
    naive: { mode: 'naive', batch: 1, total: Math.min(few, 60_000) },
  });
  return [
    result({
      name: 'ingest.batched',
      unit,
      better,
      runs: batched.ours,
      against: 'the same path without journal',
      againstRuns: batched.none,
    }),
    result({
      name: 'ingest.batched.curve',
      unit,
      better,
      runs: batched.curve,
      against: 'without CURVE',
      againstRuns: batched.ours,
    }),
    result({
      name: 'ingest.batched.power-loss',
      unit,
      better,
      runs: batched.power,
      against: 'durability process',
      againstRuns: batched.ours,
    }),
    result({
      ...{ name: 'ingest.batched.naive', unit, better, runs: batched.ours },
      ...{ against: 'naive assembly (an event a row and a send), WAL NORMAL', againstRuns: batched.naive },
    }),
    result({
      name: 'ingest.single',
      unit,
      better,
      runs: single.ours,
      against: 'bare zeromq.js receive loop',
      againstRuns: single.bare,
    }),
    result({
      name: 'ingest.single.naive',
      unit,
      better,
      runs: single.ours,
      against: 'naive assembly, WAL NORMAL',
      againstRuns: single.naive,
    }),
  ];
}
