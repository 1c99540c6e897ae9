/**
 * What people draw on the map of an incident: a point, a line, an area, with who drew it and when.
 *
 * Owns: its record and its acts. Guarantees: plain data, WGS-84; a drawing belongs to one incident. Refuses: styles.
 */
import { Type, type Static } from 'typebox';
import type { IncidentId, ReceiveTime } from './brand.ts';

export const SKETCH_SHAPES = ['point', 'line', 'area'] as const;
export type SketchShape = (typeof SKETCH_SHAPES)[number];
/** A point has one, a line two, an area three corners at least; more than the last are a picture, not a mark. */
export const SKETCH_POINTS = { point: [1, 1], line: [2, 200], area: [3, 200] } as const;

const Points = Type.Array(
  Type.Tuple([Type.Number({ minimum: -180, maximum: 180 }), Type.Number({ minimum: -90, maximum: 90 })]),
  { minItems: 1, maxItems: 200 },
);
export const DrawSchema = Type.Object({
  incidentId: Type.String({ minLength: 1, maxLength: 128 }),
  shape: Type.Enum([...SKETCH_SHAPES]),
  points: Points,
  /** What it means, in a few words. */
  text: Type.Optional(Type.String({ maxLength: 60 })),
});

export interface SketchRecord {
  /** `<incidentId>/<ms>`, with `/2` and so on for more in one moment. */
  id: string;
  incidentId: IncidentId;
  shape: SketchShape;
  /** Not closed. */
  points: [lon: number, lat: number][];
  text?: string;
  by: string;
  at: ReceiveTime;
}

/** The console's own affair: nobody upstream is told. */
export interface SketchCommands {
  draw: { args: Static<typeof DrawSchema> & { incidentId: IncidentId }; result: { sketchId: string } };
  /** Rubbed out; the log keeps that it was there. */
  erase: { args: { sketchId: string }; result: Record<string, never> };
}
