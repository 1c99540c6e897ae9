/**
 * The metrics: the numbers of `/health` and of the process, for Prometheus.
 *
 * Owns: their names. Guarantees: T8; made when asked for; a count in a bucket per group otherwise.
 * Refuses: labels with ids of things or people; sources and roles are all.
 */
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Health } from '../contract/health.ts';
import type { PortCounts } from './types.ts';

export interface MetricsSource {
  health: () => Health;
  port: PortCounts;
  /** Counts of the video relay; each becomes `fengsui_video_<name>`. */
  video: () => Readonly<Record<string, number>>;
  /** Milliseconds from hearing a live event to applying it, each once. */
  onApplied: (act: (ms: number) => void) => void;
}
const LINKS = ['live', 'lagging', 'catching-up', 'lost'] as const;
/** Around what limits.md asks of alarms (15 ms) and readings (70 ms), then far beyond. */
const APPLIED_MS = [1, 2, 5, 10, 15, 25, 50, 70, 100, 200, 500, 1000, 5000] as const;
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Answers the text of the moment. */
export const createMetrics = (source: MetricsSource): (() => Promise<string>) => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'fengsui_' });
  const gauge = (
    name: string,
    help: string,
    labelNames: string[],
    set: (gauge: Gauge, health: Health) => void,
  ): void => {
    new Gauge({
      name: `fengsui_${name}`,
      help,
      labelNames,
      registers: [registry],
      collect() {
        this.reset();
        set(this, source.health());
      },
    });
  };
  const perFeed = (name: string, help: string, value: (feed: Health['feeds'][number]) => number): void =>
    gauge(`feed_${name}`, help, ['source'], (all, { feeds }) =>
      feeds.forEach((feed) => all.set({ source: feed.source }, value(feed))),
    );
  gauge('feed_link', '1 for the state the link of a feed is in', ['source', 'link'], (all, { feeds }) =>
    feeds.forEach((feed) =>
      LINKS.forEach((link) => all.set({ source: feed.source, link }, feed.link === link ? 1 : 0)),
    ),
  );
  perFeed('received', 'Valid events, duplicates included', (feed) => feed.received);
  perFeed('journaled', 'Events on disk', (feed) => feed.journaled);
  perFeed('duplicates', 'Events that came again', (feed) => feed.duplicates);
  perFeed('gaps_healed', 'Gaps that a replay filled', (feed) => feed.gapsHealed);
  perFeed('quarantined', 'Events and messages that break the contract', (feed) => feed.quarantined);
  perFeed('lag_ms', 'Publishing to receiving, skew removed', (feed) => feed.lagMs);
  perFeed('skew_ms', 'The clock upstream minus ours', (feed) => feed.skewMs);
  const one = (name: string, help: string, value: (health: Health) => number): void =>
    gauge(name, help, [], (all, health) => all.set(value(health)));
  one('uptime_ms', 'Since the start of the bridge', ({ uptimeMs }) => uptimeMs);
  one('journal_recording', '1 while events reach the disk', ({ journal }) => (journal.recording ? 1 : 0));
  one('journal_events', 'Events on disk', ({ journal }) => journal.events);
  one('journal_bytes', 'Bytes of the journal', ({ journal }) => journal.bytes);
  one('picture_devices', 'Devices known', ({ picture }) => picture.devices);
  one('picture_open_alarms', 'Alarms somebody must act on', ({ picture }) => picture.openAlarms);
  one('picture_incidents', 'Incidents not closed', ({ picture }) => picture.incidents);
  one('orders_waiting', 'Orders not answered yet', ({ orders }) => orders.waiting);
  one('orders_answered', 'Orders answered', ({ orders }) => orders.answered);
  gauge('viewers', 'Windows by role', ['role'], (all, { viewers }) => viewers.forEach(({ role }) => all.inc({ role })));
  gauge('port', 'What the port has sent and been told', ['what'], (all) => {
    for (const [what, count] of Object.entries(source.port)) all.set({ what: snake(what) }, Number(count));
  });
  gauge('video', 'What the video relay has done', ['what'], (all) => {
    for (const [what, count] of Object.entries(source.video())) all.set({ what: snake(what) }, count);
  });
  const applied = new Histogram({
    name: 'fengsui_applied_ms',
    help: 'ms from hearing the first event of a group to the picture holding all of it; the journal is in between',
    buckets: [...APPLIED_MS],
    registers: [registry],
  });
  source.onApplied((ms) => applied.observe(Math.max(0, ms)));
  return () => registry.metrics();
};
