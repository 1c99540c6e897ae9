/**
 * Tells when what was just applied has been drawn.
 *
 * Owns: the way to wait for a frame. Guarantees: `drawn` is called once per `ask`, after the next frame's callbacks have
 *   run, or after `HIDDEN_MS` when no frame comes (hidden or covered window).
 * Refuses: to know what was drawn.
 */
/** No frame for this long means that the window draws nothing; the picture must stay current all the same. */
export const HIDDEN_MS = 500;

export interface FrameWaiter {
  ask: () => void;
  stop: () => void;
}
export type AfterFrame = (drawn: () => void) => FrameWaiter;

export const afterFrame: AfterFrame = (drawn) => {
  let asked = 0;
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const clear = (): void => {
    cancelAnimationFrame(frame);
    if (timer) clearTimeout(timer);
    timer = null;
  };
  const finish = (turn: number): void => {
    if (turn !== asked || !timer) return;
    clear();
    drawn();
  };
  return {
    ask: () => {
      if (timer) return;
      const turn = ++asked;
      timer = setTimeout(() => finish(turn), HIDDEN_MS);
      // The scene draws in a frame callback too: one task later everything of this frame has been submitted.
      frame = requestAnimationFrame(() => void setTimeout(() => finish(turn), 0));
    },
    stop: () => {
      asked += 1;
      clear();
    },
  };
};
