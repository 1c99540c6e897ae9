/**
 * The command line of the bridge.
 *
 * Owns: its options. Guarantees: one line that says which option is wrong and what would be right.
 * Refuses: options it does not know.
 */
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface BridgeOptions {
  profile: string;
  data: string;
  port: number;
  token: string;
  drillMark: boolean;
}
/** `message` is the one line to print; callers exit 2. */
export class OptionError extends Error {
  constructor(option: string, wrong: string, right: string) {
    super(`command line: ${option}: ${wrong}; ${right}`);
    this.name = 'OptionError';
  }
}
const TOKEN = /^[\w-]{16,128}$/;

/** @throws {OptionError} */
export const readOptions = (args: string[]): BridgeOptions => {
  const parsed = (() => {
    try {
      return parseArgs({
        args,
        options: {
          profile: { type: 'string' },
          data: { type: 'string' },
          port: { type: 'string', default: '0' },
          token: { type: 'string' },
          'drill-mark': { type: 'boolean', default: false },
        },
      }).values;
    } catch (error) {
      const [wrong = ''] = String(error instanceof Error ? error.message : error).split('. ');
      throw new OptionError('options', wrong, 'known are --profile --data --port --token --drill-mark');
    }
  })();
  const { profile, data, port, token } = parsed;
  if (profile === undefined) throw new OptionError('--profile', 'is missing', 'give the path of a site profile');
  if (data === undefined) throw new OptionError('--data', 'is missing', 'give a folder for journal and keys');
  const number = Number(port);
  if (!/^\d+$/.test(port) || number > 65_535)
    throw new OptionError('--port', `"${port}"`, 'give 0 (any free one) to 65535');
  if (token !== undefined && !TOKEN.test(token)) {
    throw new OptionError('--token', 'is not a token', 'give 16 to 128 letters, digits, - or _, or leave it out');
  }
  return {
    profile,
    data: resolve(data),
    port: number,
    token: token ?? randomBytes(24).toString('base64url'),
    drillMark: parsed['drill-mark'],
  };
};
