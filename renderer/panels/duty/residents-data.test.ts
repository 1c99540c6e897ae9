import { expect, test } from 'vitest';
import { maskResidents, readPeople } from '../../../native-bridge/contract/residents.ts';
import { partsOf, surveyAge } from './residents-data.ts';

const flat = [1, 0, 0, 0, 2, 4, 10, 1, 3, 4, 9, 0, 4, 3, 8, 4, 5, 4, 12, 2];
const residents = readPeople({
  format: 'fengsui/people@1',
  days: ['2025-09-16'],
  rows: [['b-1', 0, 15, 39, 7, flat]],
}).get('b-1');
if (!residents) throw new Error('not read');

test('P13: the floors with alarms, the next above and the rest above are told apart, each counted once', () => {
  expect(partsOf(residents, [3, 2, 3])).toEqual([
    { which: 'alarm', floors: [2, 3], sum: { households: 8, people: 19, help: [1, 1] } },
    { which: 'next', floors: [4], sum: { households: 3, people: 8, help: [4, 4] } },
    { which: 'rest', floors: [5], sum: { households: 4, people: 12, help: [2, 2] } },
  ]);
  expect(partsOf(residents, [5]).map(({ which }) => which)).toEqual(['alarm']);
  expect(partsOf(residents, [])).toEqual([]);
  expect(partsOf({ ...residents, floors: [] }, [3])).toEqual([]);
});
test('P13: one or two who need help on a floor are a range, not a number; three and none are told', () => {
  const masked = maskResidents(residents);
  expect(masked.floors.map(({ help }) => help)).toEqual([0, null, 0, 4, null]);
  expect(partsOf(masked, [2, 3]).map(({ sum }) => sum.help)).toEqual([
    [1, 2],
    [4, 4],
    [1, 2],
  ]);
  expect([masked.help, masked.people]).toEqual([7, 39]);
});
test('P13: a survey says how old it is, and after a year that it is old', () => {
  expect(surveyAge(residents, Date.parse('2026-09-16T08:00:00+08:00'))).toEqual({ days: 365, old: false });
  expect(surveyAge(residents, Date.parse('2026-09-18'))).toEqual({ days: 367, old: true });
});
