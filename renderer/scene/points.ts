/**
 * Round points of few looks, tens of thousands in one draw call.
 *
 * Owns: a Cesium primitive with a place and the number of a look for each slot. Guarantees: another look is one number
 *   written and, with the next frame, the range of what changed sent to the graphics card; another size of all is one
 *   uniform; seen through walls, blended, writes no depth.
 * Refuses: colours of its own for a point (`BufferPointCollection` packs and unpacks a material for each change).
 */
import {
  BlendingState,
  BoundingSphere,
  Buffer,
  BufferUsage,
  Cartesian2,
  Cartesian3,
  Cartesian4,
  ComponentDatatype,
  DrawCommand,
  Matrix4,
  Pass,
  PrimitiveType,
  RenderState,
  ShaderProgram,
  VertexArray,
  type Color,
} from '@cesium/engine';
import type { FrameState } from './engine-internals.d.ts';
import type { Plane, Vec3 } from './plane.ts';

export interface PointLook {
  colour: Color;
  /** CSS pixels that its diameter has more than the common size. */
  more: number;
  /** A ring of one CSS pixel around it. */
  rim?: Color;
}
/** The look of a slot that shows nothing. */
export const HIDDEN = -1;
/** Metres from the centre that points may lie: one fixed sphere, so that a new point costs no new one. */
const REACH = 60_000;

const VERTEX = (looks: number): string => `
in vec3 position;
in float look;
uniform float u_size;
uniform vec4 u_colours[${looks}];
uniform vec4 u_rims[${looks}];
uniform vec2 u_shapes[${looks}];
out vec4 v_colour;
out vec4 v_rim;
out float v_inner;
void main() {
  if (look < 0.0) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    gl_PointSize = 0.0;
    return;
  }
  int i = int(look);
  float inner = (u_size + u_shapes[i].x) * czm_pixelRatio;
  float outer = inner + 2.0 * u_shapes[i].y * czm_pixelRatio;
  v_colour = u_colours[i];
  v_rim = u_rims[i];
  v_inner = inner / outer;
  gl_Position = czm_projection * (czm_modelView * vec4(position, 1.0));
  gl_PointSize = outer;
}`;
const FRAGMENT = `
in vec4 v_colour;
in vec4 v_rim;
in float v_inner;
void main() {
  float away = length(gl_PointCoord - vec2(0.5));
  float soft = fwidth(away);
  float inside = 1.0 - smoothstep(0.5 * v_inner - soft, 0.5 * v_inner, away);
  vec4 colour = mix(v_rim, v_colour, inside);
  colour.a *= 1.0 - smoothstep(max(0.0, 0.5 - soft), 0.5, away);
  if (colour.a < 0.005) discard;
  out_FragColor = colour;
}`;
const LOCATIONS = { position: 0, look: 1 } as const;
const vector = ({ red, green, blue, alpha }: Color): Cartesian4 => new Cartesian4(red, green, blue, alpha);

/** A range of slots that changed. */
class Span {
  private low = Infinity;
  private high = -1;
  add(slot: number): void {
    if (slot < this.low) this.low = slot;
    if (slot > this.high) this.high = slot;
  }
  /** The range, and from now on none. */
  take(): [from: number, to: number] | null {
    if (this.high < 0) return null;
    const range: [number, number] = [this.low, this.high + 1];
    this.low = Infinity;
    this.high = -1;
    return range;
  }
}

export class Points {
  show = true;
  /** Common diameter, CSS pixels. */
  size: number;
  /** Slots in use: the first so many. */
  count = 0;
  readonly capacity: number;
  private readonly kinds: number;
  /** Flat x, y, z in the plane's frame. */
  readonly positions: Float32Array;
  /** Of each slot the number of its look, or `HIDDEN`. */
  readonly looks: Float32Array;
  private readonly placed = new Span();
  private readonly painted = new Span();
  private readonly sphere: BoundingSphere;
  private readonly matrix: Matrix4;
  private readonly uniforms: Record<string, () => unknown>;
  private drawn: { command: DrawCommand; places: Buffer; looks: Buffer; destroy: () => void } | null = null;
  private gone = false;

