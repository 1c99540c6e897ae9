/**
 * Who may come in.
 *
 * Owns: the checks of host, origin and token, and the headers every answer carries.
 * Guarantees: T7; the token is compared in constant time.
 * Refuses: everything it does not know.
 */
import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const NAMES = ['127.0.0.1', 'localhost', '[::1]'];
export const TOKEN_PREFIX = 'fengsui.';

/** Only what this page needs: its own files, WebAssembly of its libraries, workers, its own WebSocket. */
export const policyFor = (host: string): string =>
  [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self' blob:",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "media-src 'self' blob:",
    `connect-src 'self' blob: data: ws://${host}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

export const HEADERS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** The host as the client named it, when that is this machine and this port. */
export const loopbackHost = (request: IncomingMessage, port: number): string | null => {
  const { host } = request.headers;
  return host !== undefined && NAMES.some((name) => host === `${name}:${port}`) ? host : null;
};
/** A page of another origin may not even read what anybody on this machine may. */
export const foreignOrigin = (request: IncomingMessage, host: string): boolean => {
  const { origin } = request.headers;
  return origin !== undefined && origin !== `http://${host}`;
};

/** Why a WebSocket is refused, or `null` when it may come in. A missing origin is refused: no page is without one. */
export const refusal = (
  request: IncomingMessage,
  port: number,
  token: string,
): { status: number; why: string } | null => {
  const host = loopbackHost(request, port);
  if (host === null) return { status: 403, why: 'host' };
  if (request.url?.split('?')[0] !== '/port') return { status: 404, why: 'path' };
  if (request.headers.origin !== `http://${host}`) return { status: 403, why: 'origin' };
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  const wanted = Buffer.from(TOKEN_PREFIX + token);
  const known = offered.some((name) => {
    const given = Buffer.from(name);
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  });
  return known ? null : { status: 401, why: 'token' };
};
