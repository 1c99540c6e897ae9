/**
 * Which cameras there are pictures of, of the moment that is shown.
 *
 * Owns: the answer from the records of clips. Guarantees: E17; of now every camera has pictures, and the answer is null.
 * Refuses: the pictures.
 */
import type { CameraId } from '../../native-bridge/contract/brand.ts';
import { CLIP_HOLD_MS } from '../../native-bridge/contract/past.ts';
import { useIsPast, useLive } from '../store/hooks.ts';

export const useKept = (now: number): ReadonlySet<CameraId> | null => {
  const clips = useLive('clip', 1000);
  const isPast = useIsPast();
  if (!isPast) return null;
  const of = [...clips.values()].filter(({ from, to }) => from <= now && now <= to + CLIP_HOLD_MS);
  return new Set(of.map(({ cameraId }) => cameraId));
};
