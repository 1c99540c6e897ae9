/** Owns: spans of time, ms. Guarantees: nothing but numbers. Refuses: calendars. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
