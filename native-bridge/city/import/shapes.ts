/**
 * What every reader gives: the features of a file, in the file's own coordinates.
 * Owns: the shape of a feature on its way in, and looking things up in its properties.
 */
import type { Geometry } from 'geojson';

export type Props = Readonly<Record<string, unknown>>;
export interface Shape {
  /** The source's own id, when it has one. */
  readonly id?: string;
  readonly props: Props;
  readonly geometry: Geometry;
}
export interface Shapes {
  readonly shapes: readonly Shape[];
  /** Features that had no geometry at all. */
  readonly empty: number;
  /** What the file says of its own datum: an EPSG name, or the text of a .prj. */
  readonly crs?: string;
  readonly prj?: string;
}

/** The first of these properties that holds something, as text. */
export function textOf(props: Props, fields: readonly string[]): string | undefined {
  for (const field of fields) {
    const value = props[field];
    if (typeof value === 'number' && Number.isFinite(value)) return String(value);
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
    if (typeof value === 'boolean') return String(value);
  }
  return undefined;
}

/** Whether a feature has one of the wanted values in each of the named properties. */
export const meets = (props: Props, where: Readonly<Record<string, readonly string[]>>): boolean =>
  Object.entries(where).every(([field, values]) => values.includes(textOf(props, [field]) ?? ''));
