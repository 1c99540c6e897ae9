/**
 * The words of the one time control, in both languages.
 *
 * Owns: these words. Guarantees: D6. Refuses: numbers as words; `formats.ts` writes them.
 */
import type { Locale } from './shape.ts';

interface PastWords {
  readonly title: string;
  readonly opening: string;
  readonly ago: (span: string) => string;
  readonly play: string;
  readonly pause: string;
  readonly speed: (times: number) => string;
  readonly still: string;
  readonly back: string;
  readonly now: string;
  readonly scrub: string;
  /** `since`: the moment of the picture that is shown instead. */
  readonly nothingKept: (since: string) => string;
  readonly nothingBefore: string;
  readonly damaged: string;
  readonly news: (count: string) => string;
  readonly unwatched: string;
  readonly goThere: string;
  readonly noClip: string;
  /** The mark in the line of the links. */
  readonly notKept: string;
}
export const pastWords: Readonly<Record<Locale, PastWords>> = {
  zh: {
    title: '历史画面',
    opening: '正在取历史画面……',
    ago: (span) => `${span}之前`,
    play: '播放',
    pause: '暂停',
    speed: (times) => `${times} 倍速`,
    still: '静止',
    back: '回到现在',
    now: '现在',
    scrub: '选择时刻',
    nothingKept: (since) => `此刻无留存，所示为 ${since} 的画面`,
    nothingBefore: '此刻之前无留存',
    damaged: '此段留存已损坏，所示为损坏之前的画面',
    news: (count) => `现在有 ${count} 条新报警`,
    unwatched: '与本机服务断开：现在的情况不明',
    goThere: '看当时画面',
    noClip: '此刻无录像',
    notKept: '历史画面未留存',
  },
  en: {
    title: 'The past',
    opening: 'fetching the past…',
    ago: (span) => `${span} ago`,
    play: 'Play',
    pause: 'Pause',
    speed: (times) => `${times} ×`,
    still: 'still',
    back: 'Back to now',
    now: 'now',
    scrub: 'Choose a moment',
    nothingKept: (since) => `nothing kept of this moment: this is the picture of ${since}`,
    nothingBefore: 'nothing kept before this moment',
    damaged: 'damaged here: this is the last sound picture before',
    news: (count) => `${count} new alarms now`,
    unwatched: 'local bridge lost: how things are now is not known',
    goThere: 'See this moment',
    noClip: 'nothing recorded of this moment',
    notKept: 'the past is not kept',
  },
};
