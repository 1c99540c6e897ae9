import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DEFAULT_PORT, parseOptions, type Options } from './options.ts';
import { Problem } from './problem.ts';

const base = mkdtempSync(join(tmpdir(), 'fengsui-options-'));
const parse = (...argv: string[]): Options => {
  const options = parseOptions(argv, base, '/home-of-product');
  if ('usage' in options) throw new Error('usage was asked for');
  return options;
};
const problem = (...argv: string[]): Problem => {
  try {
    parse(...argv);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error(`accepted: ${argv.join(' ')}`);
};

describe('L1 an option is complete and checked, or named with what would be right', () => {
  test('nothing given: the demonstration site in .data, with the drill', () => {
    expect(parse()).toEqual({
      shell: undefined,
      profile: undefined,
      data: '/home-of-product/.data',
      port: DEFAULT_PORT,
      drill: true,
      snapshot: undefined,
      size: undefined,
      exitAfterMs: undefined,
    });
  });

  test('everything given, paths relative to where npm was called', () => {
    writeFileSync(join(base, 'site.yaml'), 'id: here\n');
    const options = parse(
      ...['--shell', 'headless', '--profile', 'site.yaml', '--data', 'd', '--port', '0', '--no-drill'],
      ...['--snapshot', 'wall.png', '--size', '3840x2160', '--exit-after', '90'],
    );
    expect(options).toEqual({
      shell: 'headless',
      profile: join(base, 'site.yaml'),
      data: join(base, 'd'),
      port: 0,
      drill: false,
      snapshot: join(base, 'wall.png'),
      size: { width: 3840, height: 2160 },
      exitAfterMs: 90_000,
    });
  });

  test.each([
    [['--shell', 'tv'], '--shell', 'electron, browser, headless'],
    [['--port', '70000'], '--port', 'from 0 to 65535'],
    [['--port', '-1'], '--port', 'value'],
    [['--port', 'x'], '--port', 'from 0 to 65535'],
    [['--size', '4k'], '--size', '3840x2160'],
    [['--size', '10x10'], '--size', '3840x2160'],
    [['--exit-after', '1.5'], '--exit-after', 'whole number'],
    [['--exit-after', '0'], '--exit-after', 'from 1'],
    [['--profile', 'absent.yaml'], '--profile', 'does not exist'],
    [['--profile', '.'], '--profile', 'not a file'],
    [['--profile', ''], '--profile', 'empty'],
    [['--data'], '--data', 'value'],
    [['--no-drill=yes'], '--no-drill', 'no value'],
    [['--speed', '2'], '--speed', 'not known'],
    [['stray'], 'stray', 'does not belong'],
  ])('%j is refused', (argv, named, right) => {
    const found = problem(...argv);
    expect(found.exitCode).toBe(2);
    expect(found.message.split('\n')[0]).toContain(named);
    expect(found.message.split('\n')[0]).toContain(right);
  });
});
