/**
 * Symbols on a canvas: for the map's sprites and the boxes over a video.
 *
 * Owns: turning the paths of `symbols.ts` into pixels. Guarantees: nothing outside the square it was given; leaves
 * the context as it found it. Refuses: text and animation.
 */
import { GRID, INSIDE, LEVEL_SHAPES, STROKE, SYMBOLS, type SymbolName } from './symbols.ts';
import { alarm, surface, type Level } from './tokens.ts';

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Draws into the square at (x, y) of side `side`, pixels. With `halo`, a dark rim keeps it legible on any ground. */
export const paintSymbol = (
  context: Context,
  name: SymbolName,
  {
    x = 0,
    y = 0,
    side,
    colour,
    halo = false,
  }: { x?: number; y?: number; side: number; colour: string; halo?: boolean },
): void => {
  context.save();
  context.translate(x, y);
  context.scale(side / GRID, side / GRID);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.fillStyle = colour;
  const parts = SYMBOLS[name].map((part) => ({ line: 'line' in part, path: new Path2D(part.d) }));
  if (halo) {
    context.strokeStyle = surface.night;
    context.lineWidth = STROKE + 2.4;
    for (const { path } of parts) context.stroke(path);
  }
  context.strokeStyle = colour;
  context.lineWidth = STROKE;
  for (const { line, path } of parts) {
    if (line) context.stroke(path);
    else context.fill(path, 'evenodd');
  }
  context.restore();
};

/** A level's shape in its colour with the symbol inside: the sprite of an alarm. `hollow`: acknowledged, so only the outline is in colour. */
export const paintAlarm = (
  context: Context,
  name: SymbolName,
  {
    x = 0,
    y = 0,
    side,
    level,
    hollow = false,
  }: { x?: number; y?: number; side: number; level: Level; hollow?: boolean },
): void => {
  const { colour, on, shape } = alarm[level];
  const inside = INSIDE[shape];
  const unit = side / (GRID + 2);
  context.save();
  context.translate(x + unit, y + unit);
  context.scale(unit, unit);
  const outline = new Path2D(LEVEL_SHAPES[shape]);
  context.lineJoin = 'round';
  context.lineWidth = hollow ? 2 : 1;
  context.strokeStyle = hollow ? colour : surface.night;
  context.fillStyle = hollow ? surface.night : colour;
  context.fill(outline);
  context.stroke(outline);
  context.restore();
  paintSymbol(context, name, {
    x: x + unit * (1 + inside.x - inside.side / 2),
    y: y + unit * (1 + inside.y - inside.side / 2),
    side: unit * inside.side,
    colour: hollow ? colour : on,
  });
};
