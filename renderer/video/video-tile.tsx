/**
 * One camera on the wall.
 *
 * Owns: the tile of a camera: picture, name, place, state, age, rate, and why it was chosen.
 * Guarantees: E2, E4, E5; attributes `data-camera`, `data-state`, `data-pts`, `data-fseq`, `data-boxes` follow what is shown, at
 *   most five times a second; `data-take` says how much of the camera is taken; the age runs by itself.
 * Refuses: to choose.
 */
import { useEffect, useRef, useState } from 'react';
import type { CameraId } from '../../native-bridge/contract/brand.ts';
import { clipOf } from '../../native-bridge/contract/clip-record.ts';
import type { AlarmRecord } from '../../native-bridge/contract/records.ts';
import { useDesign } from '../design/design.tsx';
import { videoWords } from '../design/locale/video.ts';
import { useIsPast, useVideo, useView } from '../store/hooks.ts';
import { setBoxed } from './boxed.ts';
import type { Why } from './choose.ts';
import type { Status } from './messages.ts';
import { useTake } from './use-budget.ts';
import { drawPlates } from './plates.ts';
import { TileText } from './tile-text.tsx';
import { videoRoomOf, type Shown } from './video-room.ts';
import './video.css';

/** Words on boxes are at most this share of the picture's height, however far the seats. */
const MOST_PLATE = 1 / 9;
/** Width of the picture that the plates are drawn for; cameras of the contract send at least this. */
const PICTURE = { w: 640, h: 360 } as const;

export interface VideoTileProps {
  cameraId: CameraId;
  why: Why;
  /** The alarm it is shown for. */
  of?: AlarmRecord | undefined;
  size: 'grid' | 'large';
  /** In the corner of another picture. */
  inset?: boolean;
  /** The most important of its grid. */
  lead?: boolean;
  /** A tap: enlarge or restore. */
  onTap?: () => void;
}

const attributes = (element: HTMLElement, status: Status, past: boolean): void => {
  const all: Record<string, string> = {
    state: past ? 'past' : status.state,
    pts: String(status.pts ?? ''),
    fseq: String(status.fseq ?? ''),
    boxes: String(status.boxes),
    ebike: String(status.eBike),
    fps: String(status.fps),
  };
  for (const [name, value] of Object.entries(all)) if (element.dataset[name] !== value) element.dataset[name] = value;
};

/** Words are drawn anew when they say something else, and the rate once a second: the page has other work. */
const isNews = (before: Status | null, next: Status): boolean =>
  before === null ||
  before.state !== next.state ||
  before.reason !== next.reason ||
  before.codec !== next.codec ||
  before.blind !== next.blind ||
  (before.skewMs === null) !== (next.skewMs === null) ||
  before.vouched !== next.vouched ||
  (next.seenAt ?? 0) - (before.seenAt ?? 0) >= 1000;

export const VideoTile = ({ cameraId, why, of, size, inset = false, lead = false, onTap }: VideoTileProps) => {
  const source = useVideo();
  const isPast = useIsPast();
  const { words, locale, scale, format } = useDesign();
  const numbered = useView((view) => view.pictureNumbers);
  const root = useRef<HTMLButtonElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const [status, setStatus] = useState<Status | null>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  const take = useTake(cameraId);

  useEffect(() => {
    const [frame, tile] = [host.current, root.current];
    if (!frame || !tile) return;
    const me = {};
    const past = isPast || clipOf(cameraId) !== null;
    const picture = videoRoomOf(source).show(cameraId, (next) => {
      attributes(tile, next, past);
      // What a clip shows is not of now.
      setBoxed(me, next.eBike && !past);
      setStatus((before) => (isNews(before, next) ? next : before));
    });
    // An element without a picture yet has a ground of the browser's own, which need not be dark.
    picture.element.addEventListener('loadeddata', () => (picture.element.dataset['drawn'] = 'true'), { once: true });
    frame.replaceChildren(picture.element);
    setShown(picture);
    return () => {
      picture.release();
      picture.element.remove();
      setBoxed(me, false);
      setShown(null);
      setStatus(null);
    };
  }, [cameraId, source, isPast]);

  useEffect(() => {
    const frame = host.current;
    if (!shown || !frame) return;
    let wanted = true;
    const clock = numbered ? format.ahead(Date.now()) : null;
    const draw = (): void => {
      if (!wanted || frame.clientWidth === 0) return;
      const k = PICTURE.w / frame.clientWidth;
      shown.plates(drawPlates(words.label, Math.min(scale.rem * k, PICTURE.h * MOST_PLATE), scale.line * k, clock));
    };
    const watch = new ResizeObserver(draw);
    watch.observe(frame);
    // Once more when the typeface has come: until then boxes carry the system's.
    document.fonts
      .load(`600 1rem ${getComputedStyle(frame).fontFamily}`, Object.values(words.label).join(''))
      .then(draw, () => undefined);
    return () => {
      wanted = false;
      watch.disconnect();
    };
  }, [shown, words, scale, format, numbered]);

  return (
    <button
      ref={root}
      type="button"
      className="video-tile"
      data-camera={cameraId}
      data-size={size}
      data-why={why}
      data-lead={lead}
      data-inset={inset}
      data-take={take}
      onClick={onTap}
      title={videoWords[locale][size === 'grid' ? 'enlarge' : 'reduce']}
    >
      <div ref={host} className="video-picture" />
      <TileText cameraId={cameraId} why={why} of={of} status={status} />
    </button>
  );
};
