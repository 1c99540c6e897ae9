/**
 * A small town for the tests of this room: a picture, and the words to tell it things.
 *
 * Owns: devices, cameras and events that the tests share. Guarantees: one town for each call; nothing is global.
 * Refuses: to be imported by anything but tests.
 */
import { alarmId, buildingId, deviceId, elevatorId, eventTime, receiveTime } from '../contract/brand.ts';
import type { Observation } from '../contract/observation.ts';
import type { AlarmRecord, FeedRecord, StripRecord } from '../contract/records.ts';
import type { SiteCamera } from '../contract/site-files.ts';
import { AGE_LIMITS } from '../contract/staleness.ts';
import type { AlarmEvent, AlarmType, DeviceEvent, StreamEvent } from '../contract/wire.ts';
import { createPicture, type Picture, type PictureOptions } from './picture.ts';

export const T0 = 1_764_000_000_000;
const camera = (id: string, more: Partial<SiteCamera>): SiteCamera => ({
  id,
  kind: 'fire',
  name: { zh: id, en: id },
  lon: 120.87,
  lat: 30.03,
  h: 3,
  heading: 0,
  fov: 60,
  range: 500,
  pitch: 0,
  ...more,
});
const CAMERAS: SiteCamera[] = [
  camera('cam-lift', { kind: 'elevator', elevatorId: 'el-1', buildingId: 'b-1' }),
  camera('cam-room', { kind: 'control-room', buildingId: 'b-1' }),
  camera('cam-street', { lon: 120.8705, heading: 270 }),
  camera('cam-blind-side', { lon: 120.8701, heading: 90 }),
];
export const LIMITS = { floodBegins: 10, floodEnds: 5, chattering: 5, box: AGE_LIMITS.box, utcOffsetHours: 8 };
export const newPicture = (tombstones = 1000, more: Partial<PictureOptions> = {}): Picture =>
  createPicture({
    site: { cameras: CAMERAS, elevators: new Map([[elevatorId('el-1'), buildingId('b-1')]]) },
    limits: LIMITS,
    tombstones,
    ...more,
  });

type Manner = Observation['manner'];
let seq = 1;
export const observed = <S extends keyof StreamEvent>(
  stream: S,
  events: StreamEvent[S][],
  heard: number,
  manner: Manner = 'live',
  epoch = 'e1',
): Observation =>
  ({
    source: stream.slice(0, stream.indexOf('.')),
    stream,
    epoch,
    seq: seq++,
    manner,
    heard: receiveTime(heard),
    events,
  }) as Observation;
export const device = (id: string, more: Partial<DeviceEvent> = {}): DeviceEvent => ({
  id: deviceId(id),
  kind: 'smoke',
  name: `name of ${id}`,
  lon: 120.87,
  lat: 30.03,
  state: 'ok',
  ...more,
});
export const alarm = (
  id: string,
  on: string,
  type: AlarmType,
  at: number,
  more: Partial<AlarmEvent> = {},
): AlarmEvent => ({
  id: alarmId(id),
  deviceId: deviceId(on),
  ts: eventTime(at),
  type,
  level: 2,
  state: 'raised',
  ...more,
});
export const reading = (on: string, at: number, values: Record<string, number>): StreamEvent['fire-iot.reading'] => ({
  id: `r-${on}-${at}`,
  deviceId: deviceId(on),
  ts: eventTime(at),
  values,
});
export const feed = (link: FeedRecord['link'], epoch = 'e1', id = 'fire-iot'): FeedRecord => ({
  id,
  link,
  epoch,
  lastHeard: receiveTime(T0),
  lastSeq: 0,
  received: 0,
  journaled: 0,
  duplicates: 0,
  gapsHealed: 0,
  quarantined: 0,
  lagMs: 0,
  skewMs: 0,
  encrypted: false,
  rate: 0,
});

export interface Town {
  picture: Picture;
  tell: <S extends keyof StreamEvent>(
    stream: S,
    events: StreamEvent[S][],
    heard: number,
    manner?: Manner,
    epoch?: string,
  ) => void;
  theAlarm: (id: string) => AlarmRecord;
  /** The strip; throws when it does not add up. */
  strip: () => StripRecord;
}
export const newTown = (picture = newPicture()): Town => {
  const tell: Town['tell'] = (stream, events, heard, manner = 'live', epoch = 'e1') =>
    picture.observe([observed(stream, events, heard, manner, epoch)]);
  tell(
    'fire-iot.device',
    [
      device('s-1', { buildingId: buildingId('b-1'), floor: 12 }),
      device('s-2', { buildingId: buildingId('b-1'), floor: 13 }),
      device('s-3', { buildingId: buildingId('b-2'), floor: 1, lon: 120.88 }),
      device('p-1', { kind: 'charging-pile', buildingId: buildingId('b-1'), floor: 12 }),
      device('el-1', { kind: 'elevator', buildingId: buildingId('b-1') }),
    ],
    T0,
  );
  return {
    picture,
    tell,
    theAlarm: (id) => {
      const record = picture.log.get('alarm', id);
      if (!record) throw new Error(`no alarm ${id}`);
      return record;
    },
    strip: () => {
      const record = picture.log.get('strip', 'strip');
      if (!record) throw new Error('no strip');
      const { received, shown, grouped, shelved, duplicates } = record;
      if (received !== shown + grouped + shelved + duplicates)
        throw new Error(`does not add up: ${JSON.stringify(record)}`);
      return record;
    },
  };
};
