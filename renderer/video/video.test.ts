import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cameraId, detectionId } from '../../native-bridge/contract/brand.ts';
import type { Box } from '../../native-bridge/contract/port.ts';
import type { VideoHeader } from '../../native-bridge/contract/wire.ts';
import { boxedCount, onBoxed, setBoxed } from './boxed.ts';
import { createBoxStore } from './box-store.ts';
import { createFreshness, PROOF_MS } from './freshness.ts';
import type { Status } from './messages.ts';
import { createReport, LIVE_MS, LOST_MS } from './report.ts';
import { createSequence } from './sequence.ts';

const header = (fseq: number, key = false, pts = fseq * 66): VideoHeader => ({
  v: 1,
  cameraId: cameraId('c'),
  pts,
  key,
  codec: 'avc1.42E01E',
  w: 640,
  h: 360,
  fseq,
});
const box = (label: Box['label'], track = 't', id = track): Box => ({
  detectionId: detectionId(id),
  label,
  confidence: 0.9,
  box: [0, 0, 0.1, 0.1],
  track,
});

describe('E1: only unbroken runs are decoded', () => {
  it('whatever comes, a delta is decoded only right after its predecessor', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ fseq: fc.integer({ min: 0, max: 40 }), key: fc.boolean(), broken: fc.boolean() })),
        (units) => {
          const sequence = createSequence();
          let last: number | null = null;
          for (const { fseq, key, broken } of units) {
            if (broken) {
              sequence.break();
              last = null;
            }
            const verdict = sequence.take({ fseq, key });
            if (verdict === 'decode') {
              expect(key || fseq === (last ?? Number.NaN) + 1).toBe(true);
              last = fseq;
            } else {
              expect(key).toBe(false);
              if (verdict === 'gap') last = null;
            }
            expect(sequence.running()).toBe(last !== null);
          }
        },
      ),
    );
  });
  it('says why: nothing before a key frame, a gap once, then no key frame', () => {
    const { take } = createSequence();
    expect(
      [header(4), header(5, true), header(6), header(6), header(8), header(9), header(10, true), header(11)].map(take),
    ).toEqual(['no-key', 'decode', 'decode', 'late', 'gap', 'no-key', 'decode', 'decode']);
  });
});

describe('E2: what is live', () => {
  const at = 1_700_000_000_000;
  it('a replayed group is as old as its times say, and live once the camera keeps pace', () => {
    const fresh = createFreshness();
    for (let i = 0; i < 20; i++) expect(fresh.note(at - 9000 + i * 66, at)).toBe(at - 9000 + i * 66);
    expect(fresh.skew()).toBeNull();
  });
  it('a camera whose clock is an hour off is believed by its pace', () => {
    for (const skew of [-3_600_000, 3_600_000]) {
      const fresh = createFreshness();
      let taken = 0;
      let now = at;
      for (let i = 0; i < 30; i++, now += 66) taken = fresh.note(now + skew, now);
      expect(Math.abs(now - 66 - taken)).toBeLessThan(1);
      expect(Math.abs((fresh.skew() ?? 0) - skew)).toBeLessThan(1);
    }
  });
  it('a frame that waited on its way is older than its arrival', () => {
    const fresh = createFreshness();
    let now = at;
    for (let i = 0; i < 30; i++, now += 66) fresh.note(now, now + 5);
    expect(fresh.note(now, now + 905)).toBe(now + 5);
  });
  it('a clock that is set, or a stream that begins anew with old frames, is judged anew', () => {
    const fresh = createFreshness();
    let now = at;
    for (let i = 0; i < 30; i++, now += 66) fresh.note(now, now);
    expect(fresh.note(now - 60_000, now)).toBe(now - 60_000);
    let taken = 0;
    for (let i = 0; i * 66 < PROOF_MS + 200; i++, now += 66) taken = fresh.note(now - 60_000, now);
    expect(now - 66 - taken).toBeLessThan(1);
  });

  it('live, held after one second, grey after three; a gap holds at once; a new picture is live again', () => {
    let now = at;
    const told: Status[] = [];
    const report = createReport(
      () => now,
      (status) => told.push(status),
    );
    const show = (fseq: number): void => {
      report.arrived(header(fseq, false, now));
      report.shown(0, now);
      report.painted(header(fseq, false, now), 0, false);
    };
    report.tick();
    expect(report.status().state).toBe('waiting');
    for (let i = 0; i < 15; i++, now += 66) show(i);
    expect(report.status()).toMatchObject({ state: 'live', fps: 15, reason: null });
    report.left('gap');
    expect(told.at(-1)).toMatchObject({ state: 'frozen', reason: 'gap' });
    show(20);
    expect(told.at(-1)?.state).toBe('live');
    now += LIVE_MS + 1;
    report.tick();
    expect(told.at(-1)).toMatchObject({ state: 'frozen', reason: 'silent' });
    now += LOST_MS;
    report.tick();
    expect(told.at(-1)).toMatchObject({ state: 'lost', reason: 'silent', fps: 0 });
    report.hold('unsupported');
    expect(told.at(-1)).toMatchObject({ state: 'undecodable', reason: 'unsupported' });
    show(30);
    expect(told.at(-1)?.state).toBe('live');
  });
  it('a camera of one frame in two seconds is live between its frames', () => {
    let now = at;
    const report = createReport(
      () => now,
      () => undefined,
    );
    for (let i = 0; i < 5; i++, now += 2000) {
      report.arrived(header(i, true, now));
      report.shown(0, now);
      report.painted(header(i, true, now), 0, false);
    }
    report.tick();
    expect(report.status().state).toBe('live');
    now += 7000;
    report.tick();
    expect(report.status().state).toBe('lost');
  });
});

