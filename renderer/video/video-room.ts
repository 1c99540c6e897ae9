/**
 * The page's side of decoding: which cameras are wanted, by which tiles, in which worker.
 *
 * Owns: the workers, one entry per camera however many tiles show it. Guarantees: E5; a camera is wanted from the source
 *   while a tile shows it, and from its first moment on its frames have somewhere to go.
 * Refuses: pixels; frames pass through as they came.
 */
import type { CameraId } from '../../native-bridge/contract/brand.ts';
import type { Release, VideoSource } from '../store/video-source.ts';
import type { PageMessage, Plates, Status, WorkerMessage } from './messages.ts';
import { createRates, type Rates } from './rates.ts';

/** Not in TypeScript's library: Chromium's way from frames to a `<video>`. */
declare class MediaStreamTrackGenerator extends MediaStreamTrack {
  constructor(init: { kind: 'video' });
  readonly writable: WritableStream<VideoFrame>;
}

export interface Shown {
  /** Put into the page by the caller; fills its box. */
  element: HTMLVideoElement | HTMLCanvasElement;
  plates: (plates: Plates) => void;
  release: Release;
}
export interface VideoRoom {
  show: (cameraId: CameraId, listener: (status: Status) => void) => Shown;
  /** What the cameras cost. */
  readonly rates: Rates;
  /** The newest word on a camera that is shown. */
  status: (cameraId: CameraId) => Status | undefined;
  close: () => void;
}

interface Tile {
  screen: number;
  listener: (status: Status) => void;
  plates: Plates | null;
}
interface Entry {
  /** Tells the worker how often pictures are to be expected. */
  pace: () => void;
  crew: Crew;
  tiles: Set<Tile>;
  status: Status | undefined;
  stop: Release;
}
/** A worker and the cameras it decodes. */
interface Crew {
  worker: Worker;
  cameras: number;
}

/** Decoding holds 80 streams of 360p15 on two cores: threads beyond two only take turns. */
const MOST_WORKERS = 2;

export const createVideoRoom = (
  source: VideoSource,
  startWorker: () => Worker = () =>
    new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module', name: 'decode' }),
): VideoRoom => {
  const entries = new Map<CameraId, Entry>();
  const crews: Crew[] = [];
  let screens = 0;
  const rates = createRates();

  const say = (crew: Crew, message: WorkerMessage, transfer: Transferable[] = []): void =>
    crew.worker.postMessage(message, transfer);

  const heard = ({ data }: MessageEvent<PageMessage>): void => {
    const entry = entries.get(data.cameraId);
    if (!entry) return;
    entry.status = data.status;
    source.saw(data.cameraId, data.status.blind);
    for (const tile of entry.tiles) tile.listener(data.status);
  };
  const crewFor = (): Crew => {
    const free = crews.filter(({ cameras }) => cameras < 4)[0];
    if (free || crews.length >= MOST_WORKERS) return free ?? crews.reduce((a, b) => (b.cameras < a.cameras ? b : a));
    const crew: Crew = { worker: startWorker(), cameras: 0 };
    crew.worker.onmessage = heard;
    crew.worker.onerror = (event) => console.error('decode worker:', event.message);
    crews.push(crew);
    return crew;
  };

  const open = (cameraId: CameraId): Entry => {
    const crew = crewFor();
    crew.cameras += 1;
    const stops = [
      source.onFrame(cameraId, (header, data) => {
        rates.note(cameraId, source.takeOf(cameraId), data.byteLength, source.now());
        // Frames are views of a larger message: a copy of this part alone travels.
        const part = data.slice().buffer;
        say(crew, { t: 'unit', header, data: part, now: source.now(), sent: Date.now() }, [part]);
      }),
      source.onBoxes(cameraId, ({ pts, boxes }) => say(crew, { t: 'boxes', cameraId, pts, boxes })),
    ];
    const pace = (): void => say(crew, { t: 'pace', cameraId, take: source.takeOf(cameraId) });
    stops.push(source.onTake(pace));
    const entry: Entry = {
      pace,
      crew,
      tiles: new Set(),
      status: undefined,
      stop: () => {
        stops.forEach((stop) => stop());
        crew.cameras -= 1;
      },
    };
    entries.set(cameraId, entry);
    return entry;
  };

  const screenFor = (): {
    element: Shown['element'];
    track: WritableStream<VideoFrame> | null;
    canvas: OffscreenCanvas | null;
  } => {
    if (typeof MediaStreamTrackGenerator === 'undefined') {
      const element = document.createElement('canvas');
      return { element, track: null, canvas: element.transferControlToOffscreen() };
    }
    const generator = new MediaStreamTrackGenerator({ kind: 'video' });
    const element = document.createElement('video');
    element.muted = true;
    element.autoplay = true;
    element.playsInline = true;
    element.disablePictureInPicture = true;
    element.srcObject = new MediaStream([generator]);
    return { element, track: generator.writable, canvas: null };
  };

  return {
    rates,
    status: (cameraId) => entries.get(cameraId)?.status,
    show: (cameraId, listener) => {
      const entry = entries.get(cameraId) ?? open(cameraId);
      const tile: Tile = { screen: screens++, listener, plates: null };
      entry.tiles.add(tile);
      const { element, track, canvas } = screenFor();
      say(
        entry.crew,
        { t: 'open', cameraId, screen: tile.screen, track, canvas },
        [track ?? canvas].filter((x) => x !== null),
      );
      entry.pace();
      // Wanted last: the first frames find the channel open.
      const unwant = source.want(cameraId);
      if (entry.status) listener(entry.status);
      let held = true;
      return {
        element,
        plates: (plates) => {
          tile.plates = plates;
          say(entry.crew, { t: 'plates', screen: tile.screen, plates });
        },
        release: () => {
          if (!held) return;
          held = false;
          unwant();
          entry.tiles.delete(tile);
          say(entry.crew, { t: 'close', cameraId, screen: tile.screen });
          if (element instanceof HTMLVideoElement) element.srcObject = null;
          if (entry.tiles.size > 0) return;
          entry.stop();
          entries.delete(cameraId);
        },
      };
    },
    close: () => {
      for (const entry of entries.values()) entry.stop();
      entries.clear();
      for (const { worker } of crews) worker.terminate();
      crews.length = 0;
    },
  };
};

const rooms = new WeakMap<VideoSource, VideoRoom>();
/** The one room of this window for a source: all tiles share its decoders. */
export const videoRoomOf = (source: VideoSource): VideoRoom => {
  const room = rooms.get(source) ?? createVideoRoom(source);
  rooms.set(source, room);
  return room;
};
