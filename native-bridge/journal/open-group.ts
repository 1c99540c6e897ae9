/**
 * The open group: what has been appended since the last one left, as bytes of segments.
 *
 * Owns: positions and buffers of the group that is being filled. Guarantees: bytes are copied when they come; a sealed
 *   group's buffers are its own and may be transferred. Refuses: to decide when it leaves.
 */
import type { Reject } from '../contract/frame.ts';
import type { Range } from '../base/intervals.ts';
import type { Group, Part } from './group.ts';
import { SegmentBuilder } from './segment.ts';
import type { Entry, Position } from './types.ts';

interface OpenPart extends Omit<Part, 'position' | 'bytes' | 'length' | 'frames'> {
  builder: SegmentBuilder;
}
const LEAST_BUFFER = 4096;
const MOST_BUFFER = 1024 * 1024;
const nothingElse = (): Omit<Group, 'position' | 'parts'> => ({ broken: [], gone: [], snapshots: [], rejects: [] });

export class OpenGroup {
  readonly #parts = new Map<string, OpenPart>();
  #else = nothingElse();
  #usual = LEAST_BUFFER;
  /** The last position given out. */
  position: Position = 0;
  /** Bytes in it so far. */
  bytes = 0;

  /** The position this frame will have been committed with. */
  add({ frame, rejected, broken, atFrom, atTo }: Entry): Position {
    if (broken) {
      const { source, epoch, from, to } = frame;
      if (frame.manner !== 'snapshot') this.#else.broken.push({ source, epoch, range: [from, to] });
      return this.position + this.#parts.size;
    }
    const key = `${frame.source}\n${frame.epoch}`;
    let part = this.#parts.get(key);
    if (part === undefined) {
      part = {
        builder: new SegmentBuilder(Math.max(this.#usual, frame.body.byteLength + 512)),
        source: frame.source,
        epoch: frame.epoch,
        events: 0,
        heardFrom: Math.round(frame.heard),
        heardTo: 0,
        atFrom: 0,
        atTo: 0,
        held: [],
      };
      this.#parts.set(key, part);
    }
    const before = part.builder.length;
    part.builder.add(frame, rejected);
    this.bytes += part.builder.length - before;
    part.heardTo = Math.round(frame.heard);
    if (atTo > 0) {
      part.atFrom = Math.round(part.atFrom === 0 ? atFrom : Math.min(part.atFrom, atFrom));
      part.atTo = Math.round(Math.max(part.atTo, atTo));
    }
    if (frame.manner !== 'snapshot') {
      part.events += frame.to - frame.from + 1 - rejected.length;
      const last = part.held.at(-1);
      if (last !== undefined && last[1] + 1 === frame.from) part.held[part.held.length - 1] = [last[0], frame.to];
      else part.held.push([frame.from, frame.to]);
    }
    return this.position + this.#parts.size;
  }
  reject(rejects: readonly Reject[]): void {
    for (const reject of rejects) {
      this.#else.rejects.push(reject);
      this.bytes += reject.raw.byteLength;
    }
  }
  gone(source: string, epoch: string, range: Range): void {
    this.#else.gone.push({ source, epoch, range });
  }
  snapshot(source: string, epoch: string, seq: number): void {
    this.#else.snapshots.push({ source, epoch, seq });
  }

  /** Closes the group and begins the next. */
  seal(): Group {
    const parts: Part[] = [];
    for (const { builder, ...part } of this.#parts.values()) {
      const { bytes, length } = builder.finish();
      parts.push({ ...part, position: ++this.position, bytes, length, frames: builder.frames });
      // The next buffers are about as large as the last.
      this.#usual = Math.min(MOST_BUFFER, Math.max(LEAST_BUFFER, Math.round(length * 1.25)));
    }
    this.#parts.clear();
    this.bytes = 0;
    const group: Group = { position: this.position, parts, ...this.#else };
    this.#else = nothingElse();
    return group;
  }
}
