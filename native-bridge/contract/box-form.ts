/**
 * The ways in which detectors write their boxes.
 *
 * Owns: the words of the site's camera list for it. Guarantees: a camera without one counts as the contract does.
 * Refuses: to convert; decode does.
 */
import { Type, type Static } from 'typebox';

/**
 * How a camera's detector writes its boxes, when not as the contract does: `onvif`: left, top, right, bottom from -1 to 1 with
 * y upwards; `pixels`: x, y, width, height from the top left in pixels of a frame of this size.
 */
export const BoxFormSchema = Type.Union([
  Type.Literal('onvif'),
  Type.Object({
    pixels: Type.Tuple([Type.Integer({ minimum: 1, maximum: 16_384 }), Type.Integer({ minimum: 1, maximum: 16_384 })]),
  }),
]);
export type BoxForm = Static<typeof BoxFormSchema>;
