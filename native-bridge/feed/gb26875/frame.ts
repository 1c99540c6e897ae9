/**
 * Frames of GB/T 26875.3-2011, the protocol of user information transmission devices (用户信息传输装置).
 *
 * Owns: cutting a TCP byte stream into frames and making frames.
 * Guarantees: whatever bytes come, in whatever pieces, every intact frame is found once; damage is told with its reason and
 *   never swallows the next frame; at most one frame's length is held back.
 * Refuses: to understand the application data (`objects.ts`) or to answer (`transmitters.ts`).
 *
 * Layout (6.1 of the standard), all numbers little-endian: `40 40`, serial 2, version 2 (main, user), time 6
 * (second minute hour day month year-2000), source address 6, destination address 6, length of the application data 2
 * (≤ 1024), command 1, application data, checksum 1 (sum of everything between start and checksum, modulo 256), `23 23`.
 */
export const COMMANDS = { control: 1, send: 2, confirm: 3, request: 4, reply: 5, deny: 6 } as const;

export interface GbFrame {
  serial: number;
  version: [main: number, user: number];
  /** As in the frame: the sender's wall clock without a zone. */
  time: WallTime;
  source: bigint;
  destination: bigint;
  command: number;
  data: Buffer;
}
/** A wall clock reading without a zone; the standard's devices keep Asia/Shanghai. */
export interface WallTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}
export type Cut =
  | { ok: true; frame: GbFrame; bytes: Buffer }
  /** `head`: of a whole frame with a wrong sum, to deny it by its serial. */
  | { ok: false; reason: 'checksum' | 'end' | 'length' | 'noise'; bytes: Buffer; head: GbFrame | null };

const START = 0x40;
const END = 0x23;
const HEAD = 27;
const TAIL = 3;
export const MAX_DATA = 1024;

export const readTime = (bytes: Buffer, at: number): WallTime => ({
  second: bytes.readUInt8(at),
  minute: bytes.readUInt8(at + 1),
  hour: bytes.readUInt8(at + 2),
  day: bytes.readUInt8(at + 3),
  month: bytes.readUInt8(at + 4),
  year: 2000 + bytes.readUInt8(at + 5),
});
export const writeTime = (time: WallTime): Buffer =>
  Buffer.from([time.second, time.minute, time.hour, time.day, time.month, time.year - 2000]);

const checksum = (bytes: Buffer): number => {
  let sum = 0;
  for (const byte of bytes) sum = (sum + byte) & 0xff;
  return sum;
};
const address = (bytes: Buffer, at: number): bigint => BigInt(bytes.readUIntLE(at, 6));

export const makeFrame = (frame: GbFrame): Buffer => {
  const head = Buffer.alloc(HEAD - 2);
  head.writeUInt16LE(frame.serial, 0);
  head.writeUInt8(frame.version[0], 2);
  head.writeUInt8(frame.version[1], 3);
  writeTime(frame.time).copy(head, 4);
  head.writeUIntLE(Number(frame.source), 10, 6);
  head.writeUIntLE(Number(frame.destination), 16, 6);
  head.writeUInt16LE(frame.data.length, 22);
  head.writeUInt8(frame.command, 24);
  const inner = Buffer.concat([head, frame.data]);
  return Buffer.concat([Buffer.from([START, START]), inner, Buffer.from([checksum(inner), END, END])]);
};

const readFrame = (bytes: Buffer): GbFrame => ({
  serial: bytes.readUInt16LE(2),
  version: [bytes.readUInt8(4), bytes.readUInt8(5)],
  time: readTime(bytes, 6),
  source: address(bytes, 12),
  destination: address(bytes, 18),
  command: bytes.readUInt8(26),
  data: Buffer.from(bytes.subarray(HEAD, bytes.length - TAIL)),
});

/** Cuts a stream; give it bytes as they come. */
export class FrameCutter {
  #held: Buffer = Buffer.alloc(0);

  push(bytes: Buffer): Cut[] {
    this.#held = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    const cuts: Cut[] = [];
    for (let cut = this.#next(); cut !== null; cut = this.#next()) cuts.push(cut);
    return cuts;
  }

  #next(): Cut | null {
    const start = this.#startOfFrame();
    if (start !== 0) return start === -1 ? null : this.#drop(start, 'noise');
    if (this.#held.length < HEAD) return null;
    const length = this.#held.readUInt16LE(24);
    // A damaged start: give up two bytes only, the true frame may begin right after.
    if (length > MAX_DATA) return this.#drop(2, 'length');
    const whole = HEAD + length + TAIL;
    if (this.#held.length < whole) return null;
    const bytes = this.#held.subarray(0, whole);
    if (bytes[whole - 1] !== END || bytes[whole - 2] !== END) return this.#drop(2, 'end');
    if (checksum(bytes.subarray(2, whole - TAIL)) !== bytes[whole - TAIL]) {
      const head = readFrame(bytes);
      return { ...this.#drop(whole, 'checksum'), head };
    }
    this.#held = this.#held.subarray(whole);
    return { ok: true, frame: readFrame(bytes), bytes: Buffer.from(bytes) };
  }

  /** Where `40 40` begins: 0 at once, n after n bytes of noise, -1 when all there is may yet become one. */
  #startOfFrame(): number {
    const at = this.#held.indexOf(Buffer.from([START, START]));
    if (at >= 0) return at;
    if (this.#held.length === 0 || (this.#held.length === 1 && this.#held[0] === START)) return -1;
    return this.#held.at(-1) === START ? this.#held.length - 1 : this.#held.length;
  }

  #drop(count: number, reason: 'checksum' | 'end' | 'length' | 'noise'): Extract<Cut, { ok: false }> {
    const bytes = Buffer.from(this.#held.subarray(0, count));
    this.#held = this.#held.subarray(count);
    return { ok: false, reason, bytes, head: null };
  }
}
