import { expect, test } from 'vitest';
import { begin, site, START } from '../tiny-play.ts';

const extraOf = (kind: string, cast: readonly string[]): string => {
  const camera = site.cameras.find((one) => one.kind === kind && !cast.includes(one.id));
  if (!camera) throw new Error(`the tiny site has no further camera of kind ${kind}`);
  return camera.id;
};

test('D12: a camera that is not cast sends while somebody watches, key frame first, its number going on', () => {
  const run = begin('');
  const cast = new Set<string>();
  run.go(2);
  for (const { cameraId } of run.frames) cast.add(cameraId);
  const id = extraOf('elevator', [...cast]);

  run.district.subscription(`video.frame.${id}`, true);
  run.go(5);
  const mine = run.frames.filter((frame) => frame.cameraId === id);
  expect(mine[0]?.key).toBe(true);
  expect(mine.length).toBeGreaterThanOrEqual(74);
  expect(mine.length).toBeLessThanOrEqual(77);
  expect(mine.map(({ fseq }) => fseq)).toEqual(mine.map((_, i) => i + 1));
  // Two seconds a round, each begun by a key frame: nobody waits longer to join.
  const keys = mine.flatMap(({ key }, i) => (key ? [i] : []));
  expect(Math.max(...keys.slice(1).map((at, i) => at - (keys[i] ?? 0)))).toBeLessThanOrEqual(30);

  run.district.subscription(`video.frame.${id}`, false);
  run.go(2);
  expect(run.frames.filter((frame) => frame.cameraId === id)).toHaveLength(mine.length);

  run.district.subscription(`video.frame.${id}`, true);
  run.go(1);
  const again = run.frames.filter((frame) => frame.cameraId === id)[mine.length];
  expect(again).toMatchObject({ key: true, fseq: mine.length + 1 });
  expect(again?.pts).toBeGreaterThan(START + 9000);
});

test('D12: a key frame that is asked for comes at once; a cast camera is left to its story', () => {
  const run = begin('');
  run.go(2);
  const cast = [...new Set(run.frames.map(({ cameraId }) => cameraId))];
  const id = extraOf('elevator', cast);
  run.district.subscription('video.frame.', true);
  run.go(1);
  const before = run.frames.filter((frame) => frame.cameraId === id).length;
  run.district.keyframe(id);
  run.go(0.2);
  expect(run.frames.filter((frame) => frame.cameraId === id)[before]?.key).toBe(true);
  for (const camera of cast) {
    const numbers = run.frames.flatMap((frame) => (frame.cameraId === camera ? [frame.fseq] : []));
    expect(numbers).toEqual(numbers.map((_, i) => i + 1));
  }
});
