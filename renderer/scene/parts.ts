/**
 * The parts of the city, each as it comes.
 *
 * Owns: how many are on their way, and what is missing. Guarantees: S23, a part that cannot come is named in the view with
 *   the reason, and the rest stands; nothing is said by a stage that is gone.
 * Refuses: to try again: the next life of the scene does.
 */
import type { SceneLack, ViewStore } from '../store/view.ts';

export interface Parts {
  /** Does `work`; whatever it throws is the reason why `part` is missing. */
  bring: (part: SceneLack['part'], work: () => Promise<void>) => void;
  /** For something that the rest of its part can do without: `none` in its place, and the wall says so. */
  orNone: <T>(part: SceneLack['part'], wanted: Promise<T>, none: T) => Promise<T>;
  lacks: (part: SceneLack['part'], why: string) => void;
  /** Throws when the stage is gone: nothing may be added to it any more. */
  alive: <T>(value: T) => T;
  /** So many are on their way. */
  pending: () => number;
  dispose: () => void;
}

export const createParts = (view: ViewStore, came: () => void): Parts => {
  let pending = 0;
  let gone = false;
  view.setState({ sceneTrouble: [] });
  const lacks = (part: SceneLack['part'], why: string): void => {
    console.error(`scene: ${part}`, why);
    if (!gone) view.setState({ sceneTrouble: [...view.getState().sceneTrouble, { part, why }] });
  };
  return {
    bring: (part, work) => {
      pending += 1;
      void work()
        .catch((error: unknown) => lacks(part, String(error)))
        .finally(() => {
          performance.mark(`scene:${part}`);
          pending -= 1;
          came();
        });
    },
    orNone: (part, wanted, none) =>
      wanted.catch((error: unknown) => {
        lacks(part, String(error));
        return none;
      }),
    lacks,
    alive: (value) => {
      if (gone) throw new Error('the stage is gone');
      return value;
    },
    pending: () => pending,
    dispose: () => {
      gone = true;
    },
  };
};
