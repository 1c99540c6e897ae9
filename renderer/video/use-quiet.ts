/**
 * Cameras that were asked for pictures and sent none.
 *
 * Owns: who is quiet. Guarantees: a camera gets `PATIENCE_MS` to send its first picture, and another chance after `REST_MS`.
 * Refuses: to judge cameras that have sent something; their tile says how they stand.
 */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { CameraId } from '../../native-bridge/contract/brand.ts';
import { useFengsui, useVideo } from '../store/hooks.ts';
import type { Chosen } from './choose.ts';
import { videoRoomOf } from './video-room.ts';

/** Two groups of pictures and a key frame that was asked for: whoever sends would have been seen by then. ms */
const PATIENCE_MS = 4000;
const REST_MS = 60_000;
const LOOK_MS = 1000;

export const useQuiet = (chosen: readonly Chosen[]): ReadonlySet<CameraId> => {
  const { world } = useFengsui();
  const source = useVideo();
  const asked = useRef(new Map<CameraId, number>());
  const [until, setUntil] = useState<ReadonlyMap<CameraId, number>>(new Map());
  useEffect(() => {
    const room = videoRoomOf(source);
    const shown = new Set(chosen.map(({ id }) => id));
    for (const id of asked.current.keys()) if (!shown.has(id)) asked.current.delete(id);
    for (const id of shown) asked.current.set(id, asked.current.get(id) ?? world.now());
    const look = (): void => {
      const now = world.now();
      const silent = [...asked.current].filter(
        ([id, since]) => now - since > PATIENCE_MS && (room.status(id)?.seenAt ?? null) === null,
      );
      setUntil((before) => {
        const kept = [...before].filter(([, end]) => end > now);
        const news = silent
          .filter(([id]) => !kept.some(([other]) => other === id))
          .map(([id]) => [id, now + REST_MS] as const);
        return news.length === 0 && kept.length === before.size ? before : new Map([...kept, ...news]);
      });
    };
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [world, source, chosen]);
  return useMemo(() => new Set(until.keys()), [until]);
};
