/**
 * The boxes of a clip as an overlay that ffmpeg draws into its pictures.
 *
 * Owns: the Advanced SubStation text: an outline and a plate a box. Guarantees: V10: a box is on exactly its picture and on no
 *   other, in the picture's own pixels; an e-bike, smoke and flame stand out by colour and weight.
 * Refuses: words of a language: the contract's labels need no more than any typeface has.
 */
import type { Box } from '../contract/port.ts';
import type { DetectionLabel } from '../contract/wire.ts';

/** Blue, green, red, as the format writes colours. */
const [ORANGE, RED, PALE, NIGHT] = ['66ABFF', '6C45FF', 'D8CEC2', '150F0A'];
const LOOKS: Readonly<Partial<Record<DetectionLabel, { colour: string; weight: number }>>> = {
  'e-bike': { colour: ORANGE, weight: 2 },
  smoke: { colour: ORANGE, weight: 2 },
  flame: { colour: RED, weight: 2 },
};
const PLAIN = { colour: PALE, weight: 1 };

const stamp = (seconds: number): string => {
  const cs = Math.max(0, Math.round(seconds * 100));
  const two = (n: number): string => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(cs / 360_000), Math.floor(cs / 6000) % 60, Math.floor(cs / 100) % 60];
  return `${h}:${two(m)}:${two(s)}.${two(cs % 100)}`;
};
const rectangle = (x: number, y: number, w: number, h: number): string =>
  `m ${x} ${y} l ${x + w} ${y} ${x + w} ${y + h} ${x} ${y + h}`;
/** The other way round: a hole. */
const hole = (x: number, y: number, w: number, h: number): string =>
  `m ${x} ${y} l ${x} ${y + h} ${x + w} ${y + h} ${x + w} ${y}`;

const HEAD = (w: number, h: number, type: number): string => `[Script Info]
ScriptType: v4.00+
PlayResX: ${w}
PlayResY: ${h}
WrapStyle: 2
ScaledBorderAndShadow: yes
YCbCr Matrix: None

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, OutlineColour, BackColour, Bold, BorderStyle, Outline, Shadow, Alignment, Encoding
Style: line,Sans,${type},&H00FFFFFF,&H50${NIGHT},&H00000000,0,1,1,0,7,1
Style: word,Sans,${type},&H00FFFFFF,&H30${NIGHT},&H00000000,-1,3,${Math.max(2, Math.round(type / 8))},0,7,1

[Events]
Format: Layer, Start, End, Style, Text
`;

/** `found`: boxes by the number of their picture. `rate`: pictures a second. `size`: of the picture, pixels. */
export const overlay = (
  found: Iterable<readonly [picture: number, boxes: readonly Box[]]>,
  rate: number,
  { w, h }: { readonly w: number; readonly h: number },
): string => {
  const type = Math.max(12, Math.round(h / 20));
  const thin = Math.max(1, Math.round(h / 240));
  const lines: string[] = [];
  for (const [picture, boxes] of found) {
    // From the middle of the picture before to the middle of the next: times are rounded to hundredths.
    const [from, to] = [stamp((picture - 0.5) / rate), stamp((picture + 0.5) / rate)];
    for (const { label, confidence, box } of boxes) {
      const [x, y, wide, high] = [box[0] * w, box[1] * h, box[2] * w, box[3] * h].map(Math.round) as [
        number,
        number,
        number,
        number,
      ];
      const { colour, weight } = LOOKS[label] ?? PLAIN;
      const line = thin * weight;
      const frame = `${rectangle(x - line, y - line, wide + 2 * line, high + 2 * line)} ${hole(x, y, wide, high)}`;
      lines.push(`Dialogue: ${weight},${from},${to},line,{\\an7\\pos(0,0)\\p1\\1c&H${colour}&}${frame}`);
      // Above the box, or inside its upper edge where the picture ends.
      const above = y - line - 2 > 1.3 * type;
      const at = above ? `\\an1\\pos(${x},${y - line - 2})` : `\\an7\\pos(${x + line},${y + line})`;
      const word = `${label} ${Math.round(confidence * 100)}%`;
      lines.push(`Dialogue: ${weight + 2},${from},${to},word,{${at}\\1c&H${colour}&}${word}`);
    }
  }
  return `${HEAD(w, h, type)}${lines.join('\n')}\n`;
};
