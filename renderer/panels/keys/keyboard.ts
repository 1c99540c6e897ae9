/**
 * Keys to acts.
 *
 * Owns: the one listener of the window. Guarantees: nothing while a modifier is held or a text field has the focus; a held
 * key repeats only where repeating harms nothing; Enter and the space bar on a focused button press that button.
 * Refuses: to know what an act does.
 */
import type { Desk } from '../../store/desk.ts';
import { bindingOf } from './keymap.ts';

const REPEATS = new Set(['down', 'up', 'back10', 'on10']);

/** Returns the way to stop. */
export const listenForKeys = (page: Window, desk: Desk): (() => void) => {
  const pressed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    const at = event.target;
    if (at instanceof HTMLElement && at.closest('input, textarea, select, [contenteditable="true"]')) return;
    if ((event.key === 'Enter' || event.key === ' ') && at instanceof HTMLElement && at.closest('button')) return;
    if (/^[1-9]$/.test(event.key)) {
      if (!event.repeat) desk.choose(Number(event.key));
      event.preventDefault();
      return;
    }
    const binding = bindingOf(event.key);
    if (!binding || (event.repeat && !REPEATS.has(binding.act))) return;
    event.preventDefault();
    binding.run(desk);
  };
  page.addEventListener('keydown', pressed);
  return () => page.removeEventListener('keydown', pressed);
};
