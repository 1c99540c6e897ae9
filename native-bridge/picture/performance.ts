/**
 * How the alarms themselves perform: what ISA-18.2 asks of an alarm system, over the last day.
 *
 * Owns: the `performance` record.
 * Guarantees: a raising that was news is counted once, in the ten minutes in which it was heard; the list of the worst
 *   ten is made anew at most twice a minute, since it looks at every alarm of the day.
 * Refuses: to judge; targets and advice are the window's, from the profile.
 */
import type { PerformanceRecord, TopAlarm } from '../contract/duty-records.ts';
import type { AlarmRecord } from '../contract/records.ts';
import { risesOf } from './alarm-state.ts';
import { DAY, MINUTE, type Desk } from './desk.ts';

export const BUCKET_MS = 10 * MINUTE;
/** ISA-18.2: stale is what stands for more than a day. */
const STALE_MS = DAY;
const LOOK_MS = 30_000;
const TOP = 10;

export interface Performance {
  readonly announce: (level: AlarmRecord['level'], heard: number) => void;
  readonly fleeting: () => void;
  readonly tick: (now: number) => void;
  readonly restore: () => void;
}

export const createPerformance = ({ log }: Desk): Performance => {
  let buckets: PerformanceRecord['buckets'] = [];
  let fleeting = 0;
  let looked = 0;
  let changed = true;

  const look = (now: number): void => {
    let [chattering, stale] = [0, 0];
    const top: TopAlarm[] = [];
    for (const alarm of log.all('alarm')) {
      const stands = alarm.active && alarm.state !== 'normal' && now - alarm.at > STALE_MS;
      if (alarm.chattering === true) chattering += 1;
      if (stands) stale += 1;
      const count = risesOf(alarm);
      const least = top.length < TOP ? 0 : (top[TOP - 1]?.count ?? 0);
      if (count <= least || (alarm.lastAt ?? alarm.at) < now - DAY) continue;
      const { deviceId, deviceName, type } = alarm;
      const same = top.find((one) => one.deviceId === deviceId && one.type === type);
      if (same) {
        same.count += count;
        same.chattering ||= alarm.chattering === true;
        same.stale ||= stands;
      } else top.push({ deviceId, deviceName, type, count, chattering: alarm.chattering === true, stale: stands });
      top.sort((a, b) => b.count - a.count);
      if (top.length > TOP) top.length = TOP;
    }
    log.put('performance', {
      id: 'performance',
      buckets: buckets.map((bucket) => ({ at: bucket.at, levels: [...bucket.levels] })),
      fleeting,
      chattering,
      stale,
      top,
    });
  };

  return {
    announce: (level, heard) => {
      const at = Math.floor(heard / BUCKET_MS) * BUCKET_MS;
      let bucket = buckets.findLast((one) => one.at === at);
      if (!bucket) {
        bucket = { at, levels: [0, 0, 0, 0] };
        buckets.push(bucket);
        buckets.sort((a, b) => a.at - b.at);
      }
      bucket.levels[level - 1] = (bucket.levels[level - 1] ?? 0) + 1;
      changed = true;
    },
    fleeting: () => {
      fleeting += 1;
      changed = true;
    },
    tick: (now) => {
      if (now - looked < LOOK_MS) return;
      looked = now;
      const from = now - DAY;
      if (buckets[0] && buckets[0].at < from) {
        buckets = buckets.filter((bucket) => bucket.at >= from);
        changed = true;
      }
      if (!changed && log.get('performance', 'performance')) return;
      changed = false;
      look(now);
    },
    restore: () => {
      const kept = log.get('performance', 'performance');
      buckets = (kept?.buckets ?? []).map((bucket) => ({ at: bucket.at, levels: [...bucket.levels] }));
      fleeting = kept?.fleeting ?? 0;
    },
  };
};
