/**
 * Floors as a person writes them. Owns: that. Guarantees: sorted, each once. Refuses: words.
 */

/** "17–19、22" */
export const floorsText = (floors: readonly number[]): string => {
  const sorted = [...new Set(floors)].sort((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const floor of sorted) {
    const last = runs.at(-1);
    if (last && floor === last[1] + 1) last[1] = floor;
    else runs.push([floor, floor]);
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join('、');
};
