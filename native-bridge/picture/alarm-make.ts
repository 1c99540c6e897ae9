/**
 * A new alarm record, and its place from the registry.
 *
 * Owns: which fields of the event and of the device go into it. Guarantees: an alarm of a device nobody knows yet is an
 *   alarm all the same; it learns its place later. Refuses: states, levels, grouping.
 */
import type { AlarmRecord, DeviceRecord } from '../contract/records.ts';
import type { AlarmEvent } from '../contract/wire.ts';
import type { CameraChoice } from './camera-choice.ts';
import type { ChangeLog } from './change-log.ts';
import type { Origin } from './desk.ts';

export interface Maker {
  readonly create: (event: AlarmEvent, origin: Origin) => AlarmRecord;
  readonly located: (record: AlarmRecord, device: DeviceRecord) => AlarmRecord;
}
export const createMaker = (log: ChangeLog, cameras: CameraChoice): Maker => {
  const located = (record: AlarmRecord, device: DeviceRecord): AlarmRecord => {
    const { name, kind, lon, lat, h, buildingId, floor, blockId } = device;
    const placed: AlarmRecord = { ...record, deviceName: name, deviceKind: kind, lon, lat };
    if (h !== undefined) placed.h = h;
    if (buildingId !== undefined) placed.buildingId = buildingId;
    if (floor !== undefined) placed.floor = floor;
    if (blockId !== undefined) placed.blockId = blockId;
    const camera = cameras.forAlarm(placed, device);
    if (camera !== undefined) placed.cameraId = camera;
    return placed;
  };
  const create = (event: AlarmEvent, origin: Origin): AlarmRecord => {
    const device = log.get('device', event.deviceId);
    const record: AlarmRecord = {
      id: event.id,
      source: origin.source,
      at: event.ts,
      heard: origin.heard,
      deviceId: event.deviceId,
      deviceName: event.deviceId,
      deviceKind: null,
      type: event.type,
      level: event.level,
      state: event.state === 'raised' ? 'unacknowledged' : 'normal',
      active: event.state === 'raised',
      lon: 0,
      lat: 0,
      repeats: 0,
      rises: event.state === 'raised' ? 1 : 0,
      contactLost: false,
      epoch: origin.epoch,
    };
    if (event.text !== undefined) record.text = event.text;
    if (event.values !== undefined) record.values = event.values;
    if (event.test === true) record.test = true;
    if (event.state === 'cleared') record.clearedAt = event.ts;
    return device ? located(record, device) : record;
  };

  return { create, located };
};
