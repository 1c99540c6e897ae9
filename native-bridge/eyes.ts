/**
 * The eyes of the bridge: pictures to the windows, clips of what mattered, and which cameras see nothing.
 *
 * Owns: how relay, keeper, player and the watch over silence hang together. Guarantees: a clip is asked for like a camera and
 *   never upstream; without a folder for clips everything else goes on.
 * Refuses: any of their work.
 */
import { join } from 'node:path';
import type { Clock } from './base/clock.ts';
import type { Log } from './base/log.ts';
import { alarmId, cameraId, deviceId, type AlarmId, type CameraId, type EventTime } from './contract/brand.ts';
import type { Blind } from './contract/blind.ts';
import { clipOf, type ClipRecord } from './contract/clip-record.ts';
import type { Observation } from './contract/observation.ts';
import { cameraOf, type Variant } from './contract/video-takes.ts';
import type { AlarmEvent } from './contract/wire.ts';
import type { FrameBoxes } from './picture/boxes.ts';
import type { ChangeLog } from './picture/change-log.ts';
import type { Intake } from './stages.ts';
import { createClipKeeper, type ClipKeeper } from './video/clip-keeper.ts';
import { createClipPlayer } from './video/clip-player.ts';
import { openShelf, type Shelf } from './video/clip-shelf.ts';
import { createVideoRelay, type VideoRelay } from './video/relay.ts';
import { createSight, LOOK_MS, type Sight } from './video/sight.ts';

const DAY = 24 * 3600_000;
/** 2 GiB hold about 35 h of 360p15 (16 kB/s each as the demonstration's cameras send it). */
const CLIPS = { maxBytes: 2 * 2 ** 30, maxAgeMs: 30 * DAY, reserveBytes: 512 * 2 ** 20 };

/** As the platform's own devices that do not answer: to be seen to, not to be run for. */
const BLIND_LEVEL = 4;

export interface Eyes {
  readonly relay: VideoRelay;
  readonly sight: Sight;
  /** Live boxes of frames, as they come. */
  readonly boxes: (frames: readonly FrameBoxes[]) => void;
  /** What was observed and is in the picture now. */
  readonly heard: (observations: readonly Observation[]) => void;
  readonly close: () => Promise<void>;
}

export const openEyes = async (options: {
  data: string;
  picture: ChangeLog;
  intake: Pick<Intake, 'watchCameras' | 'keyframe' | 'onVideo'>;
  /** A clip is complete: the journal keeps that it was made. */
  note: (record: ClipRecord) => void;
  /** A camera has been blind for `blindAlarmMs`, or no longer is: an alarm like any other. */
  alarm: (event: AlarmEvent) => void;
  blindAlarmMs: number;
  /** Streams the platform publishes beside each camera's own. */
  variants: readonly Variant[];
  changed: () => void;
  clock: Clock;
  log: Log;
}): Promise<Eyes> => {
  const { data, picture, intake, clock, log } = options;
  const shelf: Shelf | null = await openShelf({ dir: join(data, 'clips'), ...CLIPS }).catch((error: unknown) => {
    log.error({ error: String(error) }, 'no clips are kept');
    return null;
  });
  const player = createClipPlayer({ clock, read: async (id) => shelf?.read(id) ?? null, relay: () => relay });
  /** Asked anew each time it is blind: an alarm that is over does not come back as itself. */
  const alarmIdOf = (id: CameraId, blind: Blind): AlarmId => alarmId(`blind/${id}/${blind.since}`);
  const isOf = (alarm: { id: AlarmId; deviceId: string; active: boolean }, id: CameraId): boolean =>
    alarm.deviceId === id && alarm.active && alarm.id.startsWith(`blind/${id}/`);
  const alarms = [...picture.all('alarm')].filter(({ id }) => id.startsWith('blind/'));
  const sight = createSight({
    clock,
    known: [...picture.all('device')].flatMap(({ id, blind }) =>
      blind ? [{ id: cameraId(id), blind, alarmed: alarms.some((alarm) => isOf(alarm, cameraId(id))) }] : [],
    ),
    alarmAfterMs: options.blindAlarmMs,
    alarm: (id, blind, raised) => {
      const event = { id: alarmIdOf(id, blind), deviceId: deviceId(id), type: 'offline', level: BLIND_LEVEL } as const;
      options.alarm({
        ...event,
        ts: clock.now() as number as EventTime,
        state: raised ? 'raised' : 'cleared',
      });
    },
    linked: () => picture.get('feed', 'video')?.link === 'live',
    tell: (cameraId, blind) => {
      const held = picture.get('device', cameraId);
      if (!held) return;
      const { blind: _before, ...rest } = held;
      picture.put('device', blind ? { ...rest, blind } : rest);
      options.changed();
    },
  });
  const relay: VideoRelay = createVideoRelay({
    clock,
    variants: options.variants,
    watch: (ids) => {
      const streams = ids.filter((id) => clipOf(id) === null);
      intake.watchCameras(streams);
      sight.watch([...new Set(streams.map(cameraOf))]);
      player.want(ids.flatMap((id) => clipOf(id) ?? []));
    },
    keyframe: (id: CameraId) => {
      if (clipOf(id) === null) intake.keyframe(id);
    },
  });
  intake.onVideo((header, bytes) => {
    sight.frame(cameraOf(header.cameraId));
    relay.frame(header, bytes);
  });

  let keeper: ClipKeeper | null = null;
  if (shelf) {
    for (const clip of picture.all('clip')) picture.remove('clip', clip.id);
    for (const clip of shelf.all()) picture.put('clip', clip);
    keeper = createClipKeeper({
      shelf,
      relay,
      clock,
      log,
      tell: (id, record) => {
        if (record === null) picture.remove('clip', id);
        else picture.put('clip', record);
        if (record?.state === 'kept') options.note(record);
        options.changed();
      },
    });
  }
  const stop = clock.every(LOOK_MS, sight.look);

  return {
    relay,
    sight,
    boxes: (frames) => {
      for (const { cameraId, pts, boxes } of frames) {
        keeper?.boxes(cameraId, pts, boxes);
        relay.boxes(cameraId, pts, boxes);
      }
    },
    heard: (observations) => {
      for (const seen of observations) {
        if (seen.stream !== 'fire-iot.alarm' || seen.manner !== 'live') continue;
        for (const event of seen.events) {
          if (event?.state !== 'raised') continue;
          const camera = picture.get('alarm', event.id)?.cameraId;
          if (camera) keeper?.alarm(event.id, camera);
        }
      }
    },
    close: async () => {
      stop();
      player.close();
      await keeper?.close();
    },
  };
};
