import { expect, test, vi } from 'vitest';
import { Departure } from './departure.ts';

test('a group leaves in its time; while the one before is unanswered, what comes waits for it together', () => {
  vi.useFakeTimers();
  try {
    let position = 0;
    const departure: Departure = new Departure(() => {
      departure.leaves();
      departure.told(++position);
    });
    departure.soon();
    vi.advanceTimersByTime(9);
    expect(position).toBe(0);
    vi.advanceTimersByTime(1);
    expect(position).toBe(1);
    departure.soon();
    vi.advanceTimersByTime(50);
    departure.soon();
    expect(position).toBe(1);
    departure.answered(1);
    expect(position).toBe(2);
    // Nothing came since: nothing leaves.
    departure.answered(2);
    vi.advanceTimersByTime(50);
    expect(position).toBe(2);
    // A writer that died answers nothing: what waited goes to whoever tells that it is not recorded.
    departure.soon();
    vi.advanceTimersByTime(10);
    departure.soon();
    vi.advanceTimersByTime(10);
    expect(position).toBe(3);
    departure.abandoned();
    expect(position).toBe(4);
  } finally {
    vi.useRealTimers();
  }
});

test('an urgent group leaves at once, or two milliseconds after the last that left; it waits for no answer', () => {
  vi.useFakeTimers();
  try {
    let left = 0;
    const departure: Departure = new Departure(() => {
      departure.leaves();
      departure.told(++left);
    });
    vi.advanceTimersByTime(10);
    departure.urgent();
    expect(left).toBe(1);
    // The one before has just left and is not answered: not ten milliseconds, two.
    departure.soon();
    departure.urgent();
    departure.urgent();
    expect(left).toBe(1);
    vi.advanceTimersByTime(2);
    expect(left).toBe(2);
    // Both clocks of it are stopped.
    vi.advanceTimersByTime(50);
    expect(left).toBe(2);
  } finally {
    vi.useRealTimers();
  }
});
