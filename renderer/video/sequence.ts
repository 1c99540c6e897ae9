/**
 * Which frames may be decoded.
 *
 * Owns: the unbroken run of one camera. Guarantees: E1; after a break nothing but a key frame passes.
 * Refuses: to look at bytes or time.
 */
import type { VideoHeader } from '../../native-bridge/contract/wire.ts';

export type Verdict = 'decode' | 'gap' | 'no-key' | 'late';

export interface Sequence {
  take: (header: Pick<VideoHeader, 'key' | 'fseq'>) => Verdict;
  /** What was decoded so far cannot be built upon: damaged, or the decoder is gone. */
  break: () => void;
  readonly running: () => boolean;
}

export const createSequence = (): Sequence => {
  let last: number | null = null;
  return {
    take: ({ key, fseq }) => {
      if (key) {
        last = fseq;
        return 'decode';
      }
      if (last === null) return 'no-key';
      if (fseq <= last) return 'late';
      if (fseq !== last + 1) {
        last = null;
        return 'gap';
      }
      last = fseq;
      return 'decode';
    },
    break: () => {
      last = null;
    },
    running: () => last !== null,
  };
};
