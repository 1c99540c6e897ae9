/**
 * Sprites: symbols drawn once and stamped many times.
 *
 * Owns: the cache of drawn symbols. Guarantees: sharp at the display's own pixels; at most `LIMIT` sprites are kept.
 * Refuses: to draw anything of its own; the drawings are `design/`'s.
 */
import { mix } from '../../design/colour.ts';
import { paintAlarm, paintSymbol } from '../../design/paint.ts';
import type { SymbolName } from '../../design/symbols.ts';
import { surface, type Level } from '../../design/tokens.ts';

const LIMIT = 400;
export type Context2D = CanvasRenderingContext2D;

export class Sprites {
  private readonly kept = new Map<string, HTMLCanvasElement>();
  private readonly ratio: number;

  constructor(ratio: number) {
    this.ratio = ratio;
  }

  /** Stamps centred on (x, y), CSS pixels. */
  symbol(context: Context2D, name: SymbolName, x: number, y: number, side: number, colour: string): void {
    this.stamp(
      context,
      `s/${name}/${side}/${colour}`,
      x,
      y,
      side,
      (c, s) => paintSymbol(c, name, { side: s, colour, halo: true, x: s * 0.06, y: s * 0.06 }),
      1.12,
    );
  }
  alarm(context: Context2D, name: SymbolName, x: number, y: number, side: number, level: Level, hollow: boolean): void {
    this.stamp(
      context,
      `a/${name}/${side}/${level}/${hollow}`,
      x,
      y,
      side,
      (c, s) => paintAlarm(c, name, { side: s, level, hollow }),
      1,
    );
  }
  /** A dark round plate with a rim and a symbol: what stands in a place for good. */
  plate(context: Context2D, name: SymbolName, x: number, y: number, side: number, colour: string): void {
    this.stamp(
      context,
      `p/${name}/${side}/${colour}`,
      x,
      y,
      side,
      (c, s) => {
        c.beginPath();
        c.arc(s / 2, s / 2, s / 2 - 1, 0, 2 * Math.PI);
        c.fillStyle = surface.panel;
        c.fill();
        c.lineWidth = Math.max(1, s * 0.05);
        c.strokeStyle = mix(surface.panel, colour, 0.55);
        c.stroke();
        paintSymbol(c, name, { x: s * 0.2, y: s * 0.2, side: s * 0.6, colour });
      },
      1,
    );
  }
  /** Any other drawing, made once per `key`; `draw` gets a square of `side` device pixels. */
  stamp(
    context: Context2D,
    key: string,
    x: number,
    y: number,
    side: number,
    draw: (context: Context2D, side: number) => void,
    grow = 1,
  ): void {
    const whole = side * grow;
    const sprite = this.made(key, whole * this.ratio, (inner) => draw(inner, side * this.ratio));
    context.drawImage(sprite, x - whole / 2, y - whole / 2, whole, whole);
  }
  /**
   * The sprite of a drawing that is turned: made at twice the pixels, so that it stays sharp. Asked for once for many
   * stamps by `turned`.
   */
  pointer(key: string, side: number, draw: (context: Context2D, side: number) => void): HTMLCanvasElement {
    const pixels = 2 * side * this.ratio;
    return this.made(key, pixels, (inner) => draw(inner, pixels));
  }
  /** Stamps it centred on (x, y), what points to its right now pointing along the unit vector (cos, sin). Leaves the context turned: `straight` after the last. */
  turned(
    context: Context2D,
    sprite: HTMLCanvasElement,
    x: number,
    y: number,
    side: number,
    cos: number,
    sin: number,
  ): void {
    const { ratio } = this;
    context.setTransform(cos * ratio, sin * ratio, -sin * ratio, cos * ratio, x * ratio, y * ratio);
    context.drawImage(sprite, -side / 2, -side / 2, side, side);
  }
  straight(context: Context2D): void {
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
  }
  private made(key: string, pixels: number, draw: (context: Context2D) => void): HTMLCanvasElement {
    let sprite = this.kept.get(key);
    if (sprite) return sprite;
    sprite = document.createElement('canvas');
    sprite.width = sprite.height = Math.max(2, Math.ceil(pixels));
    const inner = sprite.getContext('2d');
    if (inner) draw(inner);
    if (this.kept.size >= LIMIT) this.kept.clear();
    this.kept.set(key, sprite);
    return sprite;
  }
}
