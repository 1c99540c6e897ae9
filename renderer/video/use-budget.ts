/**
 * The budget at work in this window.
 *
 * Owns: sharing it out once a second, and telling the source. Guarantees: E12; recordings are on the bridge's own disk and cost
 *   nothing. Refuses: to choose cameras.
 */
import { useEffect, useState } from 'react';
import type { CameraId } from '../../native-bridge/contract/brand.ts';
import { clipOf } from '../../native-bridge/contract/clip-record.ts';
import type { Take } from '../../native-bridge/contract/video-takes.ts';
import { useFengsui, useVideo, useView } from '../store/hooks.ts';
import { share, type Shares } from './budget.ts';
import type { Chosen, Why } from './choose.ts';
import { videoRoomOf } from './video-room.ts';

/** Runs before others have a picture at all. */
const URGENT: ReadonlySet<Why> = new Set<Why>(['pinned', 'alarm', 'e-bike', 'worst-alarm']);

const NOTHING: ReadonlyMap<CameraId, Take> = new Map();

/** `chosen`: the tiles. `ranked`: who matters most first. Null without a budget. */
export const useBudget = (chosen: readonly Chosen[], ranked: readonly Chosen[]): Shares | null => {
  const { world } = useFengsui();
  const budget = useView((view) => view.videoBudget);
  const place = new Map(ranked.map(({ id }, i) => [id, i]));
  const hub = useVideo();
  const { rates } = videoRoomOf(hub);
  const claims = chosen
    .filter(({ id }) => clipOf(id) === null)
    .sort((a, b) => (place.get(a.id) ?? Infinity) - (place.get(b.id) ?? Infinity))
    .map(({ id, why }) => ({
      id,
      urgent: URGENT.has(why),
      now: hub.takeOf(id),
      rate: (take: Take) => rates.of(id, take),
    }));
  const shares = budget === null ? null : share(claims, budget * 1e6, new Set(world.site()?.variants));
  // After each drawing: the source hears of changes only.
  useEffect(() => hub.take(shares?.takes ?? NOTHING));
  return shares;
};

/** How much this window takes of a camera now. */
export const useTake = (id: CameraId): Take => {
  const hub = useVideo();
  const [take, setTake] = useState(() => hub.takeOf(id));
  useEffect(() => {
    const look = (): void => setTake(hub.takeOf(id));
    look();
    return hub.onTake(look);
  }, [hub, id]);
  return take;
};
