import { expect, test } from 'vitest';
import { DelayMeter } from './delay.ts';

const hear = (meter: DelayMeter, skew: number, transit: (i: number) => number, count = 60): number => {
  let now = 1e9;
  for (let i = 0; i < count; i++) {
    now += 1000;
    meter.heard(now - transit(i) + skew, now);
  }
  return now;
};

test('F6 a clock that is off is skew, not delay; a slow network with right clocks is delay, not skew', () => {
  const off = new DelayMeter();
  off.roundTrip(4);
  const a = hear(off, -60_000, () => 2);
  expect(off.skewMs()).toBeCloseTo(-60_000, -2);
  expect(off.lagMs(a)).toBeLessThan(10);
  const ahead = new DelayMeter();
  hear(ahead, 7000, () => 2);
  expect(ahead.skewMs()).toBeGreaterThan(6900);
  const far = new DelayMeter();
  far.roundTrip(1200);
  const c = hear(far, 0, () => 600);
  expect(far.skewMs()).toBe(0);
  expect(far.lagMs(c)).toBe(600);
});

test('F6 messages that pile up are seen as delay at once and forgotten when they flow again', () => {
  const meter = new DelayMeter();
  let now = hear(meter, 0, () => 5);
  // Nothing for five seconds, then what was held up, in order.
  now += 5000;
  meter.heard(now - 4000, now);
  expect(meter.lagMs(now)).toBeGreaterThan(3900);
  for (let i = 0; i < 12; i++) {
    now += 1000;
    meter.heard(now - 5, now);
  }
  expect(meter.lagMs(now)).toBeLessThan(20);
});

test('F6 a clock set back in the middle is learnt with the next message', () => {
  const meter = new DelayMeter();
  let now = hear(meter, 0, () => 3);
  for (let i = 0; i < 2; i++) {
    now += 1000;
    meter.heard(now - 90_003, now);
  }
  expect(meter.skewMs()).toBeLessThan(-89_000);
  expect(meter.lagMs(now)).toBeLessThan(300);
});
