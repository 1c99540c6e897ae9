/**
 * What carries messages between this window and the bridge.
 *
 * Owns: the interface both transports fill.
 * Guarantees: `opened` at most once and before any `message`; `closed` exactly once, also when it never opened.
 * Refuses: to reconnect or to understand a message; the link does that.
 */
export interface TransportEvents {
  opened: () => void;
  message: (bytes: Uint8Array) => void;
  /** `why` is for the log of a developer, not for the wall. */
  closed: (why: string) => void;
}
export interface Connection {
  send: (bytes: Uint8Array<ArrayBuffer>) => void;
  close: () => void;
}
/** Starts one connection; called again for each try. */
export type Transport = (events: TransportEvents) => Connection;

/** Wraps the events so that `closed` comes once and nothing comes after it. */
export const once = (events: TransportEvents): TransportEvents => {
  let over = false;
  return {
    opened: () => {
      if (!over) events.opened();
    },
    message: (bytes) => {
      if (!over) events.message(bytes);
    },
    closed: (why) => {
      if (over) return;
      over = true;
      events.closed(why);
    },
  };
};
