import { expect, test } from 'vitest';
import { incidentId, receiveTime } from '../contract/brand.ts';
import { newPicture, observed, T0 } from './given.ts';

const I = incidentId('i-1');
const report = (status: string, ts = T0) =>
  observed(
    'linkage-110.incident',
    [{ ...{ id: I, ts, kind: 'fire', level: 2, title: 't', address: 'a', lon: 120.87, lat: 30.03 }, status } as never],
    ts,
  );

test('P23: a drawing bears who and when, stands in the log, is erased by id, and goes with its incident', () => {
  const picture = newPicture();
  picture.observe([report('reported')]);
  const now = receiveTime(T0 + 1000);
  const line: [number, number][] = [
    [120.87, 30.03],
    [120.88, 30.03],
  ];
  const first = picture.acts.draw({ incidentId: I, shape: 'line', points: line, text: ' 集结路线 ' }, '周明', now);
  const second = picture.acts.draw({ incidentId: I, shape: 'point', points: [[120.87, 30.03]] }, '周明', now);
  expect(new Set([first, second]).size).toBe(2);
  expect(picture.log.get('sketch', first)).toMatchObject({ by: '周明', at: now, text: '集结路线', points: line });
  picture.acts.erase(first, '李', now);
  picture.acts.erase(first, '李', now);
  const said = [...picture.log.all('entry')]
    .filter(({ kind }) => kind === 'act')
    .map(({ what, by }) => `${what} ${by}`);
  expect(said.sort()).toEqual(['drawn 周明', 'drawn 周明', 'erased 李']);
  picture.observe([report('closed', T0 + 2000)]);
  picture.tick(receiveTime(T0 + 30 * 24 * 3_600_000));
  expect([...picture.log.all('sketch')]).toEqual([]);
});

test('P23: an area of two corners, an incident that is not there, the hundred and first drawing: each refused with its reason', () => {
  const picture = newPicture();
  picture.observe([report('reported')]);
  const corner: [number, number] = [120.87, 30.03];
  type Args = Parameters<typeof picture.acts.draw>[0];
  const draw = (more: Partial<Args>, at = T0) =>
    picture.acts.draw({ incidentId: I, shape: 'point', points: [corner], ...more }, 'x', receiveTime(at));
  expect(() => draw({ shape: 'area', points: [corner, corner] })).toThrow(/would be right: 3 to 200/);
  expect(() => draw({ incidentId: incidentId('none') })).toThrow(/no incident/);
  for (let i = 0; i < 100; i++) draw({}, T0 + i);
  expect(() => draw({})).toThrow(/erase some first/);
});
