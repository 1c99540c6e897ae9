/**
 * Splits footprints into groups of neighbours, each of about the same number.
 * Guarantees: every footprint in exactly one leaf; the same input in any run gives the same tree.
 */
import type { Footprint } from './footprint.ts';

export type Branch<T> = { readonly leaf: readonly T[] } | { readonly halves: readonly [Branch<T>, Branch<T>] };

const middleOf = (f: Footprint): readonly [number, number] => {
  const ring = f.rings[0] ?? [];
  const n = Math.max(1, ring.length);
  return [ring.reduce((s, p) => s + p[0], 0) / n, ring.reduce((s, p) => s + p[1], 0) / n];
};

export function partition(footprints: readonly Footprint[], perLeaf: number): Branch<Footprint> {
  const placed = footprints.map((f) => ({ f, at: middleOf(f) }));
  const split = (list: typeof placed, leaves: number): Branch<Footprint> => {
    if (leaves <= 1) return { leaf: list.map((p) => p.f) };
    const span = (axis: 0 | 1) => {
      let [least, most] = [Infinity, -Infinity];
      for (const { at } of list) {
        least = Math.min(least, at[axis]);
        most = Math.max(most, at[axis]);
      }
      return most - least;
    };
    const lat = list[0]?.at[1] ?? 0;
    const axis = span(0) * Math.cos((lat * Math.PI) / 180) > span(1) ? 0 : 1;
    const sorted = [...list].sort((a, b) => a.at[axis] - b.at[axis] || (a.f.id < b.f.id ? -1 : 1));
    const first = Math.floor(leaves / 2);
    const cut = Math.round((sorted.length * first) / leaves);
    return { halves: [split(sorted.slice(0, cut), first), split(sorted.slice(cut), leaves - first)] };
  };
  return split(placed, Math.max(1, Math.ceil(footprints.length / perLeaf)));
}
