// The platform of the catch-up benchmark: a long log, then live readings at a steady rate.
// Arguments: events in the log, live events a second, devices. The first line on standard input has the log made and is
// answered with one, the second begins the live ones.
import { createInterface } from 'node:readline';
import { startPlatform } from '../../native-bridge/platform/platform.ts';
import { readingOf } from './publisher.ts';

const [total = 0, rate = 0, devices = 0] = process.argv.slice(2).map(Number);
const BATCH = 64;
const TURN_MS = 10;
const now = (): number => performance.timeOrigin + performance.now();

const platform = await startPlatform({
  ...{ sources: ['fire-iot'], encoding: 'json', epoch: 'bench' },
  keep: { events: 2 * total, bytes: 2 ** 31 },
});
const pool = Array.from({ length: 1000 }, (_, i) =>
  Array.from({ length: BATCH }, (_each, k) => readingOf(i * BATCH + k, devices)),
);
platform.setState(
  'fire-iot.device',
  Array.from({ length: devices }, (_, i) => ({
    ...{ id: `dev-${String(i).padStart(6, '0')}`, kind: 'electricity', name: `智慧用电 ${String(i)}` },
    ...{ lon: 120.5 + (i % 300) / 1000, lat: 29.8 + (i % 400) / 1000, state: 'ok' },
  })),
);
process.stdout.write(`${JSON.stringify(platform.endpoints['fire-iot'])}\n`);

const log = (): void => {
  for (let seq = 0, i = 0; seq < total; i += 1) seq = platform.publish('fire-iot.reading', pool[i % pool.length] ?? []);
  process.stdout.write('made\n');
};
const live = (): void => {
  const began = now();
  let sent = 0;
  setInterval(() => {
    const due = Math.floor(((now() - began) / 1000) * rate);
    const events = [];
    for (; sent < due; sent += 1) {
      const { values, ...rest } = readingOf(total + sent, devices) as { id: string; values: Record<string, unknown> };
      events.push({ ...rest, ts: Date.now(), values: { ...values, at: now() } });
    }
    if (events.length > 0) platform.publish('fire-iot.reading', events);
  }, TURN_MS);
};
const steps = [log, live];
createInterface({ input: process.stdin }).on('line', () => steps.shift()?.());
