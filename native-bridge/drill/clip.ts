/**
 * Owns: reading a drawn camera clip and its truth from a folder (`resources/video`).
 * Guarantees: no H.264 parser is needed to play one; every unit is one Annex B access unit, parameter
 * sets stand before each key frame, and what the truth says of frame i was drawn on frame i.
 * Refuses: a truth file that does not fit its stream (wrong length, first unit not a key frame).
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What a detector may say of a thing in the picture; the labels of `fire-iot.detection`. */
export type ClipLabel = 'e-bike' | 'bicycle' | 'person' | 'wheelchair' | 'stroller' | 'smoke' | 'flame';

/** One thing as it was drawn: `box` is [x, y, w, h] in fractions of the frame from the top left. */
export interface ClipBox {
  readonly label: ClipLabel;
  readonly track: string;
  readonly box: readonly [number, number, number, number];
  readonly confidence: number;
}

/** What else is true from frame `from` on: the cab of an elevator clip, the heads in a control room. */
export interface ClipFact {
  readonly from: number;
  readonly floor?: number;
  readonly door?: 'open' | 'closed';
  readonly direction?: 'up' | 'down' | 'idle';
  readonly load?: number;
  readonly persons?: number;
}

/** The content of `<name>.truth.json`. */
export interface ClipTruth {
  readonly name: string;
  readonly kind: 'elevator' | 'lookout' | 'corridor' | 'control-room';
  readonly fps: number;
  readonly w: number;
  readonly h: number;
  /** RFC 6381 string, as the SPS says it. */
  readonly codec: string;
  /** Bytes of the stream file. */
  readonly bytes: number;
  /** Named stretches [first, last + 1]; both ends are key frames, so each can loop on its own. */
  readonly sections: Readonly<Record<string, readonly [number, number]>>;
  /** One per frame: byte offset, length, 1 for a key frame. */
  readonly units: readonly (readonly [number, number, 0 | 1])[];
  readonly facts: readonly ClipFact[];
  readonly boxes: readonly (readonly ClipBox[])[];
}

/** A clip ready to be played; frame numbers run from 0 to `frames` - 1. */
export interface Clip {
  readonly name: string;
  readonly kind: ClipTruth['kind'];
  readonly fps: number;
  readonly w: number;
  readonly h: number;
  readonly codec: string;
  readonly frames: number;
  readonly sections: ClipTruth['sections'];
  /** The access unit of frame i: a view on the clip's own memory, not to be written to. */
  unit(i: number): Buffer;
  isKey(i: number): boolean;
  boxes(i: number): readonly ClipBox[];
  /** The latest fact at frame i, when the clip has any. */
  fact(i: number): ClipFact | undefined;
}

/** The clips in a folder, sorted by name. */
export function clipNames(dir: string): string[] {
  const end = '.truth.json';
  return readdirSync(dir)
    .filter((file) => file.endsWith(end))
    .map((file) => file.slice(0, -end.length))
    .sort();
}

/** Reads `<dir>/<name>.h264` and its truth into memory (some hundred kilobytes). Throws on a bad pair. */
export function openClip(dir: string, name: string): Clip {
  const stream = readFileSync(join(dir, `${name}.h264`));
  const truth = JSON.parse(readFileSync(join(dir, `${name}.truth.json`), 'utf8')) as ClipTruth;
  check(name, stream.length, truth);

  const unitAt = (i: number): readonly [number, number, 0 | 1] => {
    const unit = truth.units[i];
    if (!unit) throw new RangeError(`${name}: no frame ${i}, it has ${truth.units.length}`);
    return unit;
  };
  return {
    name,
    kind: truth.kind,
    fps: truth.fps,
    w: truth.w,
    h: truth.h,
    codec: truth.codec,
    frames: truth.units.length,
    sections: truth.sections,
    unit(i) {
      const [offset, length] = unitAt(i);
      return stream.subarray(offset, offset + length);
    },
    isKey: (i) => unitAt(i)[2] === 1,
    boxes: (i) => truth.boxes[i] ?? [],
    fact: (i) => truth.facts.findLast((fact) => fact.from <= i),
  };
}

function check(name: string, bytes: number, truth: ClipTruth): void {
  const last = truth.units.at(-1);
  if (!last || truth.units[0]?.[2] !== 1) throw new Error(`${name}: the first unit is not a key frame`);
  if (last[0] + last[1] !== bytes || truth.bytes !== bytes) {
    throw new Error(`${name}: the truth is of a stream of ${truth.bytes} bytes, this one has ${bytes}`);
  }
  if (truth.boxes.length !== truth.units.length) {
    throw new Error(`${name}: ${truth.boxes.length} frames of boxes for ${truth.units.length} units`);
  }
}
