/**
 * Against image retention: the static chrome moves by a pixel or two now and then.
 *
 * Owns: two custom properties. Guarantees: a closed path, never further than two pixels, one step in four minutes.
 * Refuses: to move the scene or the video, which change by themselves.
 */
const STEP_MS = 4 * 60_000;
const PATH = [
  [0, 0],
  [1, 0],
  [2, 1],
  [1, 2],
  [0, 1],
] as const;

export const startDrift = (root: HTMLElement): (() => void) => {
  let step = 0;
  const timer = setInterval(() => {
    step = (step + 1) % PATH.length;
    const [x, y] = PATH[step] ?? [0, 0];
    root.style.setProperty('--drift', `${x}px ${y}px`);
  }, STEP_MS);
  return () => clearInterval(timer);
};
