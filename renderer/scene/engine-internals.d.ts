// The little that the scene uses of Cesium's engine beyond its published types; the version is pinned exactly.
import type { BufferPointCollection } from '@cesium/engine';

declare module '@cesium/engine' {
  /** Reads and makes cached GL states; published in the module, not in its types. */
  export const RenderState: { fromCache: (state: object) => object };
  export const BlendingState: { readonly ALPHA_BLEND: object };
}
export type PointsWithCommand = BufferPointCollection & {
  _renderContext?: { command?: { renderState: object } } | null;
};
