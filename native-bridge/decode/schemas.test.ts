import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Compile } from 'typebox/compile';
import { expect, test } from 'vitest';
import { checkOf } from './checks.ts';
import { SCHEMA_END, schemaFiles } from './schemas.ts';

const folder = resolve(import.meta.dirname, '../../resources/contract');
const read = (name: string): string => readFileSync(join(folder, `${name}${SCHEMA_END}`), 'utf8');
const checkerOf = (name: string) => Compile(JSON.parse(read(name)) as object);

test('D8: the schemas in resources/contract are those of the contract as it is; `npm run contract` writes them', () => {
  const files = schemaFiles();
  const there = readdirSync(folder).filter((name) => name.endsWith(SCHEMA_END));
  expect(there.sort()).toEqual([...files.keys()].sort());
  for (const [name, text] of files) expect(readFileSync(join(folder, name), 'utf8'), name).toBe(text);
});

test('D8: every schema file is named on the page for platform builders', () => {
  const page = readFileSync(join(folder, 'README.md'), 'utf8');
  for (const name of schemaFiles().keys()) expect(page).toContain(`(${name})`);
});

test('D8: a schema read back from its file says of an event what decode says of it', () => {
  const good = { id: 'a1', deviceId: 'd1', ts: 1_795_000_000_000, type: 'fire', level: 1, state: 'raised' };
  const events: [unknown, boolean][] = [
    [good, true],
    [{ ...good, more: 'of our own' }, true],
    [{ ...good, level: 5 }, false],
    [{ ...good, type: 'flood' }, false],
    [{ ...good, ts: 5 }, false],
    [{ ...good, id: '' }, false],
    [{ id: 'a1' }, false],
  ];
  const schema = checkerOf('fire-iot.alarm');
  const check = checkOf('fire-iot.alarm');
  for (const [event, is] of events) {
    expect(schema.Check(event)).toBe(is);
    expect(check?.passes(event)).toBe(is);
  }
});

test('D8: requests and replies of the contract page pass, broken ones do not', () => {
  const passes = (name: string, map: unknown): boolean => checkerOf(name).Check(map);
  expect(passes('request.replay', { epoch: 'e', from: 1, to: 9 })).toBe(true);
  expect(passes('request.replay', { epoch: 'e', from: 0 })).toBe(false);
  expect(passes('request.snapshot', { area: [120, 30, 121, 31] })).toBe(true);
  expect(passes('request.snapshot', { area: [120, 30, 121] })).toBe(false);
  expect(passes('reply.replay.chunk', { v: 1, epoch: 'e', seq: 1, n: 2, ts: 5, topic: 'fire-iot.reading' })).toBe(true);
  expect(passes('reply.replay.chunk', { v: 1, epoch: 'e', seq: 1, n: 2, ts: 5 })).toBe(false);
  expect(passes('reply.replay.gone', { epoch: 'e', oldest: 0 })).toBe(false);
  expect(passes('header', { v: 2, epoch: 'e', seq: 1, ts: 5 })).toBe(false);
});
