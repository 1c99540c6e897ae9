import { expect, test } from 'vitest';
import { cameraId, detectionId, deviceId, eventTime, receiveTime } from '../contract/brand.ts';
import type { DetectionRecord, DeviceRecord } from '../contract/records.ts';
import { newPicture, T0 } from './given.ts';

const camera = cameraId('cam-lift');
const device: DeviceRecord = {
  ...{ id: deviceId('cam-lift'), kind: 'camera', name: 'Cab', lon: 120.87, lat: 30.03, state: 'ok', worst: 0 },
  ...{ source: 'fire-iot', at: eventTime(T0), heard: receiveTime(T0) },
};
const detection = (id: string, label: DetectionRecord['label']): DetectionRecord => ({
  ...{ id: `cam-lift/${id}`, detectionId: detectionId(id), cameraId: camera, pts: T0, label, confidence: 0.8 },
  ...{ box: [0, 0, 1, 1], track: id, firstAt: eventTime(T0), source: 'fire-iot' },
  ...{ at: eventTime(T0), heard: receiveTime(T0) },
});

test('P21: verdicts count per camera and label, each detection once however often it is judged', () => {
  const { log, acts } = newPicture();
  log.put('device', device);
  for (const [id, label] of [
    ['1', 'e-bike'],
    ['2', 'e-bike'],
    ['3', 'smoke'],
  ] as const)
    log.put('detection', detection(id, label));
  const judge = (id: string, is: 'e-bike' | 'stroller' | 'none'): void =>
    acts.verdict(camera, detectionId(id), is, 'li', receiveTime(T0));
  judge('1', 'e-bike');
  judge('2', 'stroller');
  judge('2', 'stroller');
  judge('3', 'none');
  const verdicts = () => log.get('device', device.id)?.verdicts;
  expect(verdicts()).toEqual({ 'e-bike': { right: 1, wrong: 1 }, smoke: { right: 0, wrong: 1 } });
  judge('2', 'e-bike');
  expect(verdicts()?.['e-bike']).toEqual({ right: 2, wrong: 0 });
});
