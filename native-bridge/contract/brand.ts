/**
 * Names that cannot be mixed up: branded ids and times.
 *
 * Owns: the brand of every id and instant that crosses a room.
 * Guarantees: a `DeviceId` is not accepted where a `CameraId` is meant, nor an event time where a receive time is.
 * Refuses: to check anything; what comes from outside is checked in `decode/`.
 */
declare const brand: unique symbol;
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

export type DeviceId = Brand<string, 'DeviceId'>;
/** A camera is a device of kind `camera`; its id is the `cameraId` of video topics. */
export type CameraId = Brand<string, 'CameraId'>;
export type BuildingId = Brand<string, 'BuildingId'>;
export type BlockId = Brand<string, 'BlockId'>;
export type AlarmId = Brand<string, 'AlarmId'>;
export type DetectionId = Brand<string, 'DetectionId'>;
/** A rescue unit or vehicle that reports its position. */
export type UnitId = Brand<string, 'UnitId'>;
/** The `elevatorId` of cab events: an elevator is a device of kind `elevator`. */
export type ElevatorId = Brand<string, 'ElevatorId'>;
export type IncidentId = Brand<string, 'IncidentId'>;
export type TaskId = Brand<string, 'TaskId'>;
/** Made by the console, kept by the upstream: sending one twice acts once. */
export type OrderId = Brand<string, 'OrderId'>;

/** ms since 1970 UTC, when it happened, by the clock of whoever saw it. */
export type EventTime = Brand<number, 'EventTime'>;
/** ms since 1970 UTC, when the console knew, by the bridge's own clock. */
export type ReceiveTime = Brand<number, 'ReceiveTime'>;
/** The change clock: rises by at least one with every change of the picture; never falls within one run of the bridge. */
export type Clock = Brand<number, 'Clock'>;

export const deviceId = (text: string): DeviceId => text as DeviceId;
export const cameraId = (text: string): CameraId => text as CameraId;
export const buildingId = (text: string): BuildingId => text as BuildingId;
export const alarmId = (text: string): AlarmId => text as AlarmId;
export const detectionId = (text: string): DetectionId => text as DetectionId;
export const unitId = (text: string): UnitId => text as UnitId;
export const elevatorId = (text: string): ElevatorId => text as ElevatorId;
export const incidentId = (text: string): IncidentId => text as IncidentId;
export const taskId = (text: string): TaskId => text as TaskId;
export const orderId = (text: string): OrderId => text as OrderId;
export const eventTime = (ms: number): EventTime => ms as EventTime;
export const receiveTime = (ms: number): ReceiveTime => ms as ReceiveTime;
export const clock = (n: number): Clock => n as Clock;
