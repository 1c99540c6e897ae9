/**
 * The wall's voice.
 *
 * Owns: the audio context. Guarantees: P7; while muted nothing sounds and nothing is forgotten: what is still
 * unacknowledged at the worst level sounds when the mute ends; of several windows one sounds. Refuses: to pretend; returns false while the browser
 * withholds sound until the first key press, and the bar says so.
 */
import { useEffect, useState } from 'react';
import { isUnacknowledged } from '../../store/alarm-list.ts';
import { useFengsui } from '../../store/hooks.ts';
import { wordsOf } from '../../design/locale/words.ts';
import { createVoice, sentence } from './speech.ts';
import { due, PATTERNS, type Heard, type Pattern } from './patterns.ts';

const play = (audio: AudioContext, pattern: Pattern): void => {
  const start = audio.currentTime + 0.02;
  for (const note of PATTERNS[pattern]) {
    const [tone, gain] = [audio.createOscillator(), audio.createGain()];
    tone.type = 'triangle';
    tone.frequency.value = note.hz;
    const [from, to] = [start + note.at, start + note.at + note.for];
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(note.gain, from + 0.015);
    gain.gain.setValueAtTime(note.gain, to - 0.03);
    gain.gain.linearRampToValueAtTime(0, to);
    tone.connect(gain).connect(audio.destination);
    tone.start(from);
    tone.stop(to);
  }
};

/** The longest pattern and a breath. ms */
const SPEAK_AFTER_MS = 1300;

/** Whether this window can sound. */
export const useSound = (): boolean => {
  // Now sounds, whatever is shown: who looks at the past must hear what happens meanwhile.
  const { live: world, view } = useFengsui();
  const [able, setAble] = useState(false);
  useEffect(() => {
    const audio = new AudioContext();
    const voice = createVoice('speechSynthesis' in window ? speechSynthesis : undefined);
    let heard: Heard | null = null;
    /** Of all windows of the console one sounds: the first that can; when it is closed, the next. */
    let turnIsMine = false;
    let asked = false;
    const gone = new AbortController();
    const queue = (): void => {
      if (asked) return;
      asked = true;
      const hold = (): Promise<void> => {
        turnIsMine = true;
        return new Promise((free) => gone.signal.addEventListener('abort', () => free()));
      };
      navigator.locks.request('fengsui-sound', { signal: gone.signal }, hold).catch(() => undefined);
    };
    const look = (): void => {
      setAble(audio.state === 'running');
      if (audio.state === 'running') queue();
    };
    const wake = (): void => void audio.resume().then(look, look);
    const turn = (): void => {
      look();
      if (view.getState().connection !== 'open' && heard === null) return;
      const now = world.now();
      const unseen = [...world.all('alarm').values()].filter(isUnacknowledged);
      const next = due(unseen, heard, now);
      const silent = view.getState().mutedUntil > now || audio.state !== 'running';
      heard = silent ? { ids: next.heard.ids, at: heard?.at ?? 0 } : next.heard;
      if (silent) voice.stop();
      if (next.pattern && !silent && turnIsMine) {
        play(audio, next.pattern);
        const { locale } = view.getState();
        const said = sentence(
          unseen.filter(({ id }) => next.fresh.has(id)),
          wordsOf(locale),
        );
        // After the pattern, which is what wakes somebody.
        if (said) setTimeout(() => voice.say(said, locale), SPEAK_AFTER_MS);
      }
    };
    const timer = setInterval(turn, 400);
    audio.addEventListener('statechange', look);
    addEventListener('keydown', wake);
    addEventListener('pointerdown', wake);
    look();
    return () => {
      clearInterval(timer);
      removeEventListener('keydown', wake);
      removeEventListener('pointerdown', wake);
      gone.abort();
      voice.stop();
      void audio.close();
    };
  }, [world, view]);
  return able;
};
