/**
 * The files that are served: the built page, the site's files, the city packs.
 *
 * Owns: which folder answers which path, and how long a browser may keep what.
 * Guarantees: nothing outside these folders, no dot files, no profiles, no survey of people; byte ranges as tilesets ask for them; a file
 *   built while the bridge runs is found.
 * Refuses: ranges that are not of one piece (the whole file is given instead, as the protocol allows).
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import sirv from 'sirv';

export interface Folders {
  /** The built renderer. */
  page: string;
  site: string;
  /** Below it one folder per city pack. */
  city: string;
}
export type Serve = (request: IncomingMessage, response: ServerResponse, path: string) => void;

const YEAR_S = 365 * 24 * 3600;
const ONE_RANGE = /^bytes=(\d+)-(\d*)$/;
/** The build names its assets by their content. */
const NAMED_BY_CONTENT = /^\/assets\/.+-[\w-]{8,}\.\w+$/;
/** Counts of people by floor leave by the port alone, masked. */
const HIDDEN = /(^|\/)\.|\.ya?ml$|(^|\/)people\.json$/i;

const notFound = (response: ServerResponse): void => {
  response.writeHead(404, { 'Content-Type': 'text/plain' }).end('not found\n');
};
const rangeIsPlain = (range: string): boolean => {
  const found = ONE_RANGE.exec(range);
  return found !== null && (found[2] === '' || Number(found[1]) <= Number(found[2]));
};

export const serveFiles = (folders: Folders): Serve => {
  // `dev` looks at the disk with every request: what a build adds is there at once.
  const of = (folder: string) => sirv(folder, { dev: true, etag: true, extensions: ['html'], setHeaders: keepLong });
  const keepLong = (response: ServerResponse, path: string): void => {
    if (NAMED_BY_CONTENT.test(path)) response.setHeader('Cache-Control', `public,max-age=${YEAR_S},immutable`);
  };
  const routes = [
    ['/site', of(folders.site)],
    ['/city', of(folders.city)],
    ['', of(folders.page)],
  ] as const;

  return (request, response, path) => {
    let plain: string;
    try {
      plain = decodeURIComponent(path);
    } catch {
      return notFound(response);
    }
    if (HIDDEN.test(plain) || plain.includes('\0')) return notFound(response);
    const { range } = request.headers;
    if (range !== undefined && !rangeIsPlain(range)) delete request.headers.range;
    const route = routes.find(([prefix]) => plain === prefix || plain.startsWith(`${prefix}/`));
    if (!route) return notFound(response);
    const [prefix, serve] = route;
    request.url = path.slice(prefix.length) || '/';
    serve(request, response, () => notFound(response));
  };
};
