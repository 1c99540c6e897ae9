/**
 * The one time control: acts that leave now, move in the past, and come back.
 *
 * Owns: what is asked of the past. Guarantees: N5 whatever was laid out to be sent is put away on leaving now; a moment that is
 *   not past is now; every speed is one the bridge knows. Refuses: to know what was kept; the bridge says so.
 */
import { SPEEDS } from '../../native-bridge/contract/past.ts';
import type { DeskStore } from './hooks.ts';

/** Without a chosen alarm it begins so far back, ms; with one, so long before it was raised. */
const FIRST_BACK_MS = 60_000;
const BEFORE_ALARM_MS = 10_000;
/** What is newer than this is now, ms. */
const NOW_MS = 2000;

export const createPastDesk = ({ world, view }: DeskStore, nothing: () => void) => {
  const speed = (): number => view.getState().past?.asked.speed ?? 0;
  /** The moment that is asked for or shown, whichever is newer. */
  const at = (): number => {
    const { past } = view.getState();
    if (past === null) return world.now();
    return past.time === null ? past.asked.at : world.now();
  };
  const now = (): void => {
    if (view.getState().past === null) return nothing();
    view.setState({ past: null });
  };
  const ask = (to: number, times: number): void => {
    const { past } = view.getState();
    const asked = { at: to, speed: times };
    if (past) return view.setState({ past: { ...past, asked } });
    view.setState({ past: { asked, time: null, left: world.now() }, armed: null, ask: null, tour: false });
  };
  const step = (ms: number): void => {
    if (view.getState().past === null) return nothing();
    ask(at() + ms, speed());
  };
  return {
    /** Shows a moment; it stands still there. */
    go: (to: number): void => {
      const isPast = view.getState().past !== null;
      if (!isPast && to > world.now() - NOW_MS) return nothing();
      ask(to, 0);
    },
    /** Out of now: to before the chosen alarm, or a minute back. In the past: the next speed. */
    enter: (): void => {
      const { past, selection } = view.getState();
      if (past !== null) {
        const place = SPEEDS.findIndex((one) => one === speed());
        return ask(at(), SPEEDS[(place + 1) % SPEEDS.length] ?? 1);
      }
      const chosen = selection?.kind === 'alarm' ? world.get('alarm', selection.id) : undefined;
      ask(chosen ? chosen.at - BEFORE_ALARM_MS : world.now() - FIRST_BACK_MS, 0);
    },
    play: (): void => (view.getState().past === null ? nothing() : ask(at(), speed() === 0 ? 1 : 0)),
    step,
    now,
  };
};
export type PastDesk = ReturnType<typeof createPastDesk>;
