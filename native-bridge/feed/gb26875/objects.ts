/**
 * What a GB/T 26875.3-2011 device says: information objects of the application data.
 *
 * Owns: type flags 1 (system status), 2 (part status), 3 (part analogue value), 21 (the device itself), with their
 *   status bits, part types and analogue types.
 * Guarantees: a description that is not GB18030 or a length that does not fit is told, not guessed around.
 * Refuses: other type flags; they are answered with their number.
 */
import { readTime, type WallTime } from './frame.ts';

/** Status bits (8.2.1.1 and 8.2.1.2): bit 0 unset means the part is being *tested*. */
export interface StatusBits {
  test: boolean;
  fire: boolean;
  fault: boolean;
  shielded: boolean;
  supervised: boolean;
  started: boolean;
  feedback: boolean;
  delayed: boolean;
  powerFault: boolean;
}
export type GbObject =
  | { flag: 1; system: number; systemAddress: number; status: StatusBits; time: WallTime }
  | {
      flag: 2;
      system: number;
      systemAddress: number;
      part: number;
      partAddress: number;
      status: StatusBits;
      description: string;
      time: WallTime;
    }
  | {
      flag: 3;
      system: number;
      systemAddress: number;
      part: number;
      partAddress: number;
      analogue: number;
      value: number;
      time: WallTime;
    }
  | {
      flag: 21;
      status: { test: boolean; fire: boolean; fault: boolean; powerFault: boolean; lineFault: boolean };
      time: WallTime;
    };

export type Read = { ok: true; objects: GbObject[] } | { ok: false; reason: string };

const LENGTHS: Readonly<Record<number, number>> = { 1: 10, 2: 46, 3: 16, 21: 7 };
const DESCRIPTION = 31;
const gb18030 = new TextDecoder('gb18030', { fatal: true });

const bit = (word: number, n: number): boolean => (word & (1 << n)) !== 0;
const statusBits = (word: number): StatusBits => ({
  test: !bit(word, 0),
  fire: bit(word, 1),
  fault: bit(word, 2),
  shielded: bit(word, 3),
  supervised: bit(word, 4),
  started: bit(word, 5),
  feedback: bit(word, 6),
  delayed: bit(word, 7),
  powerFault: bit(word, 8),
});

const describe = (bytes: Buffer): string => {
  const end = bytes.indexOf(0);
  return gb18030.decode(end < 0 ? bytes : bytes.subarray(0, end)).trim();
};

const readOne = (flag: number, at: Buffer): GbObject => {
  if (flag === 1) {
    return {
      flag,
      system: at.readUInt8(0),
      systemAddress: at.readUInt8(1),
      status: statusBits(at.readUInt16LE(2)),
      time: readTime(at, 4),
    };
  }
  if (flag === 21) {
    const word = at.readUInt8(0);
    const status = {
      test: !bit(word, 0),
      fire: bit(word, 1),
      fault: bit(word, 2),
      powerFault: bit(word, 3) || bit(word, 4),
      lineFault: bit(word, 5) || bit(word, 6),
    };
    return { flag, status, time: readTime(at, 1) };
  }
  const part = {
    system: at.readUInt8(0),
    systemAddress: at.readUInt8(1),
    part: at.readUInt8(2),
    partAddress: at.readUInt32LE(3),
  };
  if (flag === 3) return { flag, ...part, analogue: at.readUInt8(7), value: at.readInt16LE(8), time: readTime(at, 10) };
  return {
    flag: 2,
    ...part,
    status: statusBits(at.readUInt16LE(7)),
    description: describe(at.subarray(9, 9 + DESCRIPTION)),
    time: readTime(at, 40),
  };
};

/** `data` is the application data of a frame with command `send`. */
export const readObjects = (data: Buffer): Read => {
  if (data.length < 2) return { ok: false, reason: 'application data shorter than its own head' };
  const flag = data.readUInt8(0);
  const count = data.readUInt8(1);
  const length = LENGTHS[flag];
  if (length === undefined) return { ok: false, reason: `type flag ${flag} is not one of 1, 2, 3, 21` };
  if (data.length !== 2 + count * length) {
    return {
      ok: false,
      reason: `${count} objects of type flag ${flag} take ${2 + count * length} bytes, not ${data.length}`,
    };
  }
  const objects: GbObject[] = [];
  for (let i = 0; i < count; i += 1) {
    try {
      objects.push(readOne(flag, data.subarray(2 + i * length, 2 + (i + 1) * length)));
    } catch {
      return { ok: false, reason: `object ${i + 1}: its description is not GB18030` };
    }
  }
  return { ok: true, objects };
};
