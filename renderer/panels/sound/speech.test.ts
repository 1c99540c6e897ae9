import { afterEach, expect, test, vi } from 'vitest';
import type { AlarmRecord } from '../../../native-bridge/contract/records.ts';
import { wordsOf } from '../../design/locale/words.ts';
import { createVoice, sentence, voiceFor } from './speech.ts';

const alarm = (id: string, more: Partial<AlarmRecord>): AlarmRecord =>
  ({ id, type: 'fire', level: 1, deviceName: '百官大厦烟感', at: 1, ...more }) as AlarmRecord;
afterEach(() => vi.unstubAllGlobals());

test('P7: one sentence for all that came together: the worst by level, kind and place, the others counted', () => {
  const news = [
    alarm('a', { level: 2, type: 'overload', deviceName: '老街电气' }),
    alarm('b', { floor: 12 }),
    alarm('c', { level: 4, type: 'low-battery' }),
  ];
  const said = sentence(news, wordsOf('zh'));
  expect(said?.level).toBe(1);
  expect(said?.text).toContain('百官大厦烟感，12 层');
  expect(said?.text).toContain('另有 1 条');
  expect(sentence([alarm('d', { floor: -2 })], wordsOf('zh'))?.text).toContain('地下 2 层');
  expect(sentence(news, wordsOf('en'))?.text).toContain('floor 12');
});
test('P7: lesser levels have a sound and no sentence', () => {
  expect(sentence([alarm('a', { level: 3 }), alarm('b', { level: 4 })], wordsOf('zh'))).toBeNull();
  expect(sentence([], wordsOf('zh'))).toBeNull();
});
test('P7: a voice of the language, of the mainland first; without one nothing is said', () => {
  const voices = [{ lang: 'en-GB' }, { lang: 'zh-TW' }, { lang: 'zh_CN' }];
  expect(voiceFor('zh', voices)).toEqual({ lang: 'zh_CN' });
  expect(voiceFor('zh', [{ lang: 'cmn' }])).toEqual({ lang: 'cmn' });
  expect(voiceFor('en', voices)).toEqual({ lang: 'en-GB' });
  expect(voiceFor('zh', [{ lang: 'de-DE' }])).toBeUndefined();
});
test('P7: what is being said gives way to what is worse, not to what is not', () => {
  const said: string[] = [];
  vi.stubGlobal(
    'SpeechSynthesisUtterance',
    class {
      readonly text: string;
      constructor(text: string) {
        this.text = text;
      }
    },
  );
  const synthesis = {
    speaking: false,
    getVoices: () => [{ lang: 'zh-CN' } as SpeechSynthesisVoice],
    cancel: vi.fn(),
    speak: (one: { text: string }) => {
      synthesis.speaking = true;
      said.push(one.text);
    },
  };
  const voice = createVoice(synthesis);
  voice.say({ text: 'two', level: 2 }, 'zh');
  voice.say({ text: 'two again', level: 2 }, 'zh');
  voice.say({ text: 'one', level: 1 }, 'zh');
  voice.say({ text: 'late', level: 2 }, 'zh');
  expect(said).toEqual(['two', 'one']);
  // Without a voice of the language the sounds must do.
  voice.say({ text: 'english', level: 1 }, 'en');
  createVoice(undefined).say({ text: 'x', level: 1 }, 'zh');
  expect(said).toEqual(['two', 'one']);
  voice.stop();
  expect(synthesis.cancel).toHaveBeenCalled();
});
