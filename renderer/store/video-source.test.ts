import { describe, expect, it } from 'vitest';
import { cameraId } from '../../native-bridge/contract/brand.ts';
import type { VideoHeader } from '../../native-bridge/contract/wire.ts';
import { createVideoHub } from './video-source.ts';

const [a, b] = [cameraId('a'), cameraId('b')];
const turn = (): Promise<void> => new Promise((go) => setTimeout(go, 0));
const header: VideoHeader = { v: 1, cameraId: a, pts: 1, key: true, codec: 'avc1.42E01E', w: 640, h: 360, fseq: 0 };

describe('the hub between link and tiles', () => {
  it('counts wants, tells the whole set once a turn and only when it changed', async () => {
    const hub = createVideoHub(() => 0);
    const told: string[][] = [];
    hub.onWanted((ids) => told.push(ids));
    const first = hub.want(b);
    const second = hub.want(a);
    const third = hub.want(a);
    await turn();
    second();
    second();
    await turn();
    third();
    const again = hub.want(a);
    await turn();
    again();
    first();
    await turn();
    expect(told).toEqual([[a, b], []]);
    expect(hub.wanted()).toEqual([]);
  });
  it('how much of a camera is taken is told with the set, once a turn, and only of cameras that are wanted', async () => {
    const hub = createVideoHub(() => 0);
    const told: unknown[] = [];
    let heard = 0;
    hub.onWanted((ids, takes) => told.push([ids, takes]));
    hub.onTake(() => (heard += 1));
    hub.want(a);
    const takes = new Map([
      [a, 'still'],
      [b, 'hold'],
    ] as const);
    hub.take(takes);
    hub.take(new Map(takes));
    await turn();
    hub.take(new Map());
    await turn();
    expect(told).toEqual([
      [[a], { a: 'still' }],
      [[a], {}],
    ]);
    expect(heard).toBe(2);
    expect(hub.takeOf(a)).toBe('full');
  });
  it('a frame reaches every listener of its camera and nobody else; one that stops hears no more', () => {
    const hub = createVideoHub(() => 0);
    const heard: string[] = [];
    const stop = hub.onFrame(a, () => heard.push('1'));
    hub.onFrame(a, () => heard.push('2'));
    hub.onFrame(b, () => heard.push('b'));
    hub.onBoxes(a, ({ pts }) => heard.push(`boxes ${String(pts)}`));
    hub.frame(header, new Uint8Array(1));
    stop();
    stop();
    hub.frame(header, new Uint8Array(1));
    hub.boxes(a, 7, []);
    expect(heard).toEqual(['1', '2', '2', 'boxes 7']);
  });
});
