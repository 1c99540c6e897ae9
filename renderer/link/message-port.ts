/**
 * The MessagePort that the shell hands to the page.
 *
 * The page posts `WANT_PORT` to itself; whoever holds the bridge's end (the preload) answers by posting `HERE_IS_PORT`
 * to the same window with one port. Each try asks anew, so a revived bridge gets a new port.
 * Guarantees: the events of `transport.ts`; a port from another origin or window is ignored.
 * Refuses: anything on the port that is not a `Uint8Array`.
 */
import { once, type Transport } from './transport.ts';

export const WANT_PORT = 'fengsui:want-port';
export const HERE_IS_PORT = 'fengsui:port';
/** A shell that has not answered by then is tried again. ms */
export const PORT_WAIT_MS = 5000;

export const messagePortTransport =
  (page: Window): Transport =>
  (listener) => {
    const events = once(listener);
    let port: MessagePort | null = null;
    const timer = setTimeout(() => finish('no port from the shell'), PORT_WAIT_MS);
    const finish = (why: string): void => {
      clearTimeout(timer);
      page.removeEventListener('message', receive);
      port?.close();
      events.closed(why);
    };
    const receive = (message: MessageEvent<unknown>): void => {
      const { source, data, ports } = message;
      const [given] = ports;
      if (source !== page || data !== HERE_IS_PORT || !given || port) return;
      // Another connection of this window may be waiting for a port of its own.
      message.stopImmediatePropagation();
      clearTimeout(timer);
      port = given;
      port.onmessage = (message: MessageEvent<unknown>) => {
        if (message.data instanceof Uint8Array) events.message(message.data);
        else finish('not bytes');
      };
      port.addEventListener('close', () => finish('port closed'));
      port.start();
      events.opened();
    };
    page.addEventListener('message', receive);
    page.postMessage(WANT_PORT, page.location.origin === 'null' ? '*' : page.location.origin);
    return { send: (bytes) => port?.postMessage(bytes), close: () => finish('closed here') };
  };
