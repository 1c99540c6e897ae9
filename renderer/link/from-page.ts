/**
 * Which way this page reaches its bridge.
 *
 * Owns: reading the page's address. Guarantees: the token is taken out of the address bar as soon as it is read, and
 *   survives a reload in this tab only. Refuses: any bridge but the one that served the page.
 */
import { messagePortTransport } from './message-port.ts';
import type { Transport } from './transport.ts';
import { webSocketTransport } from './websocket.ts';

const KEPT = 'fengsui.token';

/** `#token=…` in the address, or the one this tab was opened with; `null` when the shell brings a port instead. */
const tokenOf = (page: Window): string | null => {
  const given = new URLSearchParams(page.location.hash.slice(1)).get('token');
  if (given === null) return page.sessionStorage.getItem(KEPT);
  page.sessionStorage.setItem(KEPT, given);
  page.history.replaceState(null, '', page.location.pathname + page.location.search);
  return given;
};

/** Served over http: the WebSocket of that very host. Otherwise (`app:`) the shell's MessagePort. */
export const transportOfPage = (page: Window): Transport => {
  const { protocol, host } = page.location;
  if (protocol !== 'http:' && protocol !== 'https:') return messagePortTransport(page);
  return webSocketTransport(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}/port`, tokenOf(page) ?? '');
};
