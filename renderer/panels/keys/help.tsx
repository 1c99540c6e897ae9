/**
 * The key map, to be seen.
 *
 * Owns: the help over the scene. Guarantees: shows exactly `KEYMAP`, all of it: for the hands at the keyboard, not for the far
 *   end of the room, so that it is smaller where there is less room. Refuses: to act.
 */
import { useLayoutEffect, useRef } from 'react';
import { useDesign } from '../../design/design.tsx';
import { useView } from '../../store/hooks.ts';
import { CHOOSE, KEYMAP } from './keymap.ts';
import './help.css';

/** Of the window, at most. */
const SHARE = 0.97;

export const Help = () => {
  const { words, scale } = useDesign();
  const box = useRef<HTMLElement | null>(null);
  const open = useView((view) => view.help);
  useLayoutEffect(() => {
    const help = box.current;
    if (!help) return;
    help.style.zoom = '1';
    const { width, height } = help.getBoundingClientRect();
    help.style.zoom = String(Math.min(1, (SHARE * innerWidth) / width, (SHARE * innerHeight) / height));
  }, [open, words, scale]);
  if (!open) return null;
  const lines = [...KEYMAP.slice(0, 4), CHOOSE, ...KEYMAP.slice(4)];
  return (
    <section ref={box} className="help" role="dialog" aria-label={words.key.title} data-testid="help">
      <h2>{words.key.title}</h2>
      <dl>
        {lines.map(({ act, shown }) => (
          <div key={act}>
            <dt>{shown.map((key) => (key === '–' ? <span key={key}>–</span> : <kbd key={key}>{key}</kbd>))}</dt>
            <dd>{words.key[act]}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
};
