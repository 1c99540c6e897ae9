/**
 * Owns: the drill's command line.
 * Guarantees: every option checked, paths absolute. Refuses: unknown options and values, in one line.
 */
import { basename, dirname, join, resolve } from 'node:path';
import { existsSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { SOURCES } from '../contract/wire.ts';

export interface DrillOptions {
  /** Folder of the site files. */
  readonly site: string;
  readonly scenario: string;
  /** Folder of the clips. */
  readonly clips: string;
  readonly data: string;
  readonly speed: number;
  readonly sources: readonly string[];
  readonly basePort: number;
  readonly profileOut: string;
  readonly seed: number | null;
  /** Minutes into the scenario. */
  readonly startAt: number;
}
export class OptionError extends Error {
  override readonly name = 'OptionError';
}

const USAGE =
  'usage: node native-bridge/drill/main.ts --site <folder> --scenario <file> --data <folder> [--speed 1] [--sources a,b] ' +
  '[--base-port 0] [--profile-out <file>] [--seed <n>] [--start-at <minute>] [--clips <folder>]';

export function readOptions(argv: readonly string[]): DrillOptions {
  const { values } = parse(argv);
  const need = (name: 'site' | 'scenario' | 'data'): string => {
    const value = values[name];
    if (value === undefined || value === '') throw new OptionError(`--${name}: missing; ${USAGE}`);
    return resolve(value);
  };
  const number = (name: 'speed' | 'base-port' | 'seed' | 'start-at', low: number, high: number): number | null => {
    const value = values[name];
    if (value === undefined) return null;
    const n = Number(value);
    if (value.trim() === '' || !(n >= low && n <= high))
      throw new OptionError(`--${name}: "${value}" is not a number from ${low} to ${high}`);
    return n;
  };
  const data = need('data');
  const sources =
    values.sources === undefined ? [...SOURCES] : values.sources.split(',').filter((source) => source !== '');
  const strange = sources.find((source) => !SOURCES.some((known) => known === source));
  if (strange !== undefined || sources.length === 0)
    throw new OptionError(`--sources: "${strange ?? ''}" is not played; expected some of ${SOURCES.join(',')}`);
  const scenario = need('scenario');
  if (!existsSync(scenario)) throw new OptionError(`--scenario: ${scenario}: no such file`);
  return {
    site: folderOf(need('site')),
    scenario,
    clips: resolve(values.clips ?? join(import.meta.dirname, '../../resources/video')),
    data,
    speed: number('speed', 0.1, 60) ?? 1,
    sources,
    basePort: Math.round(number('base-port', 0, 65_000) ?? 0),
    profileOut: resolve(values['profile-out'] ?? join(data, 'drill', 'profile.yaml')),
    seed: number('seed', 0, 2 ** 32),
    startAt: number('start-at', 0, 24 * 60) ?? 0,
  };
}

function parse(argv: readonly string[]) {
  try {
    const text = { type: 'string' } as const;
    return parseArgs({
      args: [...argv],
      options: {
        site: text,
        scenario: text,
        clips: text,
        data: text,
        speed: text,
        sources: text,
        'base-port': text,
        'profile-out': text,
        seed: text,
        'start-at': text,
      },
    });
  } catch (error) {
    throw new OptionError(`${error instanceof Error ? error.message : String(error)}; ${USAGE}`);
  }
}

/** A folder, or its `site.yaml`. */
function folderOf(path: string): string {
  if (!existsSync(path)) throw new OptionError(`--site: ${path}: no such folder`);
  return statSync(path).isDirectory() ? path : basename(path).endsWith('.yaml') ? dirname(path) : path;
}
