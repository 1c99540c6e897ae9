// Asks the bridge how it is, and puts the answer in one line.
// Guarantees: an unreachable bridge is `undefined`, never an exception.
import type { Health } from '../../native-bridge/contract/health.ts';

const ASK_MS = 2000;

export const askHealth = async (port: number): Promise<Health | undefined> => {
  try {
    const answer = await fetch(`http://127.0.0.1:${String(port)}/health`, { signal: AbortSignal.timeout(ASK_MS) });
    if (!answer.ok) return undefined;
    return (await answer.json()) as Health;
  } catch {
    return undefined;
  }
};

const received = (health: Health): number => health.feeds.reduce((sum, feed) => sum + feed.received, 0);

const bytes = (count: number): string => {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = count < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(count) / 3));
  return `${(count / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power] ?? 'B'}`;
};

/** Events per second since `before`; a bridge that began anew in between counts from its own start. */
export const eventsPerSecond = (now: Health, before: Health | undefined): number => {
  const same = before !== undefined && before.uptimeMs < now.uptimeMs;
  const events = received(now) - (same ? received(before) : 0);
  const ms = now.uptimeMs - (same ? before.uptimeMs : 0);
  return ms <= 0 ? 0 : Math.max(0, (events / ms) * 1000);
};

/** `312 events/s | fire-iot live | video live | 7 open alarms | journal 12.3 MB` */
export const statusLine = (now: Health | undefined, before: Health | undefined): string => {
  if (!now) return 'the bridge does not answer';
  const links = now.feeds.map((feed) => {
    const progress = feed.progress ? ` ${String(feed.progress.done)} of ${String(feed.progress.total)}` : '';
    return `${feed.source} ${feed.link}${progress}`;
  });
  const journal = `journal ${bytes(now.journal.bytes)}${now.journal.recording ? '' : ' NOT RECORDING'}`;
  const alarms = `${String(now.picture.openAlarms)} open alarms`;
  return [`${eventsPerSecond(now, before).toFixed(0)} events/s`, ...links, alarms, journal].join(' | ');
};
