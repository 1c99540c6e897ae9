/**
 * What became of every feature: kept, dropped, mended, assumed; the substance of report.json.
 * Guarantees: for each layer, read + split = kept + dropped; up to five examples of each reason; no times, so that
 *   the same input gives the same report.
 */
export interface Reason {
  count: number;
  /** Ids of the first few. */
  examples: string[];
}
export interface LayerTally {
  /** Features found. */
  read: number;
  /** More than one part: each part beyond the first counts once more. */
  split: number;
  kept: number;
  dropped: Record<string, Reason>;
  /** Kept, but changed. */
  mended: Record<string, Reason>;
  /** Kept, with a value nobody gave. */
  assumed: Record<string, Reason>;
}
export interface FileTally {
  layer: string;
  file: string;
  /** Datum as it was understood. */
  crs: string;
  features: number;
}
export interface CityReport {
  format: 'fengsui/city-report@1';
  id: string;
  files: FileTally[];
  layers: Record<string, LayerTally>;
  notes: string[];
}

const EXAMPLES = 5;

export class Tally {
  readonly #layer: LayerTally = { read: 0, split: 0, kept: 0, dropped: {}, mended: {}, assumed: {} };

  /** `empty`: features without a geometry; `strange`: ids of those whose coordinates cannot be of the stated system. */
  found(shapes: number, empty: number, strange: readonly string[]): void {
    this.#layer.read += shapes + empty + strange.length;
    if (empty > 0) this.drop('no geometry', '', empty);
    for (const id of strange) this.drop('a coordinate that cannot be', id);
  }
  split(count: number): void {
    this.#layer.split += count;
  }
  kept(): void {
    this.#layer.kept++;
  }
  drop(reason: string, id: string, count = 1): void {
    note(this.#layer.dropped, reason, id, count);
  }
  mend(what: string, id: string): void {
    note(this.#layer.mended, what, id, 1);
  }
  assume(what: string, id: string): void {
    note(this.#layer.assumed, what, id, 1);
  }
  get result(): LayerTally {
    return this.#layer;
  }
}

function note(into: Record<string, Reason>, reason: string, id: string, count: number): void {
  const held = (into[reason] ??= { count: 0, examples: [] });
  held.count += count;
  if (held.examples.length < EXAMPLES && id !== '') held.examples.push(id);
}

/** The report in words, for the terminal. */
export function summary(report: CityReport): string {
  const lines = report.files.map((f) => `  ${f.layer}: ${f.file}, ${f.crs}, ${f.features} features`);
  for (const [name, layer] of Object.entries(report.layers)) {
    if (layer.read === 0) continue;
    lines.push(`  ${name}: ${layer.kept} kept of ${layer.read}${layer.split > 0 ? ` (+ ${layer.split} parts)` : ''}`);
    for (const [word, reasons] of [
      ['dropped', layer.dropped],
      ['mended', layer.mended],
      ['assumed', layer.assumed],
    ] as const)
      // prettier-ignore
      for (const [reason, { count, examples }] of Object.entries(reasons))
        lines.push(`    ${word} ${count}: ${reason}${examples.length > 0 ? ` (${examples.slice(0, 3).join(', ')}${count > 3 ? ' …' : ''})` : ''}`);
  }
  return [...lines, ...report.notes.map((n) => `  note: ${n}`)].join('\n');
}
