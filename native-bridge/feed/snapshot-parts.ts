/**
 * The parts of a snapshot until its end: delivered whole or not at all (F4).
 *
 * Owns: what has come of the snapshot asked for. Guarantees: bounded memory. Refuses: a snapshot beyond `MOST_BYTES`.
 */
/** 50,000 devices take about 12 MB. */
const MOST_BYTES = 512 * 1024 * 1024;

export interface SnapshotPart {
  topic: string;
  n: number;
  body: Uint8Array;
}

export class SnapshotParts {
  #parts: SnapshotPart[] = [];
  #bytes = 0;

  /** False when it has grown beyond belief. */
  add(part: SnapshotPart): boolean {
    this.#bytes += part.body.byteLength;
    if (this.#bytes > MOST_BYTES) return false;
    this.#parts.push(part);
    return true;
  }
  /** All parts, and none are left. */
  take(): SnapshotPart[] {
    const parts = this.#parts;
    this.drop();
    return parts;
  }
  drop(): void {
    this.#parts = [];
    this.#bytes = 0;
  }
}
