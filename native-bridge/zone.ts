/**
 * Hours ahead of UTC, by the name of a time zone.
 *
 * Owns: that one question. Guarantees: an answer for every IANA name, 0 for one that is unknown.
 * Refuses: changes of the clock in between; the duty day moves with the next start.
 */
export const utcOffsetHours = (zone: string, at: number): number => {
  try {
    const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(at);
    const text = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const found = /GMT([+-])(\d{2}):(\d{2})/.exec(text);
    if (!found) return 0;
    return (found[1] === '-' ? -1 : 1) * (Number(found[2]) + Number(found[3]) / 60);
  } catch {
    return 0;
  }
};
