// A platform on the far side of a shaped link: readings at a steady rate, floods on demand, all counted.
// Arguments: folder of its keys, devices, events a second. One JSON line a second tells the last number.
import { createInterface } from 'node:readline';
import { keysIn } from '../../native-bridge/platform/keys.ts';
import { startPlatform } from '../../native-bridge/platform/platform.ts';

const [keys = '', devices = '100', perSecond = '100'] = process.argv.slice(2);
const DEVICES = Number(devices);
const TURN_MS = 200;
let rate = Number(perSecond);
let owed = 0;
let count = 0;

const platform = await startPlatform({
  sources: ['fire-iot'],
  host: '10.66.0.1',
  curve: keysIn(keys, 'p'),
  epoch: 'far',
});
platform.setState(
  'fire-iot.device',
  Array.from({ length: DEVICES }, (_, i) => ({
    ...{ id: `d-${String(i)}`, kind: 'smoke', name: `烟感 ${String(i)}`, state: 'ok' },
    ...{ lon: 120.8 + i / 1e5, lat: 30 },
  })),
);
const say = (): void => void process.stdout.write(`${JSON.stringify({ seq: platform.seq('fire-iot') })}\n`);
const publish = (many: number): void => {
  const ts = Date.now();
  const events = Array.from({ length: many }, () => {
    count += 1;
    const id = `r${String(count)}`;
    return { id, deviceId: `d-${String(count % DEVICES)}`, ts, values: { obscuration: count % 97, battery: 90 } };
  });
  platform.publish('fire-iot.reading', events);
};
process.stdout.write(`${JSON.stringify({ endpoint: platform.endpoints['fire-iot'] })}\n`);
setInterval(() => {
  owed += (rate * TURN_MS) / 1000;
  const many = Math.floor(owed);
  owed -= many;
  if (many > 0) publish(many);
}, TURN_MS);

createInterface({ input: process.stdin }).on('line', (line) => {
  const asked = JSON.parse(line) as { rate?: number; flood?: number };
  rate = asked.rate ?? rate;
  for (let left = asked.flood ?? 0; left > 0; left -= 500) publish(Math.min(left, 500));
  say();
});
