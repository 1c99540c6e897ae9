/**
 * Owns: the gateway's command line. Guarantees: one line that says which option is wrong and what would be right.
 * Refuses: options it does not know.
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface GatewayOptions {
  /** The camera list. */
  readonly config: string;
  /** Keys and the profile that leads consoles here. */
  readonly data: string;
  readonly profileOut: string;
}
/** `message` is the one line to print; callers exit 2. */
export class OptionError extends Error {
  constructor(option: string, wrong: string, right: string) {
    super(`command line: ${option}: ${wrong}; ${right}`);
    this.name = 'OptionError';
  }
}

/** @throws {OptionError} */
export function readOptions(args: readonly string[]): GatewayOptions {
  const { config, data, 'profile-out': profileOut } = parse(args);
  if (config === undefined) throw new OptionError('--config', 'is missing', 'give the path of a camera list');
  if (data === undefined) throw new OptionError('--data', 'is missing', 'give a folder for keys and the profile');
  const folder = resolve(data);
  return {
    config: resolve(config),
    data: folder,
    profileOut: resolve(profileOut ?? join(folder, 'gateway', 'profile.yaml')),
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ args: [...args], options: { config: text, data: text, 'profile-out': text } }).values;
  } catch (error) {
    const [wrong = ''] = String(error instanceof Error ? error.message : error).split('. ');
    throw new OptionError('options', wrong, 'known are --config --data --profile-out');
  }
}
