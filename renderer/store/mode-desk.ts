/**
 * What keys do to the manner of this window: consultation, field, its area, its theme, the budget of its line.
 *
 * Owns: going through them. Guarantees: K10 the same key leads back to duty; a window of one part stays what it is; an area that
 *   cannot be is passed over. Refuses: to change whose window it is: rights go with the role, not with the layout.
 */
import type { DeskStore } from './hooks.ts';
import { incidentInView } from './send-desk.ts';

/** kbit/s, as the key goes through them: from a good mobile network down to a satellite's narrow line. */
export const NETWORK_BUDGETS = [2000, 1000, 500, 256, 128, 64, 32] as const;

export interface ModeDesk {
  consultation: () => void;
  field: () => void;
  /** Its own area, around the incident in view, the whole district. */
  area: () => void;
  theme: () => void;
  /** The next smaller budget; after the smallest, none. */
  network: () => void;
}

export const createModeDesk = ({ world, view }: DeskStore, nothing: () => void): ModeDesk => {
  const toggle = (wanted: 'consultation' | 'field'): void =>
    view.setState(({ mode }) =>
      mode === wanted
        ? { mode: 'duty' }
        : mode === 'duty' || mode === 'consultation' || mode === 'field'
          ? { mode: wanted, page: null }
          : {},
    );
  return {
    consultation: () => toggle('consultation'),
    field: () => toggle('field'),
    area: () => {
      const { area, ownArea } = view.getState();
      const incidentId = incidentInView({ world, view });
      const around = incidentId === undefined ? null : ({ kind: 'around', incidentId } as const);
      const ways = [ownArea, around, null].filter((one, i) => one !== null || i === 2);
      if (ways.length === 1) return nothing();
      const at = area === null ? ways.length - 1 : ways.findIndex((one) => one?.kind === area.kind);
      view.setState({ area: ways[(at + 1) % ways.length] ?? null });
    },
    theme: () => view.setState(({ theme }) => ({ theme: theme === 'dark' ? 'sunlight' : 'dark' })),
    network: () =>
      view.setState(({ network }) => ({
        network: NETWORK_BUDGETS.find((each) => each < (network ?? Infinity)) ?? null,
      })),
  };
};
