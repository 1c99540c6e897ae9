// What a benchmark tells. Guarantees: `ratio` is ours over the other so that more is better (times faster, share of a
// limit); the value is the median of its runs.

export interface Result {
  /** `ingest.batched`: room or job, then case. */
  readonly name: string;
  /** Ours: the median of `runs`. */
  readonly value: number;
  readonly unit: string;
  /** The peer or limit measured in the same run, in words. */
  readonly against: string;
  readonly againstValue: number;
  readonly ratio: number;
  readonly runs: readonly number[];
}

export interface Bench {
  /** The first part of its results' names, or the whole. */
  readonly name: string;
  run(settings: Settings): Promise<Result[]>;
}
/** What the command line may set. */
export interface Settings {
  /** How long a benchmark of endurance goes on. */
  readonly minutes: number;
}

export const isBench = (module: unknown): module is Bench =>
  typeof module === 'object' &&
  module !== null &&
  'name' in module &&
  typeof module.name === 'string' &&
  'run' in module &&
  typeof module.run === 'function';

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle];
  if (high === undefined) throw new Error('the median of nothing');
  const low = sorted.length % 2 === 0 ? (sorted[middle - 1] ?? high) : high;
  return (low + high) / 2;
};

export interface Measured {
  readonly name: string;
  readonly unit: string;
  readonly runs: readonly number[];
  readonly against: string;
  /** Runs of the peer, or one figure of a limit. */
  readonly againstRuns: readonly number[];
  /** `more`: a rate; `less`: a time or a size. Either way the ratio says how much better ours is. */
  readonly better: 'more' | 'less';
}

/** Medians and the ratio of both. */
export const result = ({ name, unit, runs, against, againstRuns, better }: Measured): Result => {
  const value = median(runs);
  const againstValue = median(againstRuns);
  return {
    name,
    value,
    unit,
    against,
    againstValue,
    ratio: better === 'more' ? value / againstValue : againstValue / value,
    runs,
  };
};