  constructor(plane: Plane, capacity: number, kinds: readonly PointLook[], before: Points | null, size: number) {
    this.size = size;
    this.capacity = capacity;
    this.kinds = kinds.length;
    this.positions = new Float32Array(capacity * 3);
    this.looks = new Float32Array(capacity);
    if (before) {
      this.positions.set(before.positions.subarray(0, before.count * 3));
      this.looks.set(before.looks.subarray(0, before.count));
      this.count = before.count;
      this.show = before.show;
    }
    this.matrix = Matrix4.fromArray([...plane.toEarth]);
    this.sphere = new BoundingSphere(Cartesian3.fromArray([...plane.earth([0, 0, 0])]), REACH);
    const colours = kinds.map(({ colour }) => vector(colour));
    const rims = kinds.map(({ rim, colour }) => vector(rim ?? colour));
    const shapes = kinds.map(({ more, rim }) => new Cartesian2(more, rim ? 1 : 0));
    this.uniforms = {
      u_size: () => this.size,
      u_colours: () => colours,
      u_rims: () => rims,
      u_shapes: () => shapes,
    };
  }
  place(slot: number, [x, y, z]: Vec3): void {
    const { positions } = this;
    positions[slot * 3] = x;
    positions[slot * 3 + 1] = y;
    positions[slot * 3 + 2] = z;
    if (slot >= this.count) this.count = slot + 1;
    this.placed.add(slot);
  }
  paint(slot: number, look: number): void {
    this.looks[slot] = look;
    this.painted.add(slot);
  }

  /** Called by Cesium. */
  update({ context, commandList, passes }: FrameState): void {
    if (!this.show || this.count === 0 || !passes.render) return;
    const placed = this.placed.take();
    const painted = this.painted.take();
    if (!this.drawn) this.drawn = this.make(context);
    else {
      const { places, looks } = this.drawn;
      if (placed) places.copyFromArrayView(this.positions.subarray(placed[0] * 3, placed[1] * 3), placed[0] * 12);
      if (painted) looks.copyFromArrayView(this.looks.subarray(painted[0], painted[1]), painted[0] * 4);
    }
    const { command } = this.drawn;
    command.count = this.count;
    commandList.push(command);
  }
  isDestroyed(): boolean {
    return this.gone;
  }
  destroy(): void {
    this.drawn?.destroy();
    this.gone = true;
  }

  private make(context: object): NonNullable<Points['drawn']> {
    const usage = BufferUsage.DYNAMIC_DRAW;
    const places = Buffer.createVertexBuffer({ context, typedArray: this.positions, usage });
    const looks = Buffer.createVertexBuffer({ context, typedArray: this.looks, usage });
    const one = (index: number, vertexBuffer: Buffer, componentsPerAttribute: number): object => ({
      ...{ index, vertexBuffer, componentsPerAttribute, componentDatatype: ComponentDatatype.FLOAT },
    });
    const vertexArray = new VertexArray({
      context,
      attributes: [one(LOCATIONS.position, places, 3), one(LOCATIONS.look, looks, 1)],
    });
    const shaderProgram = ShaderProgram.fromCache({
      context,
      vertexShaderSource: VERTEX(this.kinds),
      fragmentShaderSource: FRAGMENT,
      attributeLocations: LOCATIONS,
    });
    const command = new DrawCommand({
      vertexArray,
      shaderProgram,
      renderState: RenderState.fromCache({
        depthTest: { enabled: false },
        depthMask: false,
        blending: BlendingState.ALPHA_BLEND,
      }),
      primitiveType: PrimitiveType.POINTS,
      pass: Pass.TRANSLUCENT,
      owner: this,
      uniformMap: this.uniforms,
      modelMatrix: this.matrix,
      boundingVolume: this.sphere,
      count: this.count,
    });
    const destroy = (): void => {
      vertexArray.destroy();
      shaderProgram.destroy();
    };
    return { command, places, looks, destroy };
  }
}
