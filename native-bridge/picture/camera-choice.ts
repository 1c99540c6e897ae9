/**
 * Which camera to open for an alarm.
 *
 * Owns: the choice. Guarantees: the elevator's own camera for what happens in a cab; a camera that raised the alarm
 *   itself; else one in the building (same floor first; the control room's for an unattended one); else the
 *   nearest outside by cone of view and reach, a lookout that must turn after one that looks there.
 * Refuses: to choose an elevator camera for anything outside the cab, or a camera out of reach.
 */
import type { BuildingId, CameraId, ElevatorId } from '../contract/brand.ts';
import type { AlarmRecord, DeviceRecord } from '../contract/records.ts';
import type { SiteCamera } from '../contract/site-files.ts';
import { bySight } from '../contract/sight-line.ts';

export interface CameraChoice {
  readonly forAlarm: (alarm: AlarmRecord, device: DeviceRecord | undefined) => CameraId | undefined;
  /** The elevator that a camera looks into. */
  readonly elevatorOf: (camera: CameraId) => ElevatorId | undefined;
  readonly buildingOf: (camera: CameraId) => BuildingId | undefined;
}

export const createCameraChoice = (cameras: readonly SiteCamera[]): CameraChoice => {
  const byId = new Map(cameras.map((camera) => [camera.id, camera]));
  const byElevator = new Map<string, SiteCamera>();
  const byBuilding = new Map<string, SiteCamera[]>();
  const outdoors = cameras.filter(({ kind }) => kind === 'lookout' || kind === 'fire');
  for (const camera of cameras) {
    if (camera.elevatorId !== undefined) byElevator.set(camera.elevatorId, camera);
    if (camera.buildingId === undefined || camera.kind === 'elevator') continue;
    const there = byBuilding.get(camera.buildingId);
    if (there) there.push(camera);
    else byBuilding.set(camera.buildingId, [camera]);
  }
  const sees = (lon: number, lat: number): SiteCamera | undefined => bySight(outdoors, { lon, lat })[0];
  const choose = (alarm: AlarmRecord, device: DeviceRecord | undefined): SiteCamera | undefined => {
    const own = byId.get(alarm.deviceId);
    if (own) return own;
    const inCab = byElevator.get(alarm.deviceId);
    if (inCab) return inCab;
    const inside = alarm.buildingId === undefined ? [] : (byBuilding.get(alarm.buildingId) ?? []);
    if (alarm.type === 'unattended' || device?.kind === 'control-room') {
      const room = inside.find(({ kind }) => kind === 'control-room');
      if (room) return room;
    }
    const others = inside.filter(({ kind }) => kind !== 'control-room');
    return others.find(({ floor }) => floor === alarm.floor) ?? others[0] ?? sees(alarm.lon, alarm.lat) ?? inside[0];
  };

  return {
    forAlarm: (alarm, device) => choose(alarm, device)?.id as CameraId | undefined,
    elevatorOf: (camera) => byId.get(camera)?.elevatorId as ElevatorId | undefined,
    buildingOf: (camera) => byId.get(camera)?.buildingId as BuildingId | undefined,
  };
};
