// What may follow `npm start --`. Owns: names, defaults and checks of the options.
// Guarantees: either a complete `Options` or a `Problem` that names the option, what is wrong and what would be right.
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Problem } from './problem.ts';

export const SHELLS = ['electron', 'browser', 'headless'] as const;
/** `none` opens no window: tests bring their own browser. */
export type ShellName = (typeof SHELLS)[number] | 'none';

export interface Options {
  /** Absent: the best that this machine has. */
  readonly shell: ShellName | undefined;
  /** Absolute path of the site profile; absent: the demonstration site. */
  readonly profile: string | undefined;
  /** Absolute data folder. */
  readonly data: string;
  /** 0 = any free port. */
  readonly port: number;
  readonly drill: boolean;
  /** Absolute path of the picture to save once the wall is live. */
  readonly snapshot: string | undefined;
  /** Size of the window in pixels; absent: the whole display, or `DEFAULT_SIZE` without one. */
  readonly size: Size | undefined;
  /** Milliseconds of service after which everything stops. */
  readonly exitAfterMs: number | undefined;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const DEFAULT_PORT = 7610;
export const DEFAULT_SIZE: Size = { width: 1920, height: 1080 };

const USAGE = `npm start -- [options]
  --shell electron|browser|headless   what shows the wall (default: the best this machine has)
  --profile <file>                    site profile (default: the demonstration site)
  --data <dir>                        data folder (default: .data)
  --port <n>                          loopback port of the bridge, 0 = any (default: ${String(DEFAULT_PORT)})
  --no-drill                          only the feeds of the profile, no drill player
  --snapshot <png>                    save a picture once the wall is live and drawn
  --size <width>x<height>             size of the window (default: the display; headless 1920x1080)
  --exit-after <seconds>              stop cleanly after this time`;

const KNOWN = {
  shell: { type: 'string' },
  profile: { type: 'string' },
  data: { type: 'string' },
  port: { type: 'string' },
  'no-drill': { type: 'boolean' },
  snapshot: { type: 'string' },
  size: { type: 'string' },
  'exit-after': { type: 'string' },
  help: { type: 'boolean' },
} as const;

const NAMES = `the options are ${Object.keys(KNOWN)
  .map((name) => `--${name}`)
  .join(' ')}`;

const wrong = (option: string, isWrong: string, right: string): Problem =>
  new Problem(`option --${option}: ${isWrong}; ${right}`);

const wholeNumber = (option: string, text: string, min: number, max: number): number => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw wrong(option, `"${text}" is not a whole number`, `give one from ${String(min)} to ${String(max)}`);
  }
  return value;
};

const shellName = (text: string): ShellName => {
  const found = ([...SHELLS, 'none'] as const).find((name) => name === text);
  if (!found) throw wrong('shell', `"${text}" is not a shell`, `use ${SHELLS.join(', ')}`);
  return found;
};

const size = (text: string): Size => {
  const match = /^(\d{3,5})[x×](\d{3,5})$/.exec(text);
  const width = Number(match?.[1]);
  const height = Number(match?.[2]);
  if (!match || width < 320 || height < 240 || width > 16_384 || height > 16_384) {
    throw wrong('size', `"${text}" is not a size`, 'give width x height in pixels, such as 3840x2160');
  }
  return { width, height };
};

const file = (option: string, path: string, base: string): string => {
  const full = resolve(base, path);
  if (!existsSync(full)) throw wrong(option, `"${path}" does not exist`, 'give the path of a site profile (.yaml)');
  if (!statSync(full).isFile())
    throw wrong(option, `"${path}" is not a file`, 'give the path of a site profile (.yaml)');
  return full;
};

const folder = (option: string, path: string, base: string): string => {
  const full = resolve(base, path);
  if (existsSync(full) && !statSync(full).isDirectory()) {
    throw wrong(option, `"${path}" is a file`, 'give a folder; it is made when it is not there');
  }
  return full;
};

const readArgs = (argv: readonly string[]) => {
  try {
    return parseArgs({ args: [...argv], options: KNOWN, strict: true, allowPositionals: true });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const text = error instanceof Error ? error.message : String(error);
    const option = /'(?:-\w, )?(--?[\w-]+)/.exec(text)?.[1] ?? 'option';
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') throw new Problem(`option ${option}: is not known; ${NAMES}`);
    if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') {
      const known = /^option '--no-drill/i.test(text) ? 'it takes no value' : 'write a value after it';
      throw new Problem(`option ${option}: its value is missing or not allowed; ${known}`);
    }
    throw error;
  }
};

/**
 * @param argv what follows the script
 * @param base folder that relative paths start from
 * @param home folder of the product, for defaults
 * @returns the options, or the usage text when `--help` was asked for
 */
export const parseOptions = (argv: readonly string[], base: string, home: string): Options | { usage: string } => {
  const { values, positionals } = readArgs(argv);
  if (values.help) return { usage: USAGE };
  const [stray] = positionals;
  if (stray !== undefined) throw new Problem(`argument "${stray}": does not belong to an option; ${NAMES}`);
  const empty = Object.entries(values).find(([, value]) => value === '');
  if (empty) throw wrong(empty[0], 'its value is empty', 'write a value after it');
  const exitAfter = values['exit-after'];
  return {
    shell: values.shell === undefined ? undefined : shellName(values.shell),
    profile: values.profile === undefined ? undefined : file('profile', values.profile, base),
    data: folder('data', values.data ?? resolve(home, '.data'), base),
    port: values.port === undefined ? DEFAULT_PORT : wholeNumber('port', values.port, 0, 65_535),
    drill: values['no-drill'] !== true,
    snapshot: values.snapshot === undefined ? undefined : resolve(base, values.snapshot),
    size: values.size === undefined ? undefined : size(values.size),
    exitAfterMs: exitAfter === undefined ? undefined : wholeNumber('exit-after', exitAfter, 1, 31_536_000) * 1000,
  };
};
