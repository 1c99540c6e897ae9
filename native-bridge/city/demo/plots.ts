/**
 * What stands on a block: for each use its own pattern of forms, kept off streets, water and neighbours.
 * Guarantees: every building lies wholly inside the streets' margins and overlaps nothing on the ground.
 */
import type { Name } from '../../contract/site.ts';
import type { Draft, Plot } from './draft.ts';
import type { Ground } from './ground.ts';
import type { Land } from './land.ts';
import { PATTERNS, type Site } from './patterns.ts';
import { add, distance, left, middle, mix, scale, sub, unit, type XY } from './plane.ts';
import type { Random } from './random.ts';
import type { Block } from './streets.ts';

export function fill(plot: Plot, ground: Ground, land: Land, random: Random): Draft[] {
  const { block } = plot;
  const [sw, se, ne, nw] = block.corners;
  const sides: readonly (readonly [XY, XY])[] = [
    [sw, se],
    [se, ne],
    [ne, nw],
    [nw, sw],
  ];
  const within = (p: XY) =>
    sides.every(([a, b], k) => {
      const n = left(unit(sub(b, a)));
      const off = sub(p, a);
      return off[0] * n[0] + off[1] * n[1] >= (block.margins[k] ?? 8) - 0.5;
    });
  const [a, b, c, d] = inset(block.corners, block.margins);
  const w = (distance(a, b) + distance(d, c)) / 2;
  const depth = (distance(a, d) + distance(b, c)) / 2;
  const out: Draft[] = [];
  const site: Site = {
    w,
    d: depth,
    random,
    frame: (x, y, turn = 0) => {
      const u = x / w + 0.5;
      const v = y / depth + 0.5;
      const along = mix(sub(b, a), sub(c, d), v);
      return { at: mix(mix(a, b, u), mix(d, c, u), v), angle: Math.atan2(along[1], along[0]) + turn };
    },
    claim: (form, gap = 3, extra = {}) => {
      const ring = form.rings[0] ?? [];
      if (!ring.every((p) => within(p) && land.dry(p, 6))) return false;
      if (!ground.claim(form.parts, gap)) return false;
      const at = middle(form.parts[0] ?? ring);
      out.push({
        form,
        at,
        townId: block.town.id,
        street: nearestStreet(block, sides, at),
        ...(plot.compound === undefined ? {} : { compound: plot.compound, number: out.length + 1 }),
        ...(plot.blockId === undefined ? {} : { blockId: plot.blockId }),
        ...extra,
      });
      return true;
    },
  };
  PATTERNS[plot.use](site);
  return out;
}

/** The quadrilateral left when each side moves inwards by its margin. */
function inset(corners: Block['corners'], margins: Block['margins']): readonly [XY, XY, XY, XY] {
  const moved = corners.map((p, k) => {
    const q = corners[(k + 1) % 4] ?? p;
    const n = scale(left(unit(sub(q, p))), margins[k] ?? 8);
    return [add(p, n), add(q, n)] as const;
  });
  const meet = (k: number): XY => {
    const [p, q] = moved[(k + 3) % 4] ?? [
      [0, 0],
      [1, 0],
    ];
    const [r, s] = moved[k % 4] ?? [
      [0, 0],
      [1, 0],
    ];
    const d1 = sub(q, p);
    const d2 = sub(s, r);
    const den = d1[0] * d2[1] - d1[1] * d2[0];
    if (Math.abs(den) < 1e-6) return r;
    const o = sub(r, p);
    return add(p, scale(d1, (o[0] * d2[1] - o[1] * d2[0]) / den));
  };
  return [meet(0), meet(1), meet(2), meet(3)];
}

function nearestStreet(block: Block, sides: readonly (readonly [XY, XY])[], p: XY): Name {
  let best = 0;
  let least = Infinity;
  sides.forEach(([a, b], k) => {
    const n = left(unit(sub(b, a)));
    const off = sub(p, a);
    const d = Math.abs(off[0] * n[0] + off[1] * n[1]);
    if (d < least) {
      least = d;
      best = k;
    }
  });
  return block.streets[best] ?? block.streets[0];
}
