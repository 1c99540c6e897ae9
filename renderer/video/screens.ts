/**
 * Where a camera's pictures are shown.
 *
 * Owns: writing frames to tracks (or to a canvas where tracks do not exist) and painting boxes into a copy.
 * Guarantees: a frame is shown as it was decoded when nothing is to be painted, without a copy; a slow screen loses the
 *   oldest frames, it never queues more than a few; frames that come in a bunch are a turn of the display apart, so that each
 *   is seen; the frame handed in stays the caller's.
 * Refuses: to know which boxes belong to which frame.
 */
import type { VideoHeader } from '../../native-bridge/contract/wire.ts';
import type { Shown } from './box-store.ts';
import type { Plates } from './messages.ts';
import { paintBoxes } from './paint.ts';
import { paintNumber } from './picture-number.ts';
import { grey, planesOf, type Plane, type Planes } from './planes.ts';

export interface Screen<Frame = VideoFrame> {
  plates: Plates | null;
  /** Takes the frame over. False when one had to be left out for it. */
  write: (frame: Frame) => boolean;
  close: () => void;
}

/** Frames on their way to the compositor; more than this means that nobody looks. */
const MOST_PENDING = 2;
/** One turn of a display of 60 Hz: of two frames within it only the second is ever seen. ms */
const TURN_MS = 17;
/** Frames that wait for their turn: so many at once are caught up with by showing them, more by leaving out the oldest. */
export const MOST_WAITING = 4;

export const trackScreen = <Frame extends { close: () => void }>(track: WritableStream<Frame>): Screen<Frame> => {
  const writer = track.getWriter();
  const waiting: Frame[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;
  let wroteAt = -Infinity;
  let pending = 0;
  const send = (frame: Frame): void => {
    wroteAt = performance.now();
    pending += 1;
    const done = (): void => {
      pending -= 1;
      pump();
    };
    // A track that ended refuses; its tile is gone or about to go.
    writer.write(frame).then(done, () => {
      frame.close();
      done();
    });
  };
  const pump = (): void => {
    if (timer !== null || pending >= MOST_PENDING) return;
    const left = wroteAt + TURN_MS - performance.now();
    if (left > 0) {
      if (waiting.length === 0) return;
      timer = setTimeout(() => {
        timer = null;
        pump();
      }, left);
      return;
    }
    const frame = waiting.shift();
    if (!frame) return;
    send(frame);
    pump();
  };
  return {
    plates: null,
    write: (frame) => {
      waiting.push(frame);
      pump();
      if (waiting.length <= MOST_WAITING) return true;
      waiting.shift()?.close();
      return false;
    },
    close: () => {
      if (timer !== null) clearTimeout(timer);
      for (const frame of waiting.splice(0)) frame.close();
      writer.close().catch(() => {});
    },
  };
};

export const canvasScreen = (canvas: OffscreenCanvas): Screen => {
  const context = canvas.getContext('2d', { alpha: false });
  return {
    plates: null,
    write: (frame) => {
      if (canvas.width !== frame.displayWidth)
        [canvas.width, canvas.height] = [frame.displayWidth, frame.displayHeight];
      context?.drawImage(frame, 0, 0);
      frame.close();
      return context !== null;
    },
    close: () => {},
  };
};

/** The raw picture of one frame, copied once however often it is painted. */
export interface Raw {
  data: Uint8Array;
  layout: Plane[];
  format: VideoPixelFormat;
  w: number;
  h: number;
  colour: VideoColorSpaceInit;
}

/** Null when the picture's memory cannot be painted into (an unusual format): it is then shown without boxes. */
export const rawOf = async (frame: VideoFrame): Promise<Raw | null> => {
  const { format, visibleRect } = frame;
  if (!visibleRect || (format !== 'I420' && format !== 'NV12')) return null;
  const data = new Uint8Array(frame.allocationSize());
  const layout = await frame.copyTo(data);
  return {
    data,
    layout: layout as Plane[],
    format,
    w: visibleRect.width,
    h: visibleRect.height,
    colour: frame.colorSpace.toJSON(),
  };
};

/** A new frame: the raw picture with boxes in it, and its number when asked for, in grey when it is not of now. */
export const painted = (
  raw: Raw,
  header: VideoHeader,
  shown: Shown | null,
  old: boolean,
  plates: Plates | null,
  timestamp: number,
): VideoFrame => {
  const data = raw.data.slice();
  const matrix = raw.colour.matrix === 'bt709' || raw.colour.matrix == null ? 'bt709' : 'bt601';
  const planes: Planes | null = planesOf(raw.format, data, raw.w, raw.h, raw.layout, matrix);
  if (planes) {
    if (old) grey(planes);
    if (shown) paintBoxes(planes, shown, plates);
    if (plates) paintNumber(planes, header, plates);
  }
  const init: VideoFrameBufferInit & { transfer: ArrayBuffer[] } = {
    format: raw.format,
    codedWidth: raw.w,
    codedHeight: raw.h,
    layout: raw.layout,
    timestamp,
    colorSpace: raw.colour,
    transfer: [data.buffer],
  };
  return new VideoFrame(data, init);
};
