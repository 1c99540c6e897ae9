/**
 * The city's pictures, shown when they are finished: for a machine that draws them without a graphics card.
 *
 * Owns: the plain canvas that stands in for Cesium's there, and the fence behind each frame.
 * Guarantees: S24: the page never waits for a frame that is still being drawn; what it shows is whole, and the last whole
 *   picture stands until the next. With a graphics card there is nothing of this: the frame goes to the screen as it is.
 * Refuses: to know what is drawn or when.
 */

export interface Finished {
  /** Tells once what was asked of the graphics process before is drawn, or that it never will be. */
  wait: (drawn: () => void) => void;
  /** Takes the picture over as it is now; waits for it if it is not finished. */
  show: () => void;
  dispose: () => void;
}

/** How often the graphics process is asked; ms. */
const LOOK_MS = 6;

/** The drivers that draw with the processor: of Chromium, Mesa and Windows. A new one would only be shown the direct way. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|basic render/i;
const drawsInSoftware = (gl: WebGL2RenderingContext): boolean => {
  const named = gl.getExtension('WEBGL_debug_renderer_info');
  return named !== null && SOFTWARE.test(String(gl.getParameter(named.UNMASKED_RENDERER_WEBGL)));
};

/** Null where frames go to the screen by themselves. `before`: what lies over the city already. */
export const showFinished = (drawn: HTMLCanvasElement, host: HTMLElement, before: Element | null): Finished | null => {
  const gl = drawn.getContext('webgl2');
  if (!gl || !drawsInSoftware(gl)) return null;
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d', { alpha: false });
  if (!pen) return null;
  canvas.className = 'scene-finished';
  host.insertBefore(canvas, before);
  // What is not painted is not fetched from the graphics process when the page is put together.
  drawn.style.visibility = 'hidden';
  let timer: ReturnType<typeof setTimeout> | null = null;
  return {
    wait: (done) => {
      const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
      gl.flush();
      const look = (): void => {
        if (fence && !gl.isContextLost() && gl.getSyncParameter(fence, gl.SYNC_STATUS) !== gl.SIGNALED) {
          timer = setTimeout(look, LOOK_MS);
          return;
        }
        timer = null;
        gl.deleteSync(fence);
        done();
      };
      timer = setTimeout(look, LOOK_MS);
    },
    show: () => {
      if (gl.isContextLost()) return;
      if (canvas.width !== drawn.width || canvas.height !== drawn.height) {
        canvas.width = drawn.width;
        canvas.height = drawn.height;
      }
      pen.drawImage(drawn, 0, 0);
    },
    dispose: () => {
      if (timer) clearTimeout(timer);
      canvas.remove();
      drawn.style.visibility = '';
    },
  };
};
