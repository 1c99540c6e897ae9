/**
 * The wall's voice.
 *
 * Owns: the audio context. Guarantees: P7; while muted nothing sounds and nothing is forgotten: what is still
 * unacknowledged at the worst level sounds when the mute ends. Refuses: to pretend; returns false while the browser
 * withholds sound until the first key press, and the bar says so.
 */
import { useEffect, useState } from 'react';
import { isUnacknowledged } from '../../store/alarm-list.ts';
import { useFengsui } from '../../store/hooks.ts';
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

/** Whether this window can sound. */
export const useSound = (): boolean => {
  const { world, view } = useFengsui();
  const [able, setAble] = useState(false);
  useEffect(() => {
    const audio = new AudioContext();
    let heard: Heard | null = null;
    const look = (): void => setAble(audio.state === 'running');
    const wake = (): void => void audio.resume().then(look, look);
    const turn = (): void => {
      look();
      if (view.getState().connection !== 'open' && heard === null) return;
      const now = world.now();
      const unseen = [...world.all('alarm').values()].filter(isUnacknowledged);
      const next = due(unseen, heard, now);
      const silent = view.getState().mutedUntil > now || audio.state !== 'running';
      heard = silent ? { ids: next.heard.ids, at: heard?.at ?? 0 } : next.heard;
      if (next.pattern && !silent) play(audio, next.pattern);
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
      void audio.close();
    };
  }, [world, view]);
  return able;
};
