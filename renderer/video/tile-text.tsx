/**
 * What a tile says of its picture.
 *
 * Owns: name, place, why it was chosen, how the picture stands. Guarantees: E2, E10; a clip bears its time and never says
 *   "live"; a picture that shows nothing is called what it is. Refuses: the picture.
 */
import { useMemo } from 'react';
import type { BlindWhy } from '../../native-bridge/contract/blind.ts';
import type { CameraId } from '../../native-bridge/contract/brand.ts';
import { clipOf } from '../../native-bridge/contract/clip-record.ts';
import type { Take } from '../../native-bridge/contract/video-takes.ts';
import type { AlarmRecord, DeviceRecord } from '../../native-bridge/contract/records.ts';
import type { DetectionLabel } from '../../native-bridge/contract/wire.ts';
import { because } from '../../native-bridge/contract/sight-line.ts';
import type { SiteCamera } from '../../native-bridge/contract/site-files.ts';
import { useDesign } from '../design/design.tsx';
import { pastWords } from '../design/locale/past.ts';
import { videoWords } from '../design/locale/video.ts';
import { useIsPast, useNow, useRecord, useView } from '../store/hooks.ts';
import type { Why } from './choose.ts';
import type { Status } from './messages.ts';
import { useTake } from './use-budget.ts';
import { useKept } from './use-kept.ts';
import { useCameras } from './use-cameras.ts';

/** A live tile says no age: it need not look at the clock. */
const CALM_MS = 10_000;

interface TextProps {
  cameraId: CameraId;
  why: Why;
  of?: AlarmRecord | undefined;
  status: Status | null;
}

/** Why this camera and no other: the alarm's own, or what it sees of the place from where. */
const Because = ({ camera, of, near }: { camera: SiteCamera; of?: AlarmRecord | undefined; near: boolean }) => {
  const { locale, format } = useDesign();
  const selected = useView((view) => view.selection);
  const incident = useRecord('incident', near && selected?.kind === 'incident' ? selected.id : null);
  const alarm = useRecord('alarm', near && selected?.kind === 'alarm' ? selected.id : null);
  const at = of ?? incident ?? alarm;
  const cameras = useCameras();
  const hidden = useMemo(() => at != null && cameras.hides(camera, at), [cameras, camera, at]);
  const found = at ? because(camera, at) : null;
  if (!found) return null;
  const say = videoWords[locale].because;
  const is = 'metres' in found && hidden ? 'hidden' : found.is;
  return (
    <span className="video-because" data-because={is}>
      {'metres' in found
        ? say[is === 'hidden' ? is : found.is](format.count(Math.round(found.metres / 10) * 10))
        : say[found.is]}
    </span>
  );
};

const Standing = ({ status, blind, take }: { status: Status | null; blind: BlindWhy | null; take: Take }) => {
  const { locale, format } = useDesign();
  const state = status?.state ?? 'waiting';
  const now = useNow(state === 'live' ? CALM_MS : 500);
  const say = videoWords[locale];
  const age = status?.seenAt == null ? null : Math.max(0, now - status.seenAt);
  if (state === 'sampled')
    return (
      <span className="video-rate video-aged" role="status">
        <span className="video-take">{take === 'full' ? say.state.sampled : say.take[take]} · </span>
        {age === null ? '' : format.age(age)}
      </span>
    );
  if (state === 'live' && status)
    return (
      <>
        {blind && (
          <span className="video-state plate" role="status">
            {say.blind[blind]}
          </span>
        )}
        <span className="video-rate">
          {take === 'sub' ? `${say.take.sub} ` : ''}
          {say.state.live} {say.fps(format.count(status.fps))}
          {status.skewMs === null ? '' : ` · ${say.skew(format.span(Math.abs(status.skewMs)))}`}
          {status.vouched ? '' : ` · ${say.unvouched}`}
        </span>
      </>
    );
  return (
    <span className="video-state plate" role="status">
      {blind ? say.blind[blind] : say.state[state]}
      {status?.reason && <span className="video-reason"> · {say.reason[status.reason]}</span>}
      {state === 'undecodable' && status?.codec ? ` ${status.codec}` : ''}
      {age !== null && state !== 'waiting' && (
        <>
          {' · '}
          <span className="video-last">{say.lastPicture} </span>
          <span className="video-age">{format.age(age)}</span>
        </>
      )}
    </span>
  );
};

