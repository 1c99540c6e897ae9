/**
 * Four cameras that matter now.
 *
 * Owns: the grid, the choice at most once a second, `view.shownCameras` and `view.boxedTiles`.
 * Guarantees: E6; a tap enlarges a tile and it stays until tapped again; what nobody sees is not asked for.
 * Refuses: layouts beyond four.
 */
import { useEffect, useState } from 'react';
import type { CameraId } from '../../native-bridge/contract/brand.ts';
import { useDesign } from '../design/design.tsx';
import { videoWords } from '../design/locale/video.ts';
import { useCollection, useFengsui, useNow, useView } from '../store/hooks.ts';
import { boxedCount, onBoxed } from './boxed.ts';
import { leader, place, rank, type Chosen } from './choose.ts';
import { useCameras } from './use-cameras.ts';
import { useQuiet } from './use-quiet.ts';
import { VideoTile } from './video-tile.tsx';
import './video.css';

const TILES = 4;

const useChosen = (): { chosen: readonly Chosen[]; lead: CameraId | null } => {
  const now = useNow();
  const cameras = useCameras();
  const pinned = useView((view) => view.pinnedCamera);
  const selection = useView((view) => view.selection);
  const building = useView((view) => view.openBuilding);
  const alarms = useCollection('alarm', 500);
  const detections = useCollection('detection', 500);
  const [chosen, setChosen] = useState<readonly Chosen[]>([]);
  const [lead, setLead] = useState<CameraId | null>(null);
  const quiet = useQuiet(chosen);
  const ranked = rank({
    pinned,
    alarm: selection?.kind === 'alarm' ? (alarms.get(selection.id) ?? null) : null,
    building,
    alarms: alarms.values(),
    detections: detections.values(),
    cameras: cameras.known,
    quiet,
    now,
  });
  const next = pinned === null ? place(ranked, chosen, TILES) : ranked.slice(0, 1);
  const same =
    next.length === chosen.length && next.every(({ id, why }, i) => chosen[i]?.id === id && chosen[i].why === why);
  // Set while rendering: the tiles of the choice before never come up.
  if (!same) setChosen(next);
  const first = leader(same ? chosen : next, ranked, lead);
  if (first !== lead) setLead(first);
  return { chosen, lead };
};

export const VideoGrid = () => {
  const { view } = useFengsui();
  const { locale } = useDesign();
  const { chosen, lead } = useChosen();
  const pinned = useView((now) => now.pinnedCamera);
  useEffect(() => view.setState({ shownCameras: chosen }), [view, chosen]);
  useEffect(() => {
    const tell = (count: number): void => view.setState({ boxedTiles: count });
    tell(boxedCount());
    return onBoxed(tell);
  }, [view]);
  return (
    <section className="video-grid panel" data-tiles={chosen.length} aria-label={videoWords[locale].title}>
      {chosen.length === 0 && <p className="video-none quiet">{videoWords[locale].noCamera}</p>}
      {chosen.map(({ id, why }) => (
        <VideoTile
          key={id}
          cameraId={id}
          why={why}
          size={pinned === null ? 'grid' : 'large'}
          lead={id === lead}
          onTap={() => view.setState({ pinnedCamera: pinned === null ? id : null })}
        />
      ))}
    </section>
  );
};
