/**
 * Fields that are bytes (times of arrival by road): as JSON, and as what differs from the bytes before.
 *
 * Owns: the two forms. Guarantees: Z1: bytes come back as bytes, the same ones; of bytes of the same length that differ in
 *   few places only those places are told. Refuses: bytes below the first level of a record.
 */

/** Told whole; JSON has no bytes. */
interface Whole {
  $bytes: number[];
}
/** Told by difference: how far each changed place lies behind the last one, and what stands there now. */
interface Patch {
  $gaps: number[];
  $now: number[];
}
/** Up to this share of places the difference is shorter. */
const MOST_CHANGED = 1 / 3;

const isWhole = (value: unknown): value is Whole => typeof value === 'object' && value !== null && '$bytes' in value;
const isPatch = (value: unknown): value is Patch => typeof value === 'object' && value !== null && '$gaps' in value;

/** How a field's new value is told to who has the old one. */
export const toldBytes = (before: unknown, after: unknown): unknown => {
  if (!(after instanceof Uint8Array)) return after;
  if (!(before instanceof Uint8Array) || before.length !== after.length) return { $bytes: [...after] } satisfies Whole;
  const patch: Patch = { $gaps: [], $now: [] };
  let last = 0;
  for (const [place, value] of after.entries()) {
    if (before[place] === value) continue;
    patch.$gaps.push(place - last);
    patch.$now.push(value);
    last = place;
  }
  return patch.$gaps.length <= after.length * MOST_CHANGED ? patch : ({ $bytes: [...after] } satisfies Whole);
};
/** The value that was told; `before`: the old one. */
export const heardBytes = (before: unknown, told: unknown): unknown => {
  if (isWhole(told)) return Uint8Array.from(told.$bytes);
  if (!isPatch(told)) return told;
  const bytes = before instanceof Uint8Array ? before.slice() : new Uint8Array();
  let place = 0;
  for (const [i, gap] of told.$gaps.entries()) {
    place += gap;
    bytes[place] = told.$now[i] ?? 0;
  }
  return bytes;
};
