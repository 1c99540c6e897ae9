/**
 * One camera in the decode worker: from access units to painted pictures.
 *
 * Owns: its decoder, the picture that is shown, what is known of its age, its counts.
 * Guarantees: E1 to E4 of the README.
 * Refuses: to share a decoder; a damaged stream disturbs no other camera.
 */
import type { Box } from '../../native-bridge/contract/port.ts';
import { AGE_LIMITS } from '../../native-bridge/contract/staleness.ts';
import type { Take } from '../../native-bridge/contract/video-takes.ts';
import type { VideoHeader } from '../../native-bridge/contract/wire.ts';
import { createBoxStore, type Shown } from './box-store.ts';
import { createDecoder, type Decoded } from './decoder.ts';
import { createFreshness } from './freshness.ts';
import { createLook, LOOK_MS } from './look.ts';
import type { Plates, Status, TileReason } from './messages.ts';
import { createReport } from './report.ts';
import { MOST_WAITING, painted, rawOf, type Raw, type Screen } from './screens.ts';
import { createSequence } from './sequence.ts';

/**
 * With a detector at work a picture waits this long for its boxes, so that both appear together: less than the time to the
 * next picture at 15/s, more than boxes take behind their frame (p99 15 ms).
 */
export const HOLD_MS = 40;
/** A detector counts as at work for this long after its last boxes (camera time). ms */
const DETECTING_MS = 1000;
/** Where decoding is behind, at least one picture in this time is shown. ms */
const LEAST_SHOWN_MS = 250;

export interface Channel {
  unit: (header: VideoHeader, data: ArrayBuffer, at: number) => void;
  boxes: (pts: number, boxes: readonly Box[]) => void;
  add: (id: number, screen: Screen) => void;
  plates: (id: number, plates: Plates) => void;
  /** How much of the camera comes from now on. */
  pace: (take: Take) => void;
  /** Answers how many screens are left. */
  drop: (id: number) => number;
  /** A few times a second: ages run without frames too. */
  tick: () => void;
  close: () => void;
}

