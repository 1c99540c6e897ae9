/**
 * What the wall says aloud.
 *
 * Owns: the sentence, and when it is said. Guarantees: only news of the two worst levels, the worst first, one sentence for
 *   all that came together; a worse one cuts a lesser one short; nothing where the system has no voice of that language.
 *   Refuses: to speak while muted; whoever calls decides that.
 */
import type { AlarmRecord } from '../../../native-bridge/contract/records.ts';
import type { Words } from '../../design/locale/words.ts';

/** The worst level that is not spoken of. */
const SILENT_FROM = 3;

export interface Said {
  text: string;
  level: AlarmRecord['level'];
}

/** `null`: nothing among the news is worth a sentence. */
export const sentence = (news: readonly AlarmRecord[], words: Words): Said | null => {
  const [worst, ...others] = news
    .filter(({ level }) => level < SILENT_FROM)
    .sort((a, b) => a.level - b.level || b.at - a.at);
  if (!worst) return null;
  const floor = worst.floor === undefined ? '' : words.speech.floor(worst.floor);
  const more = others.length > 0 ? words.speech.more(others.length) : '';
  const what = words.alarm.type[worst.type];
  return {
    level: worst.level,
    text: words.speech.alarm(words.alarm.level[worst.level], what, worst.deviceName, floor) + more,
  };
};

/** `zh` also takes a voice of `zh-CN`, `zh_CN` or `cmn`. */
export const voiceFor = <V extends { lang: string }>(locale: 'zh' | 'en', voices: readonly V[]): V | undefined => {
  const fits = locale === 'zh' ? /^(zh|cmn)/i : /^en/i;
  return voices.find(({ lang }) => /cn/i.test(lang) && fits.test(lang)) ?? voices.find(({ lang }) => fits.test(lang));
};

/** Speaks, when the system can; a lesser sentence that is being said gives way to a worse one only. */
export const createVoice = (
  synthesis: Pick<SpeechSynthesis, 'speaking' | 'getVoices' | 'cancel' | 'speak'> | undefined,
) => {
  let speaking: Said | null = null;
  return {
    say: (said: Said, locale: 'zh' | 'en'): void => {
      const voice = synthesis && voiceFor(locale, synthesis.getVoices());
      if (!synthesis || !voice) return;
      if (speaking && synthesis.speaking && speaking.level <= said.level) return;
      synthesis.cancel();
      const utterance = new SpeechSynthesisUtterance(said.text);
      utterance.voice = voice;
      utterance.lang = voice.lang;
      speaking = said;
      utterance.onend = (): void => {
        if (speaking === said) speaking = null;
      };
      synthesis.speak(utterance);
    },
    stop: (): void => synthesis?.cancel(),
  };
};
