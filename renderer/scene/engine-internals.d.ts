// The little that the scene uses of Cesium's engine beyond its published types; the version is pinned exactly.
import type { BoundingSphere, Matrix4 } from '@cesium/engine';

declare module '@cesium/engine' {
  /** Reads and makes cached GL states; published in the module, not in its types. */
  export const RenderState: { fromCache: (state: object) => object };
  export const BlendingState: { readonly ALPHA_BLEND: object };
  export const BufferUsage: { readonly DYNAMIC_DRAW: number };
  export const Pass: { readonly TRANSLUCENT: number };
  export class Buffer {
    static createVertexBuffer(options: { context: object; typedArray: ArrayBufferView; usage: number }): Buffer;
    copyFromArrayView(view: ArrayBufferView, offsetInBytes: number): void;
  }
  export class VertexArray {
    constructor(options: { context: object; attributes: readonly object[] });
    destroy(): void;
  }
  export class ShaderProgram {
    static fromCache(options: {
      context: object;
      vertexShaderSource: string;
      fragmentShaderSource: string;
      attributeLocations: Readonly<Record<string, number>>;
    }): ShaderProgram;
    destroy(): void;
  }
  export class DrawCommand {
    constructor(options: {
      vertexArray: VertexArray;
      shaderProgram: ShaderProgram;
      renderState: object;
      primitiveType: number;
      pass: number;
      owner: object;
      uniformMap: Readonly<Record<string, () => unknown>>;
      modelMatrix: Matrix4;
      boundingVolume: BoundingSphere;
      count: number;
    });
    count: number;
  }
}
/** What a primitive is given each frame. */
export interface FrameState {
  context: object;
  commandList: object[];
  passes: { render: boolean };
}
