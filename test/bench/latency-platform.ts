// The platform of the latency benchmark, in a process of its own: what it costs to publish is not the console's time.
// Its argument is how many devices there are. The first line on standard output is the endpoint; each line `rate ms run`
// on standard input is played and answered with one.
import { createInterface } from 'node:readline';
import { startPlatform } from '../../native-bridge/platform/platform.ts';

const devices = Number(process.argv[2]);
const TICK_MS = 5;
const ALARMS_PER_SECOND = 20;
const now = (): number => performance.timeOrigin + performance.now();

const platform = await startPlatform({ sources: ['fire-iot'] });
platform.setState(
  'fire-iot.device',
  Array.from({ length: devices }, (_, i) => ({
    ...{ id: `d-${i}`, kind: 'smoke', name: `d-${i}`, lon: 120.8, lat: 30, state: 'ok' },
  })),
);
process.stdout.write(`${JSON.stringify(platform.endpoints['fire-iot'])}\n`);

/** Each alarm on a device of its own: a second one there would be a repeat, not news. */
let alarmed = 0;
/** Publishes at an even rate for `ms`; a late timer is made up for. */
const play = async (rate: number, ms: number, run: string): Promise<void> => {
  const began = now();
  let sent = 0;
  let alarms = 0;
  while (now() - began < ms) {
    const due = Math.floor(((now() - began) / 1000) * rate);
    const batch = [];
    for (; sent < due; sent += 1) {
      const deviceId = `d-${(sent * 7919) % devices}`;
      batch.push({ id: `r-${run}-${sent}`, deviceId, ts: Date.now(), values: { obscuration: sent, at: now() } });
    }
    if (batch.length > 0) platform.publish('fire-iot.reading', batch);
    for (; alarms < ((now() - began) / 1000) * ALARMS_PER_SECOND; alarms += 1) {
      const alarm = { id: `a-${run}-${alarms}`, deviceId: `d-${alarmed++}`, ts: Date.now(), type: 'fault', level: 3 };
      platform.publish('fire-iot.alarm', [{ ...alarm, state: 'raised', values: { at: now() } }]);
    }
    await new Promise((go) => setTimeout(go, TICK_MS));
  }
};
for await (const line of createInterface({ input: process.stdin })) {
  const [rate, ms, run = ''] = line.split(' ');
  await play(Number(rate), Number(ms), run);
  process.stdout.write('played\n');
}
