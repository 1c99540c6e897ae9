/**
 * How right a camera's detector is, by what people said of its detections.
 *
 * Owns: the counts on the camera's device record, by the detector's own label. Guarantees: a detection counts once; who
 *   thinks better of it moves it, and does not count it again.
 * Refuses: cameras that no registry knows; their verdicts are orders all the same.
 */
import { deviceId } from '../contract/brand.ts';
import type { Verdict } from '../contract/port.ts';
import type { DetectionRecord } from '../contract/records.ts';
import type { ChangeLog } from './change-log.ts';

export const tally = (log: ChangeLog, { cameraId, label, verdict }: DetectionRecord, is: Verdict): void => {
  const device = log.get('device', deviceId(cameraId));
  if (!device) return;
  const counts = { right: 0, wrong: 0, ...device.verdicts?.[label] };
  if (verdict) counts[verdict.is === label ? 'right' : 'wrong'] -= 1;
  counts[is === label ? 'right' : 'wrong'] += 1;
  log.put('device', { ...device, verdicts: { ...device.verdicts, [label]: counts } });
};
