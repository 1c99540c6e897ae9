/**
 * The cameras that matter now, as many as the layout has tiles.
 *
 * Owns: the grid, the choice at most once a second, `view.shownCameras`, `view.shownLayout` and `view.boxedTiles`.
 * Guarantees: E6, E8, E9, E12, E13; a tap enlarges a tile and it stays until tapped again; what nobody sees is not asked for.
 * Refuses: to know the window: `fill` says whether it may take all the room there is, `tall` whether a column is free for it.
 */
import { useEffect, useState } from 'react';
import type { CameraId } from '../../native-bridge/contract/brand.ts';
import { TILES_OF, type VideoLayout } from '../../native-bridge/contract/video-layout.ts';
import { TAKES } from '../../native-bridge/contract/video-takes.ts';
import { useDesign } from '../design/design.tsx';
import { videoWords } from '../design/locale/video.ts';
import { useCollection, useFengsui, useNow, useView } from '../store/hooks.ts';
import type { Shares } from './budget.ts';
import { boxedCount, onBoxed } from './boxed.ts';
import { enlarged, leader, place, rank, type Chosen } from './choose.ts';
import { fitting, gridStyle, hasLarge } from './layouts.ts';
import { mustWait } from './patrol.ts';
import { useBudget } from './use-budget.ts';
import { useCameras } from './use-cameras.ts';
import { useKept } from './use-kept.ts';
import { useQuiet } from './use-quiet.ts';
import { useTour, type Tour } from './use-tour.ts';
import { VideoTile } from './video-tile.tsx';
import './video.css';

interface Choice {
  chosen: readonly Chosen[];
  lead: CameraId | null;
  tour: Tour | null;
  shares: Shares | null;
}
const useChosen = (tiles: number): Choice => {
  const now = useNow();
  const cameras = useCameras();
  const pinned = useView((view) => view.pinnedCamera);
  const selection = useView((view) => view.selection);
  const building = useView((view) => view.openBuilding);
  const alarms = useCollection('alarm', 500);
  const detections = useCollection('detection', 500);
  const clips = useCollection('clip', 1000);
  const [chosen, setChosen] = useState<readonly Chosen[]>([]);
  const [lead, setLead] = useState<CameraId | null>(null);
  const silent = useQuiet(chosen);
  const kept = useKept(now);
  const quiet = kept === null ? silent : new Set(cameras.known.map(({ id }) => id).filter((id) => !kept.has(id)));
  const incidents = useCollection('incident', 1000);
  const alarm = selection?.kind === 'alarm' ? (alarms.get(selection.id) ?? null) : null;
  const at = selection?.kind === 'incident' ? (incidents.get(selection.id) ?? null) : alarm;
  const isChosen = pinned !== null || selection !== null || building !== null;
  const tour = useTour(cameras.known, tiles, mustWait(now, alarms.values(), detections.values(), isChosen), now);
  const ranked = rank({
    pinned,
    alarm,
    near: at ? cameras.near(at) : [],
    building,
    alarms: alarms.values(),
    detections: detections.values(),
    cameras: cameras.known,
    quiet,
    patrol: tour?.stop.ids ?? [],
    // In the past the camera's own tile shows what was kept of it.
    clips: kept === null ? clips.values() : [],
    kept: [...(kept ?? [])],
    now,
  });
  const next = pinned === null ? place(ranked, chosen, tiles) : enlarged(ranked);
  const isSame = ({ id, why, of }: Chosen, before: Chosen | undefined): boolean =>
    before?.id === id && before.why === why && before.of?.id === of?.id;
  const same = next.length === chosen.length && next.every((each, i) => isSame(each, chosen[i]));
  // Set while rendering: the tiles of the choice before never come up.
  if (!same) setChosen(next);
  const first = leader(same ? chosen : next, ranked, lead);
  if (first !== lead) setLead(first);
  const shares = useBudget(chosen, ranked);
  return { chosen, lead, tour, shares };
};

const BudgetLine = ({ budget, shares: { takes, used } }: { budget: number; shares: Shares }) => {
  const { locale, format } = useDesign();
  const say = videoWords[locale];
  const tally = TAKES.map((take) => [take, [...takes.values()].filter((each) => each === take).length] as const);
  return (
    <p className="video-tour" role="status" data-testid="video-budget" data-used={Math.round(used / 1000)}>
      <span className="value">{say.budget(String(budget), (used / 1e6).toFixed(1))}</span>
      <span className="cut">
        {tally
          .filter(([, n]) => n > 0)
          .map(([take, n]) => say.shared[take](format.count(n)))
          .join(' · ')}
      </span>
    </p>
  );
};

const TourLine = ({ tour: { stop, waiting, left } }: { tour: Tour }) => {
  const { locale, format } = useDesign();
  const say = videoWords[locale];
  return (
    <p className="video-tour" role="status" data-waiting={waiting}>
      <span className="value">{say.tour(say.kind[stop.kind] ?? stop.kind, stop.part, stop.parts)}</span>
      <span>{waiting ? say.tourWaits : say.tourNext(format.span(left))}</span>
    </p>
  );
};

/** `usual`: how the tiles stand in a place that is not their own, until somebody chooses. */
export const VideoGrid = ({
  fill = false,
  tall = false,
  usual,
}: {
  fill?: boolean;
  tall?: boolean;
  usual?: VideoLayout;
}) => {
  const { view } = useFengsui();
  const { locale, scale } = useDesign();
  // On a screen seen from afar a small tile beside a large one would be unreadable.
  const fits: VideoLayout = fill ? '16' : tall ? '1+6' : scale.form === 'tight' ? '4' : '1+3';
  const wanted = useView((now) => now.videoLayout) ?? usual ?? fits;
  const { chosen, lead, tour, shares } = useChosen(TILES_OF[wanted]);
  const pinned = useView((now) => now.pinnedCamera);
  const budget = useView((now) => now.videoBudget);
  useEffect(() => view.setState({ shownCameras: chosen }), [view, chosen]);
  useEffect(() => view.setState({ shownLayout: wanted }), [view, wanted]);
  useEffect(() => {
    const tell = (count: number): void => view.setState({ boxedTiles: count });
    tell(boxedCount());
    return onBoxed(tell);
  }, [view]);
  const layout = pinned === null ? fitting(wanted, chosen.length) : '1';
  return (
    <div className="video-room" data-fill={fill}>
      <section
        className="video-grid panel"
        data-tiles={chosen.length}
        data-layout={layout}
        style={gridStyle(layout)}
        aria-label={videoWords[locale].title}
      >
        {chosen.length === 0 && <p className="video-none quiet">{videoWords[locale].noCamera}</p>}
        {chosen.map(({ id, why, of }, i) => (
          <VideoTile
            key={id}
            cameraId={id}
            why={why}
            of={of}
            inset={pinned !== null && i > 0}
            size={pinned !== null && i === 0 ? 'large' : 'grid'}
            lead={id === lead && hasLarge(layout)}
            onTap={() => view.setState({ pinnedCamera: pinned === id ? null : id })}
          />
        ))}
      </section>
      {budget !== null && shares && <BudgetLine budget={budget} shares={shares} />}
      {tour && pinned === null && <TourLine tour={tour} />}
    </div>
  );
};
