import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detectionId } from '../../native-bridge/contract/brand.ts';
import type { Box } from '../../native-bridge/contract/port.ts';
import { DETECTION_LABELS } from '../../native-bridge/contract/wire.ts';
import type { Mask, Plates } from './messages.ts';
import { wordsOf } from './paint.ts';

const SIZE = { w: 640, h: 360 };
const mask = (w: number, h: number): Mask => ({ w, h, alpha: new Uint8Array(w * h) });
const plates: Plates = {
  ...{ line: 2, pad: 4, clock: null },
  masks: Object.fromEntries([
    ...DETECTION_LABELS.map((label) => [`label:${label}`, mask(70, 24)] as const),
    ...[...'0123456789%'].map((figure) => [figure, mask(12, 24)] as const),
  ]),
};
const box = (label: Box['label'], at: Box['box']): Box => ({
  ...{ detectionId: detectionId('d'), label, confidence: 0.9, track: 't', box: at },
});
const words = (...boxes: Box[]) => wordsOf(SIZE, { boxes, how: 'own' }, plates);

test('E3: no word covers another, however the boxes stand; each is inside the picture', () => {
  const part = fc.double({ min: 0, max: 0.6, noNaN: true });
  const some = fc.record({
    label: fc.constantFrom('person' as const, 'bicycle' as const),
    x: part,
    y: part,
    w: part,
    h: part,
  });
  fc.assert(
    fc.property(fc.array(some, { maxLength: 6 }), (all) => {
      const placed = words(...all.map(({ label, x, y, w, h }) => box(label, [x, y, w / 2, h / 2])));
      for (const [i, a] of placed.entries()) {
        expect(a.left >= 0 && a.top >= 0 && a.left + a.wide <= SIZE.w && a.top + a.high <= SIZE.h).toBe(true);
        for (const b of placed.slice(i + 1)) {
          const apart =
            a.left + a.wide <= b.left ||
            b.left + b.wide <= a.left ||
            a.top + a.high <= b.top ||
            b.top + b.high <= a.top;
          expect(apart).toBe(true);
        }
      }
    }),
  );
});
test('E3: two persons side by side both have their word; an e-bike has its own above it, whoever stands there', () => {
  expect(words(box('person', [0.4, 0.3, 0.1, 0.4]), box('person', [0.52, 0.3, 0.1, 0.4]))).toHaveLength(2);
  const [bike, person] = words(box('person', [0.4, 0.1, 0.1, 0.4]), box('e-bike', [0.38, 0.5, 0.3, 0.3]));
  expect(bike?.top).toBeLessThan(180);
  expect(person?.top).toBeLessThan(bike?.top ?? 0);
});
