/**
 * Dark buildings: where we are blind now.
 *
 * Owns: the judgement. Guarantees: a device is unheard when it says it is not well (offline, a camera off), is a camera whose pictures show nothing, is older than
 *   its kind's limit, or its source is; a building without devices is not in the list, since nobody ever heard it.
 * Refuses: to guess from neighbours. Pure but for `darkOf`, which keeps its last answer for `KEEP_MS`.
 */
import type { DeviceRecord, FeedRecord } from '../../native-bridge/contract/records.ts';
import type { SiteCard } from '../../native-bridge/contract/port.ts';
import type { DeviceKind } from '../../native-bridge/contract/wire.ts';
import type { AgeLimits } from '../../native-bridge/contract/staleness.ts';
import { ageOfRecord, limitsOf } from './ages.ts';
import type { DeskStore } from './hooks.ts';
import type { World } from './world.ts';

/** `whole`: nothing in the building is heard; `part`: something in it is not. */
export type Darkness = 'whole' | 'part';
export interface Dark {
  buildings: ReadonlyMap<string, Darkness>;
  whole: number;
  part: number;
  /** Buildings with at least one device. */
  watched: number;
}
/** Ages are of seconds at the least: once in two seconds is soon enough for a layer over the district. ms */
export const KEEP_MS = 2000;

export const darkBuildings = (
  devices: Iterable<DeviceRecord>,
  now: {
    at: number;
    connected: boolean;
    site: SiteCard | null;
    feed: (source: string) => FeedRecord | undefined;
  },
): Dark => {
  const limits = new Map<DeviceKind, AgeLimits>();
  const seen = new Map<string, { heard: boolean; unheard: boolean }>();
  for (const device of devices) {
    if (device.buildingId === undefined) continue;
    const limit = limits.get(device.kind) ?? limitsOf(now.site, device.kind);
    limits.set(device.kind, limit);
    const unheard =
      device.state !== 'ok' ||
      device.blind !== undefined ||
      ageOfRecord(device, limit, now.feed(device.source), now.connected, now.at) === 'stale';
    const house = seen.get(device.buildingId) ?? { heard: false, unheard: false };
    house[unheard ? 'unheard' : 'heard'] = true;
    seen.set(device.buildingId, house);
  }
  const buildings = new Map<string, Darkness>();
  let whole = 0;
  for (const [id, { heard, unheard }] of seen) {
    if (!unheard) continue;
    buildings.set(id, heard ? 'part' : 'whole');
    if (!heard) whole += 1;
  }
  return { buildings, whole, part: buildings.size - whole, watched: seen.size };
};

const kept = new WeakMap<World, { at: number; dark: Dark }>();
/** Of this moment, or at most `KEEP_MS` old. */
export const darkOf = ({ world, view }: Pick<DeskStore, 'world' | 'view'>): Dark => {
  const at = world.now();
  const held = kept.get(world);
  if (held && at >= held.at && at - held.at < KEEP_MS) return held.dark;
  const dark = darkBuildings(world.all('device').values(), {
    at,
    connected: view.getState().connection === 'open',
    site: world.site(),
    feed: (source) => world.get('feed', source),
  });
  kept.set(world, { at, dark });
  return dark;
};
