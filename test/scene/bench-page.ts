// What a page of the scene benchmark can do. Guarantees: ours and the peer's are asked the same.

export interface Frames {
  /** ms from one drawn frame to the next, everything at full resolution, composed by the browser. */
  frame: number[];
  /** ms of the main thread in each of them. */
  script: number[];
}
export interface BenchPage {
  /** ms from the start of the page to its first complete frame, drawn and waited for. */
  complete: Promise<number>;
  /** So many full frames while all vehicles move. */
  frames: (count: number) => Promise<Frames>;
  /** Main-thread ms from `changes` device changes, each of another look, to the submitted frame that shows them. */
  update: (changes: number, runs: number) => Promise<number[]>;
  /** ms of each pick, on a grid of points of the screen; and how many met something. */
  pick: (count: number) => { ms: number[]; hits: number };
  /** Opens the tower, lets its cabs ride, gives main-thread ms a frame. Ours only. */
  tower?: (frames: number) => Promise<Frames>;
}
declare global {
  interface Window {
    benchPage: BenchPage;
  }
}

export const nextFrame = (): Promise<number> => new Promise((frame) => requestAnimationFrame(frame));

/** Calls `draw` in `count` frame callbacks that follow one another. `draw` gives its main-thread ms and waits for the graphics. */
export const inFrames = async (count: number, draw: () => number): Promise<Frames> => {
  const out: Frames = { frame: [], script: [] };
  await nextFrame();
  draw();
  let last = await nextFrame();
  for (let i = 0; i < count; i += 1) {
    out.script.push(draw());
    const now = await nextFrame();
    out.frame.push(now - last);
    last = now;
  }
  return out;
};

/** Waits until the graphics process has drawn what was submitted. */
export const finish = (canvas: HTMLCanvasElement): void => {
  const gl = canvas.getContext('webgl2');
  if (!gl) throw new Error('no WebGL 2');
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
};
export const gridOf = (count: number): [number, number][] =>
  Array.from({ length: count }, (_, i) => [
    innerWidth * (0.15 + 0.7 * ((i * 0.618034) % 1)),
    innerHeight * (0.25 + 0.6 * ((i + 0.5) / count)),
  ]);
