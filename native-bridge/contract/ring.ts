/**
 * Whether a place lies in a ring, on the map or in a plane.
 *
 * Owns: that judgement. Guarantees: pure; the ring need not be closed. Refuses: holes; whoever has some asks for each ring.
 */

/** `x`, `y` in the units of the ring: degrees or metres. */
export const insideRing = (ring: readonly (readonly [number, number])[], x: number, y: number): boolean => {
  let within = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i] ?? [0, 0];
    const [xj, yj] = ring[j] ?? [0, 0];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) within = !within;
  }
  return within;
};