/** When it was recorded; where there is no room for it the day gives way, the time never. */
const Recorded = ({ at }: { at: number }) => {
  const { locale, format } = useDesign();
  return (
    <>
      {videoWords[locale].past} <span className="video-day">{format.date(at)} </span>
      {format.clock(at)}
    </>
  );
};

/** The clip's own clock: the camera's times, laid on the bridge's. */
const Past = ({ clip: id, status }: { clip: string; status: Status | null }) => {
  const { locale } = useDesign();
  const clip = useRecord('clip', id);
  const say = videoWords[locale];
  if (!clip) return <span className="video-state plate">{say.state.waiting}</span>;
  const at = clip.from + ((status?.pts ?? clip.firstPts) - clip.firstPts);
  return (
    <span className="video-past plate" role="status">
      <Recorded at={at} />
      {clip.trouble ? ` · ${say.clipTrouble[clip.trouble]}` : ''}
    </span>
  );
};

/** On a wall that shows the past: the moment, when a clip holds it. */
const OfThePast = ({ cameraId }: { cameraId: CameraId }) => {
  const { locale } = useDesign();
  const now = useNow(500);
  const kept = useKept(now)?.has(cameraId) === true;
  return (
    <span className="video-past plate" role="status" data-kept={kept}>
      {kept ? <Recorded at={now} /> : pastWords[locale].noClip}
    </span>
  );
};

/** How right the camera's detector has been so far; nothing until somebody judged it. */
const FalseRate = ({ verdicts }: { verdicts: NonNullable<DeviceRecord['verdicts']> }) => {
  const { words, locale, format } = useDesign();
  const said = Object.entries(verdicts) as [DetectionLabel, { right: number; wrong: number }][];
  return (
    <span className="video-false" data-testid="false-rate">
      {said
        .map(([label, { right, wrong }]) =>
          videoWords[locale].falseRate(words.label[label], format.count(wrong), format.count(right + wrong)),
        )
        .join(' · ')}
    </span>
  );
};

export const TileText = ({ cameraId, why, of, status }: TextProps) => {
  const { locale } = useDesign();
  const clip = clipOf(cameraId);
  const from = useRecord('clip', clip)?.cameraId ?? cameraId;
  const device = useRecord('device', from);
  const cameras = useCameras();
  const say = videoWords[locale];
  const known = cameras.camera(from);
  const take = useTake(cameraId);
  const isPast = useIsPast();
  const building = cameras.building(known?.buildingId ?? device?.buildingId);
  const floor = known?.floor ?? device?.floor;
  const place = [building?.name?.[locale], floor === undefined ? null : `${floor}F`].filter((part) => part).join(' · ');
  return (
    <>
      <span className="video-name">
        <b className="cut">{known?.name[locale] ?? device?.name ?? from}</b>
        <span className="video-place cut">{place || say.unknownPlace}</span>
        <span className="video-why">{say.why[why]}</span>
        {known && (of || why === 'near') && <Because camera={known} of={of} near={why === 'near'} />}
      </span>
      {device?.verdicts && <FalseRate verdicts={device.verdicts} />}
      {clip === null && isPast ? (
        <OfThePast cameraId={cameraId} />
      ) : clip === null ? (
        <Standing status={status} blind={status?.blind ?? device?.blind?.why ?? null} take={take} />
      ) : (
        <Past clip={clip} status={status} />
      )}
    </>
  );
};
