// What the shell was asked to do, from its command line. Unknown arguments are Chromium's own and pass.
// Guarantees: complete options; an option without a value or with a wrong one is a message for people.
import { isAbsolute, join, resolve } from 'node:path';

export interface ShellOptions {
  readonly profile: string;
  readonly data: string;
  readonly port: number;
  /** A window of this size instead of the whole display. */
  readonly size: { readonly width: number; readonly height: number } | undefined;
}

export interface Places {
  /** Folder that holds `resources/` of the product. */
  readonly home: string;
  readonly userData: string;
  readonly cwd: string;
}

const value = (argv: readonly string[], name: string): string | undefined => {
  const direct = argv.find((arg) => arg.startsWith(`--${name}=`));
  if (direct !== undefined) return direct.slice(name.length + 3);
  const at = argv.indexOf(`--${name}`);
  if (at === -1) return undefined;
  const next = argv[at + 1];
  if (next === undefined || next.startsWith('--'))
    throw new Error(`option --${name}: its value is missing; write a value after it`);
  return next;
};

export const readShellOptions = (argv: readonly string[], places: Places): ShellOptions => {
  const path = (given: string): string => (isAbsolute(given) ? given : resolve(places.cwd, given));
  const profile = value(argv, 'profile');
  const data = value(argv, 'data');
  const port = value(argv, 'port') ?? '0';
  const size = value(argv, 'size');
  const match = size === undefined ? undefined : /^(\d+)x(\d+)$/.exec(size);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new Error(`option --port: "${port}" is not a port; give one from 0 to 65535`);
  }
  if (match === null)
    throw new Error(`option --size: "${size ?? ''}" is not a size; give width x height, such as 3840x2160`);
  return {
    profile: profile === undefined ? join(places.home, 'resources/sites/demo/site.yaml') : path(profile),
    data: data === undefined ? join(places.userData, 'data') : path(data),
    port: Number(port),
    size: match && { width: Number(match[1]), height: Number(match[2]) },
  };
};
