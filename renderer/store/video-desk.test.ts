import { expect, test } from 'vitest';
import { VIDEO_LAYOUTS } from '../../native-bridge/contract/video-layout.ts';
import { createVideoDesk, PAIR_MS } from './video-desk.ts';
import { createView } from './view.ts';

const desk = () => {
  const view = createView();
  let now = 10_000;
  return { view, tick: (ms: number) => (now += ms), ...createVideoDesk(view, () => now) };
};

test('E8: the layout key goes through all layouts and begins anew, from the one that is seen', () => {
  const { view, layout } = desk();
  view.setState({ shownLayout: '4' });
  const seen = VIDEO_LAYOUTS.map(() => {
    layout();
    return view.getState().videoLayout;
  });
  expect(new Set(seen)).toEqual(new Set(VIDEO_LAYOUTS));
  expect(seen[0]).toBe('1+3');
});

test('E8: a number after the layout key names the layout; later it is an alarm’s again', () => {
  const { view, layout, layoutNumber, tick } = desk();
  expect(layoutNumber(3)).toBe(false);
  layout();
  tick(PAIR_MS);
  expect(layoutNumber(7)).toBe(true);
  expect(view.getState().videoLayout).toBe('16');
  expect(layoutNumber(7)).toBe(false);
  layout();
  tick(PAIR_MS + 1);
  expect(layoutNumber(2)).toBe(false);
});

test('E8: another layout lets go of the camera that was enlarged by hand', () => {
  const { view, layout } = desk();
  view.setState({ pinnedCamera: 'cam-1' as never });
  layout();
  expect(view.getState().pinnedCamera).toBeNull();
});
