// Each room's README numbers what the room promises; tests quote the numbers. Here both are held together.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const ROOMS = ['renderer', 'native-bridge', 'electron', 'test', 'resources'];
const filesOf = (endings: string): string[] =>
  globSync(ROOMS.map((room) => `${room}/**/*${endings}`)).filter((file) => !file.includes('node_modules'));
/** A promise begins a line of a list, or stands in bold behind another one. */
const PROMISE = /(?:^- \**|\*\*)([A-Z]\d{1,2})\b/gm;
const promisedIn = (readme: string): string[] =>
  [...readFileSync(readme, 'utf8').matchAll(PROMISE)].map(([, number]) => String(number));
/** What a file says of itself in its head is a promise as well. */
const promisedBeside = (file: string): string[] =>
  globSync(join(dirname(file), '*.{ts,tsx}')).flatMap((one) => {
    const head = /Guarantees:([^]*?)\*\//.exec(readFileSync(one, 'utf8'))?.[1] ?? '';
    return head.match(/\b[A-Z]\d{1,2}\b/g) ?? [];
  });

test('H9: in a room no two promises have one number', () => {
  const readmes = filesOf('README.md');
  expect(readmes.length).toBeGreaterThan(15);
  const twice = readmes.flatMap((readme) => {
    const numbers = promisedIn(readme);
    return numbers.filter((number, at) => numbers.indexOf(number) !== at).map((number) => `${readme}: ${number}`);
  });
  expect(twice).toEqual([]);
});

test('H9: a test quotes no number that nobody promises: a README, or a file beside it in its head', () => {
  const everywhere = new Set(filesOf('README.md').flatMap(promisedIn));
  let quoted = 0;
  const unknown = filesOf('.{test,spec}.{ts,tsx}').flatMap((file) => {
    const beside = new Set(promisedBeside(file));
    return [...readFileSync(file, 'utf8').matchAll(/\b(?:test|step|describe|it)\(\s*[`'"]([A-Z]\d{1,2})\b/g)].flatMap(
      ([, number]) => {
        quoted++;
        return everywhere.has(String(number)) || beside.has(String(number)) ? [] : [`${file}: ${number}`];
      },
    );
  });
  expect(quoted).toBeGreaterThan(200);
  expect(unknown).toEqual([]);
});
