import { expect, test } from 'vitest';
import { due, PATTERNS, patternOf, REPEAT_MS } from './patterns.ts';

const none = { ids: new Set<string>(), at: 0 };

test('P7: a new alarm sounds by the worst of what is new', () => {
  expect(
    due(
      [
        { id: 'a', level: 3 },
        { id: 'b', level: 2 },
      ],
      none,
      1000,
    ).pattern,
  ).toBe('urgent');
  expect(due([{ id: 'a', level: 1 }], none, 1000).pattern).toBe('critical');
});
test('P7: the worst level repeats until acknowledged, any other sounds once', () => {
  const first = due(
    [
      { id: 'a', level: 1 },
      { id: 'b', level: 2 },
    ],
    none,
    1000,
  );
  expect(
    due(
      [
        { id: 'a', level: 1 },
        { id: 'b', level: 2 },
      ],
      first.heard,
      1000 + REPEAT_MS - 1,
    ).pattern,
  ).toBe(null);
  expect(
    due(
      [
        { id: 'a', level: 1 },
        { id: 'b', level: 2 },
      ],
      first.heard,
      1000 + REPEAT_MS,
    ).pattern,
  ).toBe('critical');
  expect(due([{ id: 'b', level: 2 }], first.heard, 1000 + 10 * REPEAT_MS).pattern).toBe(null);
});
test('P7: a page that has just opened is silent about what is old, except the worst level', () => {
  expect(due([{ id: 'b', level: 2 }], null, 1000).pattern).toBe(null);
  expect(
    due(
      [
        { id: 'b', level: 2 },
        { id: 'a', level: 1 },
      ],
      null,
      1000,
    ).pattern,
  ).toBe('critical');
});
test('P7: an alarm that returns after it was acknowledged sounds again', () => {
  const heard = due([], due([{ id: 'b', level: 2 }], none, 0).heard, 10).heard;
  expect(due([{ id: 'b', level: 2 }], heard, 20).pattern).toBe('urgent');
});
test('the patterns differ in the number of notes and never overlap', () => {
  expect(new Set(Object.values(PATTERNS).map((notes) => notes.length)).size).toBe(3);
  for (const notes of Object.values(PATTERNS))
    notes.forEach((note, i) =>
      expect(note.at).toBeGreaterThanOrEqual(i === 0 ? 0 : (notes[i - 1]?.at ?? 0) + (notes[i - 1]?.for ?? 0)),
    );
  expect([1, 2, 3, 4].map((level) => patternOf(level as 1))).toEqual(['critical', 'urgent', 'notice', 'notice']);
});
