import { expect, test } from 'vitest';
import { receiveTime } from '../contract/brand.ts';
import type { BoxForm } from '../contract/box-form.ts';
import { settleBox, type BoxForms } from './boxes.ts';
import { decode } from './decode.ts';
import type { Frame } from '../contract/frame.ts';

const forms: BoxForms = new Map<string, BoxForm>([
  ['onvif', 'onvif'],
  ['pixels', { pixels: [1920, 1080] }],
]);
const settled = (cameraId: string, box: unknown): unknown => {
  const event = { cameraId, box };
  const wrong = settleBox(event, forms);
  return wrong ?? (Array.isArray(event.box) ? event.box.map((n: number) => Math.round(n * 1e6) / 1e6) : event.box);
};

test('D9: ONVIF counts from -1 to 1 with y upwards, named or as a list', () => {
  expect(settled('onvif', { left: -1, top: 1, right: 0, bottom: 0 })).toEqual([0, 0, 0.5, 0.5]);
  expect(settled('onvif', [0, -0.5, 0.5, -1])).toEqual([0.5, 0.75, 0.25, 0.25]);
});
test('D9: pixels count by the size that the camera list says', () => {
  expect(settled('pixels', [960, 270, 480, 540])).toEqual([0.5, 0.25, 0.25, 0.5]);
});
test('D9: what reaches over the edge is cut; what is outside, inside out or no box is said', () => {
  expect(settled('onvif', [-1.2, 1.1, -0.8, 0.9])).toEqual([0, 0, 0.1, 0.05]);
  expect(settled('pixels', [2000, 0, 10, 10])).toBe('lies outside the frame');
  expect(settled('onvif', [-1, -1, 0, 0])).toMatch(/inside out/);
  expect(settled('onvif', [0, 0, Number.NaN, 1])).toMatch(/left, top, right, bottom/);
  expect(settled('pixels', { left: 0, top: 0, right: 1, bottom: 1 })).toMatch(/in pixels/);
});
test('D9: a camera of the contract is left as it is', () => {
  expect(settled('cam', [0.1, 0.2, 0.3, 0.4])).toEqual([0.1, 0.2, 0.3, 0.4]);
});

const detection = (cameraId: string, box: unknown) => ({
  ...{ id: `d-${cameraId}`, cameraId, ts: 1_700_000_000_000, pts: 1_700_000_000_000, label: 'e-bike', confidence: 0.9 },
  box,
});
test('D9: a batch of several cameras: each by its own, the broken one alone in quarantine', () => {
  const events = [
    detection('onvif', { left: -1, top: 1, right: 0, bottom: 0 }),
    detection('pixels', [3000, 0, 10, 10]),
    detection('cam', [0.5, 0.5, 0.1, 0.1]),
  ];
  const frame: Frame = {
    ...{ source: 'fire-iot', topic: 'fire-iot.detection', epoch: 'e', seq: 1, n: 3, from: 1, to: 3, ts: 1 },
    manner: 'live',
    heard: receiveTime(1),
    body: Buffer.from(JSON.stringify(events)),
  };
  const { observation, rejects } = decode(frame, 'wgs84', forms);
  expect(observation?.events.map((event) => event && (event as { box?: unknown }).box)).toEqual([
    [0, 0, 0.5, 0.5],
    null,
    [0.5, 0.5, 0.1, 0.1],
  ]);
  expect(rejects).toMatchObject([{ seq: 2, path: '/box', detail: 'lies outside the frame' }]);
});
