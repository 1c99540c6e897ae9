// `app://fengsui/…`: the built windows, and the site's files through the bridge.
// Guarantees: only GET and HEAD, only files below the build; every answer carries the security policy.
// Refuses: paths that climb out, and every other host.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { Readable } from 'node:stream';
import { CONTENT_SECURITY_POLICY } from './lockdown.ts';
import { ORIGIN } from './words.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.svg': 'image/svg+xml',
  '.glb': 'model/gltf-binary',
  '.ktx2': 'image/ktx2',
  '.xml': 'application/xml',
};

export interface AppServer {
  /** Folder with index.html. */
  readonly folder: string;
  /** Loopback port of the bridge of this moment. */
  readonly bridgePort: () => number | undefined;
  /** Electron's `net.fetch`. */
  readonly fetch: (url: string, init: { method: string; headers: Headers }) => Promise<Response>;
}

const refuse = (status: number): Response => new Response(null, { status });

/** The file for a path of the page, or undefined when it would lie outside. */
export const fileFor = (folder: string, pathname: string): string | undefined => {
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  if (path.includes('\0') || path.includes('\\')) return undefined;
  const file = normalize(join(folder, path === '/' ? 'index.html' : path));
  return file.startsWith(folder.endsWith(sep) ? folder : folder + sep) ? file : undefined;
};

const fromBuild = async (folder: string, pathname: string): Promise<Response> => {
  const file = fileFor(folder, pathname);
  if (file === undefined) return refuse(403);
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) return refuse(404);
  const headers = {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'content-length': String(found.size),
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
  };
  return new Response(Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>, { headers });
};

const fromBridge = async (server: AppServer, url: URL, request: Request): Promise<Response> => {
  const port = server.bridgePort();
  if (port === undefined) return refuse(503);
  const headers = new Headers();
  const range = request.headers.get('range');
  if (range !== null) headers.set('range', range);
  try {
    return await server.fetch(`http://127.0.0.1:${String(port)}${url.pathname}`, { method: request.method, headers });
  } catch {
    return refuse(503);
  }
};

/** What `protocol.handle` is given. */
export const answerApp = async (server: AppServer, request: Request): Promise<Response> => {
  const url = new URL(request.url);
  if (`${url.protocol}//${url.host}` !== ORIGIN) return refuse(404);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
  if (/^\/(site|city)\//.test(url.pathname)) return fromBridge(server, url, request);
  return fromBuild(server.folder, url.pathname);
};
