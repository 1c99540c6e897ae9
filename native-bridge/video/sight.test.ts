import { expect, test } from 'vitest';
import { manualClock } from '../base/clock.ts';
import { cameraId } from '../contract/brand.ts';
import type { Blind } from '../contract/blind.ts';
import { createSight, SILENT_MS } from './sight.ts';

const cam = cameraId('cam-1');
const open = () => {
  const clock = manualClock();
  const told: (string | null)[] = [];
  let linked = true;
  const sight = createSight({
    clock,
    linked: () => linked,
    tell: (_id, blind: Blind | null) => told.push(blind?.why ?? null),
  });
  return { clock, told, sight, link: (is: boolean) => (linked = is) };
};

test('V9: a watched camera that is silent long enough is blind until its next frame', () => {
  const { clock, told, sight } = open();
  sight.watch([cam]);
  clock.advance(SILENT_MS - 1);
  sight.look();
  expect(told).toEqual([]);
  clock.advance(1);
  sight.look();
  sight.look();
  expect(told).toEqual(['silent']);
  sight.frame(cam);
  expect(told).toEqual(['silent', null]);
});

test('V9: nobody’s camera and the cameras of a lost platform are not judged', () => {
  const { clock, told, sight, link } = open();
  sight.watch([cam]);
  link(false);
  clock.advance(10 * SILENT_MS);
  sight.look();
  link(true);
  sight.look();
  sight.watch([]);
  clock.advance(10 * SILENT_MS);
  sight.look();
  expect(told).toEqual([]);
});

test('V9: what windows see counts while the camera is watched, and is taken back', () => {
  const { told, sight } = open();
  sight.seen(cam, 'black');
  sight.watch([cam]);
  sight.seen(cam, 'frozen');
  sight.seen(cam, 'frozen');
  sight.frame(cam);
  sight.seen(cam, null);
  expect(told).toEqual(['frozen', null]);
});

test('V9: blind for the set time is an alarm, once; seeing again ends it; another reason is no new one', () => {
  const clock = manualClock();
  const alarms: [string, boolean][] = [];
  const sight = createSight({
    ...{ clock, linked: () => true, tell: () => undefined, alarmAfterMs: 30_000 },
    alarm: (_id, blind, raised) => alarms.push([blind.why, raised]),
  });
  sight.watch([cam]);
  const pass = (ms: number, frames: boolean): void => {
    for (let t = 0; t < ms; t += 1000) {
      clock.advance(1000);
      if (frames) sight.frame(cam);
      sight.look();
    }
  };
  sight.seen(cam, 'black');
  pass(29_000, true);
  expect(alarms).toEqual([]);
  sight.seen(cam, 'covered');
  pass(5000, true);
  expect(alarms).toEqual([['covered', true]]);
  pass(20_000, true);
  sight.seen(cam, null);
  sight.seen(cam, 'black');
  sight.seen(cam, null);
  expect(alarms).toEqual([
    ['covered', true],
    ['covered', false],
  ]);
});

test('V9: what the run before knew is taken back by the first frame of this one', () => {
  const clock = manualClock();
  const told: (Blind | null)[] = [];
  const alarms: boolean[] = [];
  const sight = createSight({
    ...{ clock, linked: () => true },
    tell: (_id, blind) => told.push(blind),
    known: [{ id: cam, blind: { why: 'silent', since: clock.now() }, alarmed: true }],
    alarm: (_id, _blind, raised) => alarms.push(raised),
  });
  sight.watch([cam]);
  sight.look();
  expect(alarms).toEqual([]);
  sight.frame(cam);
  expect(told).toEqual([null]);
  expect(alarms).toEqual([false]);
});
