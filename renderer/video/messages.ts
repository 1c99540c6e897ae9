/**
 * What the page and the decode worker say to each other.
 *
 * Owns: one map per direction. Guarantees: every message names its camera or screen. Refuses: DOM types.
 */
import type { CameraId } from '../../native-bridge/contract/brand.ts';
import type { Box } from '../../native-bridge/contract/port.ts';
import type { Take } from '../../native-bridge/contract/video-takes.ts';
import type { VideoHeader } from '../../native-bridge/contract/wire.ts';
import type { Unseeing } from './look.ts';

/** A drawing of one colour: 8 bits of opacity a pixel, rows without padding. */
export interface Mask {
  w: number;
  h: number;
  alpha: Uint8Array;
}
/** The words and figures of the plates, drawn by the page because it has the fonts. Keys: `label:<label>`, `0`…`9`, `% # : .` and a blank. */
export interface Plates {
  masks: Readonly<Record<string, Mask>>;
  /** Pixels of the picture: width of a line that carries meaning, and room around a word. */
  line: number;
  pad: number;
  /** ms ahead of UTC, when every picture bears its number and its camera's clock; null: it does not. */
  clock: number | null;
}

/** `sampled`: a picture now and then, as the budget allows; `parked`: none for now, the last one stays. */
export type TileState = 'waiting' | 'live' | 'sampled' | 'parked' | 'frozen' | 'lost' | 'undecodable';
export type TileReason = 'gap' | 'damaged' | 'behind' | 'silent' | 'no-key' | 'unsupported' | 'failed' | 'no-webcodecs';

/** How a camera stands; told at once when the state changes, else at most five times a second. */
export interface Status {
  state: TileState;
  reason: TileReason | null;
  /** Of the picture that is shown. */
  pts: number | null;
  fseq: number | null;
  /** By the bridge's clock, ms: when the picture that is shown was taken, as far as can be told. */
  seenAt: number | null;
  /** Pictures shown in the last second. */
  fps: number;
  /** Boxes of exactly the picture that is shown. */
  boxes: number;
  /** A box of an e-bike is painted in the picture that is shown. */
  eBike: boolean;
  codec: string | null;
  /** What the pictures show of the camera itself, once it has lasted; null: it sees. */
  blind: Unseeing | null;
  /** How far the camera's clock is off, ms, when that is worth showing (`SKEW_SHOWN_MS`). */
  skewMs: number | null;
  /** False: nothing vouches for the bytes of its pictures, and damage inside one would be shown. */
  vouched: boolean;
  counts: Counts;
}
/** Since the camera was opened in this window. */
export interface Counts {
  frames: number;
  shown: number;
  /** Decoded but overtaken before it was shown. */
  overtaken: number;
  left: number;
  gaps: number;
  damaged: number;
  /** ms from the page's receiving a frame to its being handed to the screen: newest 256. */
  latency: number[];
}

export interface ToWorker {
  /** `screen`: where pictures of this camera go. Several screens may show one camera. */
  open: {
    cameraId: CameraId;
    screen: number;
    track: WritableStream<VideoFrame> | null;
    canvas: OffscreenCanvas | null;
  };
  plates: { screen: number; plates: Plates };
  /** How much of the camera is taken from now on. */
  pace: { cameraId: CameraId; take: Take };
  close: { cameraId: CameraId; screen: number };
  /** `now`: bridge time at which the page got it; `sent`: the same moment by the machine's clock. */
  unit: { header: VideoHeader; data: ArrayBuffer; now: number; sent: number };
  boxes: { cameraId: CameraId; pts: number; boxes: readonly Box[] };
}
export interface FromWorker {
  status: { cameraId: CameraId; status: Status };
}
type Tagged<M> = { [T in keyof M]: { t: T } & M[T] }[keyof M];
export type WorkerMessage = Tagged<ToWorker>;
export type PageMessage = Tagged<FromWorker>;
