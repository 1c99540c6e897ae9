/**
 * Cabs, who rides in them, and what the cameras see.
 *
 * Owns: `cab` and `detection` records.
 * Guarantees: what is seen in an elevator rides in its cab from the first box until it has been unseen for its limit,
 *   and sooner when the door has been open since; an e-bike getting in or out leaves a mark with its floor. While
 *   nothing is heard of the source nobody gets out: silence is not absence.
 * Refuses: to draw; every box of every frame goes to the windows by another way (`boxes.ts`).
 */
import type { ElevatorId, EventTime, ReceiveTime } from '../contract/brand.ts';
import type { CabRecord, DetectionRecord, Rider } from '../contract/records.ts';
import type { CabEvent, DetectionEvent, DetectionLabel } from '../contract/wire.ts';
import type { CameraChoice } from './camera-choice.ts';
import { isLate, type Desk, type Origin } from './desk.ts';
import type { Marks } from './marks.ts';

const RIDES: readonly DetectionLabel[] = ['e-bike', 'bicycle', 'person', 'wheelchair', 'stroller'];
/** House rule: with the door shut a rider cannot have left; a detector that lost it for three box lifetimes has lost it. */
const UNSEEN_SHUT_FACTOR = 3;
/** How long a detection can still be judged after it was last seen. */
const DETECTION_KEPT_MS = 120_000;

/** The name of a detection: one per camera and track, per label where the detector does not track. */
export const detectionKey = (event: DetectionEvent): string => `${event.cameraId}/${event.track ?? event.label}`;

export interface Cabs {
  readonly move: (event: CabEvent, origin: Origin) => void;
  readonly detect: (event: DetectionEvent, origin: Origin) => void;
  /** `silent`: sources of which nothing is heard now. */
  readonly tick: (now: ReceiveTime, silent: (source: string) => boolean) => void;
  /** Who has got out. */
  readonly riders: (now: ReceiveTime, silent: (source: string) => boolean) => void;
  readonly restore: () => void;
}

