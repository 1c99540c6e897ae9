/**
 * The other windows of this console: what is chosen in one is seen in all that follow.
 *
 * Owns: the channel between windows of one browser or shell. Guarantees: W6 a window that follows chooses what was chosen
 *   elsewhere, and shows the moment that is shown there, and never sends it on again; one that does not follow is left as it is;
 *   what a window chose by itself it keeps to itself; a mute holds for all windows, since one room has one ear. Refuses: truth: nothing of the picture travels here, and no act.
 */
import type { PastView, Selection, View, ViewStore } from './view.ts';

/** What a `BroadcastChannel` has and a test can stand in for. */
export interface Channel {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => void) | null;
  close(): void;
}
interface Chosen {
  t: 'chosen';
  selection: Selection;
  openBuilding: View['openBuilding'];
  openFloor: View['openFloor'];
  flyTo: View['flyTo'];
}
/** The moment that is shown; null: now. One time for all windows that follow. */
interface Moment {
  t: 'moment';
  asked: PastView['asked'] | null;
}
type Told = Chosen | Moment | { t: 'muted'; until: number };

const isTold = (message: unknown): message is Told =>
  typeof message === 'object' &&
  message !== null &&
  't' in message &&
  (message.t === 'chosen' || message.t === 'moment' || message.t === 'muted');

/** Returns the way to stop. */
export const keepCompany = (view: ViewStore, channel: Channel, now: () => number = Date.now): (() => void) => {
  /** What came from elsewhere is not said again. */
  let hearing = false;
  const follow = (asked: PastView['asked'] | null): void =>
    view.setState(({ past }) => ({
      past: asked && { asked: { ...asked }, time: past?.time ?? null, left: past?.left ?? now() },
    }));
  const stop = view.subscribe((now, was) => {
    if (hearing) return;
    const { selection, ownChoice, openBuilding, openFloor, flyTo, mutedUntil, past } = now;
    const hasChosen = selection !== was.selection && (selection === null || selection !== ownChoice);
    // What a window that goes its own way looks at is its own affair.
    if (now.follow && (hasChosen || openBuilding !== was.openBuilding || openFloor !== was.openFloor))
      channel.postMessage({ t: 'chosen', selection, openBuilding, openFloor, flyTo } satisfies Told);
    if (now.follow && past?.asked !== was.past?.asked)
      channel.postMessage({ t: 'moment', asked: past?.asked ?? null } satisfies Told);
    if (mutedUntil !== was.mutedUntil) channel.postMessage({ t: 'muted', until: mutedUntil } satisfies Told);
  });
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (!isTold(data)) return;
    hearing = true;
    try {
      if (data.t === 'muted') view.setState({ mutedUntil: data.until });
      else if (!view.getState().follow) return;
      else if (data.t === 'moment') follow(data.asked);
      else {
        const { selection, openBuilding, openFloor, flyTo } = data;
        view.setState({ selection, openBuilding, openFloor, ...(selection && flyTo ? { flyTo: { ...flyTo } } : {}) });
        if (!selection) view.setState(({ home }) => ({ home: home + 1 }));
      }
    } finally {
      hearing = false;
    }
  };
  return () => {
    stop();
    channel.close();
  };
};