/** `past`: the pictures are of a clip; they are shown as they come, and say nothing of a camera now. */
export const createChannel = (now: () => number, tell: (status: Status) => void, past = false): Channel => {
  const screens = new Map<number, Screen>();
  const sequence = createSequence();
  const freshness = createFreshness();
  const boxes = createBoxStore();
  const report = createReport(now, tell);
  let current: (Decoded & { raw: Raw | null; shownAt: number; turn: number }) | null = null;
  let held: { picture: Decoded; timer: ReturnType<typeof setTimeout> } | null = null;
  let look = '';
  let turn = 0;
  const judge = createLook();
  let lookedAt = -Infinity;

  const boxesNow = (): Shown | null => (current ? boxes.at(current.header.pts, now() - current.shownAt) : null);
  const isOld = (): boolean => report.status().state === 'lost' || report.status().state === 'parked';

  /** What is on the screens, in a word: painting again is only worth it when this changes. */
  const lookOf = (shown: Shown | null): string =>
    `${shown ? shown.how + shown.boxes.length : '-'}${isOld() ? '!' : ''}`;

  const paint = (picture: NonNullable<typeof current>, raw: Raw | null, shown: Shown | null): void => {
    for (const screen of screens.values()) {
      const timestamp = Math.round(performance.now() * 1000);
      screen.write(
        raw
          ? painted(raw, picture.header, shown, isOld(), screen.plates, timestamp)
          : new VideoFrame(picture.frame, { timestamp }),
      );
    }
    const own = shown?.how === 'own' ? shown.boxes : [];
    report.painted(
      picture.header,
      own.length,
      own.some(({ label }) => label === 'e-bike'),
    );
  };

  /** Something is to be painted into every picture. */
  const isNumbered = (): boolean =>
    [...screens.values()].some(({ plates }) => plates !== null && plates.clock !== null);

  /** Paints the picture that is current, now or as soon as its memory is copied. */
  const refresh = (): void => {
    const picture = current;
    if (!picture) return;
    const shown = boxesNow();
    look = lookOf(shown);
    const plain = !shown && !isOld() && !isNumbered();
    if (picture.raw || plain) {
      paint(picture, plain ? null : picture.raw, shown);
      return;
    }
    const mine = ++picture.turn;
    rawOf(picture.frame).then(
      (raw) => {
        if (current !== picture || mine !== picture.turn) return;
        picture.raw = raw;
        paint(picture, raw, boxesNow());
      },
      () => {
        // The frame was closed under way: a newer one is on the screens.
      },
    );
  };

  /** Once a second: does the camera see anything? */
  const examine = (frame: VideoFrame): void => {
    const time = now();
    if (past || time - lookedAt < LOOK_MS) return;
    lookedAt = time;
    rawOf(frame).then(
      (raw) => {
        const [light] = raw?.layout ?? [];
        if (raw && light) report.blind(judge.note({ ...light, data: raw.data, w: raw.w, h: raw.h }, time));
      },
      () => {
        // The frame was closed under way: the next second has another.
      },
    );
  };

  const show = (picture: Decoded): void => {
    const before = current;
    current = { ...picture, raw: null, shownAt: now(), turn: ++turn };
    before?.frame.close();
    report.shown(picture.received, picture.takenAt);
    examine(picture.frame);
    refresh();
  };
  const release = (): void => {
    if (!held) return;
    const { picture, timer } = held;
    clearTimeout(timer);
    held = null;
    show(picture);
  };
  const forgetHeld = (): void => {
    if (!held) return;
    clearTimeout(held.timer);
    held.picture.frame.close();
    held = null;
    report.overtaken();
  };

  const decoder = createDecoder({
    picture: (picture, behind) => {
      forgetHeld();
      if (behind > MOST_WAITING && current && now() - current.shownAt < LEAST_SHOWN_MS) {
        // Part of a burst: newer ones are already in the decoder.
        picture.frame.close();
        report.overtaken();
        return;
      }
      const { pts } = picture.header;
      const newest = boxes.newest();
      if (newest === null || boxes.has(pts) || pts - newest > DETECTING_MS) show(picture);
      else held = { picture, timer: setTimeout(release, HOLD_MS) };
    },
    failed: (reason) => {
      sequence.break();
      report.hold(reason);
    },
  });

  return {
    unit: (header, data, at) => {
      report.arrived(header);
      const takenAt = past ? at : freshness.note(header.pts, at);
      if (!past) report.skew(freshness.skew());
      const verdict = sequence.take(header);
      if (verdict !== 'decode') {
        report.left(verdict);
        return;
      }
      const refusal: TileReason | null = decoder.decode(
        header,
        data,
        takenAt,
        performance.now() - Math.max(0, now() - at),
      );
      report.vouched(decoder.vouched());
      if (refusal === null) return;
      sequence.break();
      report.hold(refusal);
    },
    boxes: (pts, found) => {
      boxes.put(pts, found);
      if (held?.picture.header.pts === pts) release();
      else if (current?.header.pts === pts) refresh();
    },
    add: (id, screen) => {
      screens.set(id, screen);
      refresh();
    },
    plates: (id, plates) => {
      const screen = screens.get(id);
      if (!screen) return;
      screen.plates = plates;
      refresh();
    },
    pace: report.pace,
    drop: (id) => {
      screens.get(id)?.close();
      screens.delete(id);
      return screens.size;
    },
    tick: () => {
      report.tick();
      if (lookOf(boxesNow()) !== look) refresh();
    },
    close: () => {
      forgetHeld();
      decoder.close();
      current?.frame.close();
      current = null;
      for (const screen of screens.values()) screen.close();
      screens.clear();
    },
  };
};

/** How often `tick` is worth calling: the shortest limit of a box. ms */
export const TICK_MS = AGE_LIMITS.box.fresh / 2;
