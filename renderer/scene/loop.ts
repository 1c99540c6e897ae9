/**
 * The loop: draws what changed, when it changed, and sleeps otherwise.
 *
 * Owns: the frame callback, the gap between frames, the measured cost of a frame.
 * Guarantees: no frame without a reason; the picture of a resting eye is drawn at the still resolution; never more than
 *   one frame in the hands of the graphics process; S21 a key's effect before the city; S24 while a frame is being drawn
 *   without a graphics card the page goes on, and what lies over the city moves with the picture it belongs to.
 * Refuses: to know what is drawn.
 */
import type { CesiumWidget } from '@cesium/engine';
import type { Finished } from './finished.ts';
import { createOverCity } from './over-city.ts';
import { createPace } from './pace.ts';
import { chooseLevel, QUALITY, type Quality, type QualityLevel } from './quality.ts';

export interface LoopParts {
  widget: CesiumWidget;
  /** Moves the eye; true while it moves. `now` as `performance.now()`. */
  move: (now: number) => boolean;
  /** Draws the overlay; returns in how many ms it should be drawn again. `whole`: what stands has changed or shifted too. */
  overlay: (now: number, whole: boolean) => number;
  /** The first frame with nothing left to load has been drawn. */
  complete: () => void;
  /** Nothing is being loaded. */
  ready: () => boolean;
  report: (report: LoopReport) => void;
  /** Something more important is arriving in this window. */
  yields: () => boolean;
  /** Where pictures are shown once they are finished; null where they go to the screen by themselves. */
  finished: Finished | null;
}
export interface LoopReport {
  level: QualityLevel;
  fixed: boolean;
  /** Full frame at full resolution, and the part of it on the main thread; ms. */
  frameMs: number;
  scriptMs: number;
}
export interface Loop {
  /** The city changed: draw it again. */
  changed: () => void;
  /** Something that stands on the overlay changed. */
  marked: () => void;
  /** Something that moves on the overlay changed. */
  moved: () => void;
  /** The eye is about to move. */
  wake: () => void;
  /** Null: follow the measurements. */
  fix: (level: QualityLevel | null) => void;
  /** Draws one full frame now and waits for it; ms in all and on the main thread. For benchmarks and the first measurement. */
  measure: () => { frameMs: number; scriptMs: number };
  stop: () => void;
}

/** The eye counts as resting after this long without a move. */
const REST_MS = 160;
/** While tiles come in, draw no more often than this. */
const LOADING_GAP_MS = 0;
const LOADING_SCALE = 0.2;
/** Until the first complete picture frames do not wait for the page to be composed: tiles advance with every one. ms */
const LOADING_STEP_MS = 12;
const YIELD_MS = 150;
/** Share of the pixels in each direction while somebody types on a slow machine. */
const HURRIED_SCALE = 0.4;

