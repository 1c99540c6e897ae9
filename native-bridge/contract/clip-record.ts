/**
 * Clips: the seconds around an event that the console keeps of a camera.
 *
 * Owns: the record, and the name under which a window asks for a clip as it asks for a camera.
 * Guarantees: a clip's pictures come through the frames lane under `clipCamera(id)`, with the times they were taken.
 * Refuses: pictures themselves; they stay on disk.
 */
import { cameraId, type AlarmId, type CameraId, type DetectionId, type ReceiveTime } from './brand.ts';

export interface ClipRecord {
  /** Names its file, too. */
  id: string;
  cameraId: CameraId;
  /** Bridge time of its first and last picture. */
  from: ReceiveTime;
  to: ReceiveTime;
  /** The camera's own times of the same. */
  firstPts: number;
  lastPts: number;
  frames: number;
  bytes: number;
  why: ('e-bike' | 'alarm')[];
  alarmIds: AlarmId[];
  /** The picture of the surest e-bike in it; with a still of its own as long as the clip is kept. */
  still: { pts: number; detectionId: DetectionId; confidence: number } | null;
  /** `torn`: the bridge died while it was recorded; what was whole is kept. */
  state: 'recording' | 'kept' | 'torn';
  /** Why it ends before its time. */
  trouble: 'disk-full' | 'disk-error' | null;
}

const PREFIX = 'clip:';
export const clipCamera = (id: string): CameraId => cameraId(PREFIX + id);
/** The clip that a camera's name stands for; null for a real camera. */
export const clipOf = (id: CameraId): string | null => (id.startsWith(PREFIX) ? id.slice(PREFIX.length) : null);
