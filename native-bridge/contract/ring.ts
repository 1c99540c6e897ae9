/**
 * Whether a place lies in a ring, and where a line meets it; on the map or in a plane.
 *
 * Owns: those judgements. Guarantees: pure; the ring need not be closed; a corner is met once. Refuses: holes; whoever has
 *   some asks for each ring.
 */
export type Ring = readonly (readonly [x: number, y: number])[];

/** `x`, `y` in the units of the ring: degrees or metres. */
export const insideRing = (ring: Ring, x: number, y: number): boolean => {
  let within = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i] ?? [0, 0];
    const [xj, yj] = ring[j] ?? [0, 0];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) within = !within;
  }
  return within;
};

/** An edge that lies along the line to within this share of both is not met: it would be met anywhere. */
const PARALLEL = 1e-12;

/**
 * Every `t` at which (ox + dx·t, oy + dy·t) lies on the ring's line, before the beginning (t < 0) too, in the order of its edges.
 * In degrees as well as in metres: a stretch along an axis changes no `t`.
 */
export const crossings = (ring: Ring, ox: number, oy: number, dx: number, dy: number): number[] => {
  const met: number[] = [];
  const long = Math.abs(dx) + Math.abs(dy);
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[j] ?? [0, 0];
    const [bx, by] = ring[i] ?? [0, 0];
    const [ex, ey] = [bx - ax, by - ay];
    const cross = dx * ey - dy * ex;
    if (Math.abs(cross) <= PARALLEL * long * (Math.abs(ex) + Math.abs(ey))) continue;
    const s = ((ax - ox) * dy - (ay - oy) * dx) / cross;
    if (s >= 0 && s < 1) met.push(((ax - ox) * ey - (ay - oy) * ex) / cross);
  }
  return met;
};