export const startLoop = ({ widget, move, overlay, complete, ready, report, yields, finished }: LoopParts): Loop => {
  const { scene } = widget;
  let frame = 0;
  let stopped = false;
  let quality: Quality = QUALITY.balanced;
  let fixed: QualityLevel | null = null;
  let cost = { frameMs: 0, scriptMs: 0 };
  let cityDirty = true;
  let restScale = 0;
  let lastMove = -1e9;
  let lastCity = -1e9;
  let sleeping: ReturnType<typeof setTimeout> | null = null;
  let hurry: ReturnType<typeof setTimeout> | null = null;
  let isComplete = false;
  let measuredAt = -1e9;
  let measureAgain = false;
  let sizeChanged = true;
  /** A frame is being drawn: the next one waits. */
  let flying = false;
  /** The eye moves with it: what lies over the city waits for it. */
  let turning = false;
  let measureNext = false;
  const pixel = new Uint8Array(4);
  const pace = createPace();
  const over = createOverCity(overlay, () => 1000 / quality.movers);
  const pressed = (): void => pace.pressed(performance.now());
  window.addEventListener('keydown', pressed, true);

  const render = (scale: number, smooth: boolean): { started: number; scriptMs: number } => {
    if (widget.resolutionScale !== scale) {
      widget.resolutionScale = scale;
      sizeChanged = true;
    }
    const samples = smooth ? quality.msaa : 1;
    if (scene.msaaSamples !== samples) scene.msaaSamples = samples;
    scene.postProcessStages.fxaa.enabled = smooth && quality.fxaa;
    const started = performance.now();
    // It asks the page for its layout: only when it must.
    if (sizeChanged) widget.resize();
    sizeChanged = false;
    scene.requestRender();
    widget.render();
    return { started, scriptMs: performance.now() - started };
  };
  /** `shown`: the frame is on the screen, or will be with this turn of the display. */
  const draw = (scale: number, smooth: boolean, shown?: (frameMs: number, scriptMs: number) => void): void => {
    const { started, scriptMs } = render(scale, smooth);
    if (finished) {
      flying = true;
      finished.wait(() => {
        flying = false;
        if (stopped) return;
        const frameMs = performance.now() - started;
        finished.show();
        pace.drew(started, frameMs);
        shown?.(frameMs, scriptMs);
        if (isComplete || ready()) wake();
        else load(LOADING_STEP_MS);
      });
      return;
    }
    // The next frame comes when this one no longer holds it up: that is what it cost everyone else.
    requestAnimationFrame(() => pace.drew(started, performance.now() - started));
    shown?.(0, scriptMs);
  };
  const finish = (): void => {
    const gl = widget.canvas.getContext('webgl2');
    gl?.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
  };
  const measure = (): { frameMs: number; scriptMs: number } => {
    finish();
    const started = performance.now();
    const { scriptMs } = render(1, false);
    finish();
    finished?.show();
    restScale = 0;
    return { frameMs: performance.now() - started, scriptMs };
  };
  const choose = (): void => {
    quality = QUALITY[fixed ?? chooseLevel(cost.frameMs, measuredAt < 0 ? null : quality.level)];
    report({ level: quality.level, fixed: fixed !== null, ...cost });
  };
  /** Measured when complete and after a change of size: the measurement itself waits for the graphics process. */
  const remeasure = (now: number, measured: { frameMs: number; scriptMs: number }): void => {
    const first = measuredAt < 0;
    cost = measured;
    choose();
    measuredAt = now;
    measureAgain = false;
    if (first) complete();
    cityDirty = true;
  };

  const tick = (now: number): void => {
    frame = 0;
    if (hurry) clearTimeout(hurry);
    hurry = null;
    const began = performance.now();
    if (stopped) return;
    if (flying) {
      over.drawIfDue(now);
      sleep(over.next() - now);
      return;
    }
    const wait = pace.wait(began);
    if (wait > 0) {
      sleep(Math.max(wait, 20));
      return;
    }
    if (measureNext) {
      measureNext = false;
      restScale = 0;
      draw(1, false, (frameMs, scriptMs) => remeasure(now, { frameMs, scriptMs }));
      return;
    }
    const hurried = isComplete && pace.hurried(began);
    const moving = move(now);
    if (moving) lastMove = now;
    const resting = now - lastMove > REST_MS && !hurried;
    const loading = !ready();
    let drew = false;
    turning = moving;
    /** What lies over the city belongs to this picture of it. */
    const together = (): void => {
      if (moving && finished) over.draw(now, true);
    };
    if (moving || (!resting && cityDirty)) {
      draw(isComplete ? Math.min(quality.moving, hurried ? HURRIED_SCALE : 1) : LOADING_SCALE, false, together);
      restScale = 0;
      drew = true;
    } else if (
      resting &&
      (restScale !== quality.still ||
        (cityDirty && now - lastCity >= (loading ? LOADING_GAP_MS : Math.max(quality.changes, pace.gap()))))
    ) {
      cityDirty = loading;
      // While the city comes in, many coarse frames: each brings in a few tiles and costs little.
      draw(loading ? LOADING_SCALE : quality.still, isComplete);
      restScale = loading ? LOADING_SCALE : quality.still;
      lastCity = now;
      drew = true;
    }
    if (drew && !loading && (!isComplete || (measureAgain && resting))) {
      isComplete = true;
      if (finished) measureNext = true;
      else remeasure(now, measure());
    }
    if (!moving) over.drawIfDue(now);
    else if (!finished) over.draw(now, true);
    // Half of the time is left to everyone else, and nearly all of it while the picture itself is still on its way.
    if (flying) {
      if (!moving) sleep(over.next() - now);
      return;
    }
    if (loading && !isComplete) load(performance.now() - began);
    else if (moving || !resting || loading || restScale !== quality.still) wake();
    else {
      const city = cityDirty ? lastCity + Math.max(quality.changes, pace.gap()) : Infinity;
      sleep(Math.min(city, over.next()) - now);
    }
  };
  const load = (ms: number): void => {
    hurry = setTimeout(() => tick(performance.now()), yields() ? YIELD_MS : Math.max(LOADING_STEP_MS, ms));
  };
  const wake = (): void => {
    if (sleeping) clearTimeout(sleeping);
    sleeping = null;
    if (!frame && !hurry && !(flying && turning) && !stopped) frame = requestAnimationFrame(tick);
  };
  /** Not a frame too early: an idle frame callback keeps the whole page composing. */
  const sleep = (ms: number): void => {
    if (ms < 20) wake();
    else if (ms < 60_000 && !sleeping && !frame) sleeping = setTimeout(wake, ms - 8);
  };
  /** Something changed: look again no sooner than it could be drawn. */
  const stir = (): void => {
    if (frame || hurry || (flying && turning) || stopped) return;
    if (sleeping) clearTimeout(sleeping);
    sleeping = null;
    sleep(over.earliest() - performance.now());
  };
  // Cesium asks for frames of its own (a tile came in); asleep, we look whether it did.
  const poll = setInterval(() => {
    if (document.visibilityState === 'visible') wake();
  }, 2000);
  const resized = new ResizeObserver(() => {
    restScale = 0;
    over.marked();
    measureAgain = true;
    sizeChanged = true;
    lastMove = Math.max(lastMove, performance.now() - REST_MS);
    wake();
  });
  resized.observe(widget.container);
  wake();
  return {
    changed: () => {
      cityDirty = true;
      wake();
    },
    marked: () => {
      over.marked();
      stir();
    },
    moved: () => {
      over.moved();
      stir();
    },
    wake,
    fix: (level) => {
      fixed = level;
      choose();
      restScale = 0;
      wake();
    },
    measure,
    stop: () => {
      stopped = true;
      clearInterval(poll);
      window.removeEventListener('keydown', pressed, true);
      if (sleeping) clearTimeout(sleeping);
      if (hurry) clearTimeout(hurry);
      resized.disconnect();
      cancelAnimationFrame(frame);
      finished?.dispose();
    },
  };
};
