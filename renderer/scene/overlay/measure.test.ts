import { expect, test } from 'vitest';
import { createView } from '../../store/view.ts';
import { planeAt } from '../plane.ts';
import { legsOf, lengthText, measureTo } from './measure.ts';

test('S17: while measuring a click sets a point and nothing else; its length is that over the ground', () => {
  const view = createView();
  const plane = planeAt(120.87, 30.03);
  expect(measureTo(view, plane, [0, 0])).toBe(false);
  view.setState({ measured: [] });
  for (const ground of [[0, 0], [300, 400], null, [300, 1600]] as ([number, number] | null)[])
    expect(measureTo(view, plane, ground)).toBe(true);
  const legs = legsOf(view.getState().measured ?? []);
  expect(legs).toHaveLength(2);
  // The ellipsoid's metres against those of the mean sphere: three in a thousand at most.
  expect((legs[0] ?? 0) / 500).toBeCloseTo(1, 2);
  expect((legs[1] ?? 0) / 1200).toBeCloseTo(1, 2);
  expect([lengthText(86.4), lengthText(1236)]).toEqual(['86 m', '1.24 km']);
});
