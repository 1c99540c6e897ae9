import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { cameraId } from '../contract/brand.ts';
import type { VideoHeader } from '../contract/wire.ts';
import { openClipWriter } from '../video/clip-file.ts';
import { createClipsInStep } from './clips-in-step.ts';

const T0 = 1_700_000_000_000;

test('Z7: two cameras show the same moment, each its own clip, forth and back', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'fengsui-step-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const clip = async (camera: string, from: number): Promise<void> => {
    const id = `${camera}-clip`;
    const writer = openClipWriter(join(dir, `${id}.clip`));
    for (let i = 0; i < 20; i++) {
      const header = {
        v: 1,
        cameraId: cameraId(camera),
        pts: i * 100,
        key: i % 5 === 0,
        codec: 'avc1',
        w: 1,
        h: 1,
        fseq: i,
      };
      writer.add({ t: 'frame', header: header as VideoHeader, data: new Uint8Array([i]), at: from + i * 100 });
    }
    await writer.sync();
    await writer.close();
    writeFileSync(join(dir, `${id}.json`), JSON.stringify({ id, cameraId: camera, from, to: from + 1900 }));
  };
  await clip('a', T0);
  await clip('b', T0 + 500);
  const shown: string[] = [];
  const clips = createClipsInStep(dir);
  const viewer = clips.relay.join({
    frame: ({ cameraId: of, fseq, key }, data) => {
      shown.push(`${of}${data[0] ?? ''}${key ? 'k' : ''}`);
      expect(fseq).toBeGreaterThan(0);
      return true;
    },
    boxes: () => undefined,
  });
  viewer.cameras([cameraId('a'), cameraId('b'), cameraId('c')], new Map());
  const at = async (ms: number, frames: number, fast = false): Promise<string[]> => {
    shown.length = 0;
    clips.go(T0 + ms, fast);
    for (let i = 0; i < 2000 && shown.length < frames; i++) await new Promise((go) => setTimeout(go, 10));
    return [...shown].sort();
  };
  expect(await at(750, 6)).toEqual(['a5k', 'a6', 'a7', 'b0k', 'b1', 'b2']);
  expect(await at(850, 2)).toEqual(['a8', 'b3']);
  // Back: each from a key frame anew; before its first picture a camera shows nothing.
  expect(await at(310, 4)).toEqual(['a0k', 'a1', 'a2', 'a3']);
  expect(await at(1120, 4)).toEqual(['a10k', 'a11', 'b5k', 'b6']);
  // At high speed a key frame each; slow again, what follows it comes without a hole.
  expect(await at(1750, 2, true)).toEqual(['a15k', 'b10k']);
  expect(await at(1760, 0, true)).toEqual([]);
  expect(await at(1770, 4)).toEqual(['a16', 'a17', 'b11', 'b12']);
});
