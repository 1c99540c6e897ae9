/**
 * Which cameras the wall shows by itself, and why.
 *
 * Owns: the order of what matters. Guarantees: E6, E13; no camera twice; those that stay keep their place.
 * Refuses: to know React, the world or the time.
 */
import type { CameraId } from '../../native-bridge/contract/brand.ts';
import { clipCamera, type ClipRecord } from '../../native-bridge/contract/clip-record.ts';
import type { AlarmRecord, DetectionRecord } from '../../native-bridge/contract/records.ts';
import type { VideoWords } from '../design/locale/video.ts';

export type Why = keyof VideoWords['why'];
export interface Chosen {
  id: CameraId;
  why: Why;
  /** The alarm it is for. */
  of?: AlarmRecord;
}
/** What is known of a camera that the choice needs. */
export interface Known {
  id: CameraId;
  kind: string;
  buildingId?: string | undefined;
}
export interface Matters {
  pinned: CameraId | null;
  /** The alarm that is selected. */
  alarm: AlarmRecord | null;
  building: string | null;
  /** Cameras outside that can see what is selected, the best first. */
  near?: readonly CameraId[];
  alarms: Iterable<AlarmRecord>;
  detections: Iterable<DetectionRecord>;
  cameras: readonly Known[];
  /** Cameras that were asked and sent nothing: they come last, unless people chose them. */
  quiet?: ReadonlySet<CameraId>;
  /** The cameras of the patrol's stop. */
  patrol?: readonly CameraId[];
  /** What was kept of cameras: the chosen alarm's is shown beside its camera. */
  clips?: Iterable<ClipRecord>;
  /** Of a wall that shows the past: cameras of which there are pictures of the moment. */
  kept?: readonly CameraId[];
  /** ms, bridge time. */
  now: number;
}

/** An e-bike keeps its camera on the wall this long after it was last seen: long enough to look up and see who left. ms */
export const EBIKE_MS = 30_000;
/** So long an alarm is new: it keeps a patrol waiting and its tiles. ms */
export const NEW_MS = 60_000;
/** Anything else that was detected. ms */
export const SEEN_MS = 15_000;

const OPEN: ReadonlySet<AlarmRecord['state']> = new Set<AlarmRecord['state']>([
  'unacknowledged',
  'acknowledged',
  'returned-unacknowledged',
]);

/** The newest clip that was kept for this alarm. */
const clipFor = (alarm: AlarmRecord, clips: Iterable<ClipRecord>): CameraId | null => {
  let newest: ClipRecord | null = null;
  for (const clip of clips)
    if (clip.state !== 'recording' && clip.alarmIds.includes(alarm.id) && clip.from > (newest?.from ?? 0))
      newest = clip;
  return newest && clipCamera(newest.id);
};

const worseFirst = (a: AlarmRecord, b: AlarmRecord): number => a.level - b.level || b.at - a.at;
/** One alarm a camera: in a flood there are thousands, and each camera stands for its worst. */
const keepWorse = (of: Map<CameraId, AlarmRecord>, camera: CameraId, alarm: AlarmRecord): void => {
  const held = of.get(camera);
  if (!held || worseFirst(alarm, held) < 0) of.set(camera, alarm);
};

/** All candidates, the most important first. */
export const rank = (matters: Matters): Chosen[] => {
  const {
    pinned,
    alarm,
    building,
    alarms,
    detections,
    cameras,
    quiet,
    patrol = [],
    clips = [],
    near = [],
    kept = [],
    now,
  } = matters;
  const out = new Map<CameraId, Omit<Chosen, 'id'>>();
  const add = (id: CameraId | null | undefined, why: Why, of?: AlarmRecord | null): void => {
    if (id && !out.has(id)) out.set(id, of ? { why, of } : { why });
  };
  add(pinned, 'pinned');
  add(alarm?.cameraId, 'alarm', alarm);
  if (alarm) add(clipFor(alarm, clips), 'clip');
  const seen = [...detections].filter(({ verdict }) => !verdict || verdict.is === 'e-bike').sort((a, b) => b.at - a.at);
  for (const each of seen) if (each.label === 'e-bike' && now - each.heard <= EBIKE_MS) add(each.cameraId, 'e-bike');
  // What is open for long gives way to a patrol: it would keep the same tiles through the whole tour.
  const isNew = (each: AlarmRecord): boolean => each.state === 'unacknowledged' && now - each.heard < NEW_MS;
  const grave = new Map<CameraId, AlarmRecord>();
  const any = new Map<CameraId, AlarmRecord>();
  for (const each of alarms) {
    const { cameraId, state, level } = each;
    if (!cameraId || !OPEN.has(state)) continue;
    keepWorse(any, cameraId, each);
    if (level <= 2 && (patrol.length === 0 || isNew(each))) keepWorse(grave, cameraId, each);
  }
  for (const each of [...grave.values()].sort(worseFirst)) add(each.cameraId, 'worst-alarm', each);
  for (const id of kept) add(id, 'clip');
  for (const id of near) add(id, 'near');
  if (building !== null) for (const each of cameras) if (each.buildingId === building) add(each.id, 'building');
  for (const id of patrol) add(id, 'patrol');
  for (const each of seen) if (each.label !== 'person' && now - each.heard <= SEEN_MS) add(each.cameraId, 'detection');
  for (const each of [...any.values()].sort(worseFirst)) add(each.cameraId, 'worst-alarm', each);
  for (const each of seen) if (now - each.heard <= SEEN_MS) add(each.cameraId, 'detection');
  for (const each of cameras) if (each.kind === 'lookout') add(each.id, 'lookout');
  const all = [...out].map(([id, rest]) => ({ id, ...rest }));
  const silent = ({ id, why }: Chosen): boolean => quiet?.has(id) === true && why !== 'pinned' && why !== 'alarm';
  return [...all.filter((each) => !silent(each)), ...all.filter(silent)];
};

/** What may lie over a picture enlarged by hand. */
const OVER: ReadonlySet<Why> = new Set<Why>(['alarm', 'e-bike', 'worst-alarm']);
/** Enlarged by hand: that one, and in its corner the most urgent other. */
export const enlarged = (ranked: readonly Chosen[]): Chosen[] => {
  const [large, ...others] = ranked;
  const inset = others.find(({ why }) => OVER.has(why));
  return large ? [large, ...(inset ? [inset] : [])] : [];
};

/** The first `n` of the ranking, each that was there before in the place it had. */
export const place = (ranked: readonly Chosen[], before: readonly Chosen[], n: number): Chosen[] => {
  const next = ranked.slice(0, n);
  const slots: (Chosen | null)[] = Array.from({ length: Math.min(n, next.length) }, () => null);
  const fresh: Chosen[] = [];
  for (const each of next) {
    const at = before.findIndex(({ id }) => id === each.id);
    if (at >= 0 && at < slots.length && slots[at] === null) slots[at] = each;
    else fresh.push(each);
  }
  return slots.map((slot) => slot ?? fresh.shift()).filter((each): each is Chosen => each !== undefined);
};

/** The one shown largest: the most important, unless the one before is chosen for the same reason still. */
export const leader = (
  chosen: readonly Chosen[],
  ranked: readonly Chosen[],
  before: CameraId | null,
): CameraId | null => {
  const first = ranked[0];
  const old = chosen.find(({ id }) => id === before);
  return old && old.why === first?.why ? old.id : (first?.id ?? null);
};
