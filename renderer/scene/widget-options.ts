/**
 * How the Cesium widget is made, and what of it is put out.
 *
 * Owns: its read-only options and its settings, for the wall and for the benchmark alike.
 * Guarantees: one identity of the options for the whole life of the page: resium makes a new widget when one changes.
 * Refuses: what follows the machine or the view; `loop.ts` and `stage.ts` do that.
 */
import { Color, type CesiumWidget } from '@cesium/engine';

export const WIDGET = {
  baseLayer: false,
  skyBox: false,
  skyAtmosphere: false,
  shadows: false,
  scene3DOnly: true,
  orderIndependentTranslucency: false,
  msaaSamples: 1,
  requestRenderMode: true,
  maximumRenderTimeChange: Infinity,
  useDefaultRenderLoop: false,
  showRenderLoopErrors: false,
  blurActiveElementOnCanvasFocus: false,
  contextOptions: {
    webgl: {
      alpha: false,
      antialias: false,
      stencil: false,
      powerPreference: 'high-performance',
      preserveDrawingBuffer: false,
    },
  },
} as const;

/**
 * Where the engine keeps its table of light thrown back by surfaces, which nothing here asks: all is unlit. Without a graphics card
 * it took four seconds of shader work at every beginning, and most of the five in which a lost picture has to be back.
 */
export const TABLE = '_brdfLutGenerator';
const NO_TABLE = { colorTexture: undefined, update: () => undefined, destroy: () => undefined };

/** Dark, unlit, one frustum; no hand but ours on the camera. */
export const quieten = (widget: CesiumWidget, far: string): void => {
  const { scene } = widget;
  // resium wants a globe to mount with; the ground is a mesh of our own, so it goes before its first frame.
  scene.globe = undefined as never;
  scene.backgroundColor = Color.fromCssColorString(far);
  scene.logarithmicDepthBuffer = false;
  // One frustum: with our near plane 24 bits of depth still part decimetres where they can be seen.
  scene.farToNearRatio = 1e6;
  scene.highDynamicRange = false;
  scene.fog.enabled = false;
  scene.screenSpaceCameraController.enableInputs = false;
  scene.screenSpaceCameraController.enableCollisionDetection = false;
  scene.pickTranslucentDepth = false;
  scene.useDepthPicking = false;
  scene.requestRenderMode = true;
  scene.maximumRenderTimeChange = Infinity;
  if (scene.sun) scene.sun.show = false;
  if (scene.moon) scene.moon.show = false;
  Object.assign(scene, { [TABLE]: NO_TABLE });
  widget.canvas.style.imageRendering = 'auto';
  widget.creditDisplay.container.style.display = 'none';
};
