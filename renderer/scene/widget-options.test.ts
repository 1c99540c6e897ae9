import { Scene } from '@cesium/engine';
import { expect, test } from 'vitest';
import { TABLE } from './widget-options.ts';

test('S26: the table of reflections that is put out is the one that the engine would make', () => {
  expect(Object.getOwnPropertyNames(Scene.prototype)).toContain('updateFrameState');
  expect(String(Object.getOwnPropertyDescriptor(Scene.prototype, 'updateFrameState')?.value)).toContain(
    `this.${TABLE}`,
  );
});