describe('E12: a camera that the budget shows now and then', () => {
  it('is never live, lost only when its next picture is long due, and said to be held when nothing is taken', () => {
    let now = 1_700_000_000_000;
    const report = createReport(
      () => now,
      () => undefined,
    );
    const picture = (i: number): void => {
      report.arrived(header(i, true, now));
      report.shown(0, now);
      report.painted(header(i, true, now), 0, false);
    };
    const state = (): string => {
      report.tick();
      return report.status().state;
    };
    report.pace('still');
    expect(state()).toBe('waiting');
    for (let i = 0; i < 3; i++, now += 10_000) {
      picture(i);
      expect(state()).toBe('sampled');
    }
    expect(state()).toBe('sampled');
    now += 25_000;
    expect(state()).toBe('lost');
    report.pace('hold');
    expect(state()).toBe('parked');
    report.pace('full');
    expect(state()).toBe('lost');
    for (let i = 3; i < 8; i++, now += 66) picture(i);
    expect(state()).toBe('live');
  });
});

describe('E3: boxes belong to their frame', () => {
  it('solid on their own frame, dashed on the next, faint after 0.2 s, gone after 1 s', () => {
    const store = createBoxStore();
    store.put(1000, [box('e-bike')]);
    expect(store.at(1000, 50)?.how).toBe('own');
    expect(store.at(1000, 2900)?.how).toBe('own');
    expect(store.at(1000, 3001)).toBeNull();
    expect(store.at(1066, 50)?.how).toBe('near');
    expect(store.at(1333, 50)?.how).toBe('late');
    expect(store.at(2033, 0)).toBeNull();
    expect(store.at(933, 0)).toBeNull();
  });
  it('boxes of one frame that come in parts are joined by track, and a corrected one replaces', () => {
    const store = createBoxStore();
    store.put(5, [box('e-bike', 'a', '1')]);
    store.put(5, [box('person', 'b', '2'), box('e-bike', 'a', '3')]);
    expect(
      store
        .at(5, 0)
        ?.boxes.map(({ detectionId: id }) => id)
        .sort(),
    ).toEqual(['2', '3']);
  });
  it('keeps a bounded number of frames, the newest', () => {
    const store = createBoxStore();
    for (let i = 0; i < 1000; i++) store.put(i, [box('person')]);
    expect(store.has(999)).toBe(true);
    expect(store.has(800)).toBe(false);
  });
});

describe('E5: the count of tiles with an e-bike', () => {
  it('counts tiles, not tellings, and forgets those that go', () => {
    const heard: number[] = [];
    const stop = onBoxed((count) => heard.push(count));
    const [a, b] = [{}, {}];
    setBoxed(a, true);
    setBoxed(a, true);
    setBoxed(b, true);
    setBoxed(a, false);
    setBoxed(a, false);
    stop();
    setBoxed(b, false);
    expect(heard).toEqual([1, 2, 1]);
    expect(boxedCount()).toBe(0);
  });
});
