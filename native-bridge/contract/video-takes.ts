/**
 * How much of a camera a screen takes: the steps between everything and nothing.
 *
 * Owns: the steps, the names of the smaller streams a platform may publish beside a camera, the profile's words for both.
 * Guarantees: `<id>~sub` and `<id>~still` bear the times of the camera's own pictures. Refuses: to choose a step.
 */
import { cameraId, type CameraId } from './brand.ts';

/**
 * `full`: every picture. `sub`: the smaller stream. `second`: the stream of stills, about one a second. `still`: one picture
 * every `STILL_EVERY_MS`. `hold`: nothing; the last clean picture stays, with its age.
 */
export const TAKES = ['full', 'sub', 'second', 'still', 'hold'] as const;
export type Take = (typeof TAKES)[number];

/** A picture this old still tells whether a corridor is full of smoke; twice the ask of a camera that is slow to answer. */
export const STILL_EVERY_MS = 10_000;

export const VARIANTS = ['sub', 'still'] as const;
/** Streams a platform publishes beside a camera's own. */
export type Variant = (typeof VARIANTS)[number];

const MARK = /~(sub|still)$/;
export const variantOf = (id: CameraId, variant: Variant): CameraId => cameraId(`${id}~${variant}`);
/** The camera that a stream shows. */
export const cameraOf = (stream: CameraId): CameraId => cameraId(stream.replace(MARK, ''));

/** Steps by camera, as a window says them; null when it is no such thing. */
export const takesOf = (said: unknown): ReadonlyMap<CameraId, Take> | null => {
  const takes = new Map<CameraId, Take>();
  if (said === undefined) return takes;
  if (typeof said !== 'object' || said === null) return null;
  for (const [id, take] of Object.entries(said)) {
    const known = TAKES.find((one) => one === take);
    if (known === undefined) return null;
    takes.set(id as CameraId, known);
  }
  return takes;
};
