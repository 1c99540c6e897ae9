import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { Reading } from '../../native-bridge/journal/reading.ts';
import { verify } from '../../native-bridge/journal/verify.ts';

/** 20 in the daily run; FENGSUI_KILLS=200 for the long one. */
const ROUNDS = Number(process.env['FENGSUI_KILLS'] ?? 20);

async function killedOnce(dir: string, durability: string, ms: number): Promise<{ safe: number; orders: string[] }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('victim.ts', import.meta.url)), dir, durability], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  let started = false;
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.stdout.on('data', (data: Buffer) => {
    text += data.toString();
    if (started) return;
    started = true;
    setTimeout(() => child.kill('SIGKILL'), ms);
  });
  await ended;
  // The last line may have been cut by the kill.
  const lines = text.split('\n').slice(0, -1);
  return {
    safe: Math.max(0, ...lines.filter((line) => line.startsWith('safe ')).map((line) => Number(line.slice(5)))),
    orders: lines.filter((line) => line.startsWith('order ')).map((line) => line.slice(6)),
  };
}

test.each(['process', 'power-loss'])(
  `J1 J2 J4 J9 kill -9 under load (%s): nothing acknowledged is lost, nothing doubled, nothing damaged`,
  async (durability) => {
    const dir = mkdtempSync(join(tmpdir(), 'fengsui-kill-'));
    const rounds = Math.ceil(ROUNDS / 2);
    const orders: string[] = [];
    let before = 0;
    try {
      for (let round = 0; round < rounds; round++) {
        const { safe, orders: put } = await killedOnce(dir, durability, 10 + ((round * 37) % 240));
        orders.push(...put);
        expect(safe).toBeGreaterThan(before);
        const reading = new Reading(join(dir, 'fengsui.db'));
        const verdict = verify(reading);
        const kept = new Set(reading.orders(true, 1_000_000).map((order) => order.id));
        expect(reading.db.pragma('quick_check', { simple: true })).toBe('ok');
        const refused = reading.db.prepare<[], number>('SELECT count(*) FROM quarantine').pluck().get() ?? 0;
        reading.close();
        const [log] = verdict.logs;
        expect(verdict.sound, JSON.stringify(verdict)).toBe(true);
        expect(log?.top ?? 0).toBeGreaterThanOrEqual(safe);
        expect(log?.held).toBe(log?.top);
        // What is not valid among the kept is in quarantine, each once.
        expect((log?.held ?? 0) - (log?.events ?? 0)).toBe(refused);
        expect(orders.filter((id) => !kept.has(id))).toEqual([]);
        before = log?.top ?? 0;
      }
      expect(orders.length).toBeGreaterThan(0);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
  20_000 + ROUNDS * 5000,
);