export const createCabs = ({ log, site, limits }: Desk, cameras: CameraChoice, marks: Marks): Cabs => {
  /** When each rider was last heard of, by our own clock; and when its cab's door was last seen open. */
  const seen = new Map<string, ReceiveTime>();
  const opened = new Map<ElevatorId, { until: ReceiveTime; floor: number }>();
  const riding = new Set<ElevatorId>();
  const seenKey = (elevator: ElevatorId, rider: { track: string }): string => `${elevator}/${rider.track}`;
  const buildingOf = (elevator: ElevatorId): CabRecord['buildingId'] =>
    log.get('device', elevator)?.buildingId ?? site.elevators.get(elevator) ?? null;

  const mark = (
    kind: 'e-bike-in' | 'e-bike-out' | 'door-held',
    cab: CabRecord,
    floor: number,
    at: EventTime,
    origin: Origin,
  ): void => {
    if (cab.buildingId !== null) marks.cab({ kind, buildingId: cab.buildingId, elevatorId: cab.id, floor, at }, origin);
  };

  const move = (event: CabEvent, origin: Origin): void => {
    const held = log.get('cab', event.elevatorId);
    if (held && isLate(event.ts, held.at, origin.heard)) return;
    const record: CabRecord = {
      id: event.elevatorId,
      buildingId: held?.buildingId ?? buildingOf(event.elevatorId),
      floor: event.floor,
      direction: event.direction,
      door: event.door,
      load: event.load,
      riders: held?.riders ?? [],
      source: origin.source,
      at: event.ts,
      heard: origin.heard,
    };
    if (event.door !== 'closed') opened.set(event.elevatorId, { until: origin.heard, floor: event.floor });
    else if (held && held.door !== 'closed') opened.set(event.elevatorId, { until: origin.heard, floor: held.floor });
    if (event.door === 'held' && held?.door !== 'held') mark('door-held', record, event.floor, event.ts, origin);
    log.put('cab', record);
  };

  const board = (elevator: ElevatorId, event: DetectionEvent, record: DetectionRecord, origin: Origin): void => {
    const cab = log.get('cab', elevator);
    const { track, label, confidence } = record;
    const before = cab?.riders.find((rider) => rider.track === track);
    if (before && event.ts < before.seenAt) return;
    const rider: Rider = {
      ...before,
      label,
      confidence,
      track,
      detectionId: event.id,
      cameraId: event.cameraId,
      boardedFloor: before ? before.boardedFloor : (event.floor ?? cab?.floor ?? null),
      boardedAt: before?.boardedAt ?? event.ts,
      seenAt: event.ts,
    };
    const others = cab?.riders.filter((other) => other.track !== track) ?? [];
    const next: CabRecord = cab
      ? { ...cab, riders: [...others, rider] }
      : {
          id: elevator,
          buildingId: buildingOf(elevator),
          floor: event.floor ?? 1,
          direction: 'idle',
          door: 'closed',
          load: 0,
          riders: [rider],
          source: origin.source,
          at: event.ts,
          heard: origin.heard,
        };
    seen.set(seenKey(elevator, rider), origin.heard);
    riding.add(elevator);
    log.put('cab', next);
    if (label === 'e-bike' && before?.label !== 'e-bike' && rider.boardedFloor !== null) {
      mark('e-bike-in', next, rider.boardedFloor, rider.boardedAt, origin);
    }
  };

  const detect = (event: DetectionEvent, origin: Origin): void => {
    const id = detectionKey(event);
    const held = log.get('detection', id);
    if (held && isLate(event.ts, held.at, origin.heard)) return;
    const record: DetectionRecord = {
      id,
      detectionId: event.id,
      cameraId: event.cameraId,
      pts: event.pts,
      label: event.label,
      confidence: event.confidence,
      box: event.box,
      track: String(event.track ?? event.label),
      firstAt: held?.firstAt ?? event.ts,
      source: origin.source,
      at: event.ts,
      heard: origin.heard,
    };
    const elevator = event.elevatorId ?? cameras.elevatorOf(event.cameraId);
    const building = (elevator === undefined ? null : buildingOf(elevator)) ?? cameras.buildingOf(event.cameraId);
    if (elevator !== undefined) record.elevatorId = elevator;
    if (building !== undefined && building !== null) record.buildingId = building;
    if (event.floor !== undefined) record.floor = event.floor;
    if (held?.verdict && held.label === event.label) record.verdict = held.verdict;
    log.put('detection', record);
    if (elevator === undefined || !RIDES.includes(event.label)) return;
    // What was seen before a gap, and long ago when we hear of it, is history, not presence.
    const longAgo = origin.manner !== 'live' && origin.heard - event.ts > limits.box.stale * UNSEEN_SHUT_FACTOR;
    if (origin.manner !== 'replay' && !longAgo) board(elevator, event, record, origin);
  };

  const alight = (cab: CabRecord, now: ReceiveTime): void => {
    const stay = cab.riders.filter((rider) => {
      const last = seen.get(seenKey(cab.id, rider)) ?? cab.heard;
      const way = opened.get(cab.id);
      if (cab.door !== 'closed') return now - last <= limits.box.stale;
      // Shut again since it was last seen: it is in there still, or it is not.
      if (way && way.until >= last) return now - way.until <= limits.box.late;
      return now - last <= limits.box.stale * UNSEEN_SHUT_FACTOR;
    });
    if (stay.length === cab.riders.length) return;
    for (const rider of cab.riders) {
      if (stay.includes(rider)) continue;
      seen.delete(seenKey(cab.id, rider));
      if (rider.label !== 'e-bike') continue;
      const origin: Origin = { source: cab.source, epoch: '', heard: now, manner: 'live' };
      mark('e-bike-out', cab, opened.get(cab.id)?.floor ?? cab.floor, rider.seenAt, origin);
    }
    if (stay.length === 0) riding.delete(cab.id);
    log.put('cab', { ...cab, riders: stay });
  };

  const riders: Cabs['riders'] = (now, silent) => {
    for (const id of riding) {
      const cab = log.get('cab', id);
      if (!cab || cab.riders.length === 0) riding.delete(id);
      else if (!silent(cab.source)) alight(cab, now);
    }
  };

  return {
    move,
    detect,
    riders,
    tick: (now, silent) => {
      riders(now, silent);
      for (const { id, heard, source } of [...log.all('detection')]) {
        if (now - heard > DETECTION_KEPT_MS && !silent(source)) log.remove('detection', id);
      }
    },
    restore: () => {
      for (const cab of log.all('cab')) {
        if (cab.riders.length > 0) riding.add(cab.id);
        // From the restart on they have their whole limit to be seen again.
        for (const rider of cab.riders) seen.set(seenKey(cab.id, rider), cab.heard);
      }
    },
  };
};
