/**
 * Owns: finding the access units of an H.264 Annex B stream that carries delimiters.
 * Guarantees: units cover the stream without gap or overlap; marks the SPS of constrained baseline.
 * Refuses: streams without access unit delimiters: nothing comes out of them.
 */
const delimiter = 9;
const sps = 7;
const idr = 5;

export interface AccessUnit {
  readonly offset: number;
  readonly length: number;
  readonly key: boolean;
}

/**
 * Cuts the stream before each delimiter. The encoder writes profile 66 with constraint flags 0 and 1; flag 2
 * (also within the extended profile) holds as well, since there are no B frames and level 3.0 has 8x8
 * direct inference, and with it the codec string is the widely known 42E01E: the flag is set in place.
 */
export function accessUnits(stream: Buffer): AccessUnit[] {
  const starts: number[] = [];
  const keys: boolean[] = [];
  for (let i = stream.indexOf(mark); i >= 0; i = stream.indexOf(mark, i + 3)) {
    const type = (stream[i + 3] ?? 0) & 31;
    if (type === delimiter) {
      starts.push(stream[i - 1] === 0 ? i - 1 : i);
      keys.push(false);
    }
    if (type === idr) keys[keys.length - 1] = true;
    if (type === sps && stream[i + 4] === 66) stream[i + 5] = (stream[i + 5] ?? 0) | 0x20;
  }
  return starts.map((offset, i) => ({
    offset,
    length: (starts[i + 1] ?? stream.length) - offset,
    key: keys[i] ?? false,
  }));
}
const mark = Buffer.from([0, 0, 1]);
