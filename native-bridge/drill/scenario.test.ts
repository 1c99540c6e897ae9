import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { castScenario } from './casting.ts';
import { parseScenario, readScenario, ScenarioError } from './scenario.ts';
import { readSite } from './site.ts';

const resources = resolve(import.meta.dirname, '../../resources');
const good = `format: fengsui/scenario@1
id: t
name: { zh: 试, en: T }
minutes: 10
cast:
  tower: { is: tower }
acts:
  - { at: '1:00', act: low-tank, tower: tower }
`;
const why = (text: string): string => {
  try {
    parseScenario(text, 't.yaml');
  } catch (error) {
    if (error instanceof ScenarioError) return error.message;
    throw error;
  }
  return 'accepted';
};

test('D8: what is wrong is said with file, line, place, and what would be right', () => {
  expect(why(good)).toBe('accepted');
  expect(why(good.replace('minutes: 10', 'minutes: soon'))).toMatch(/^t\.yaml:4: minutes: must be number/);
  expect(why(good.replace('is: tower', 'is: castle'))).toMatch(
    /^t\.yaml:6: cast\.tower\.is: expected one of tower, block, lookout-camera/,
  );
  expect(why(good.replace('low-tank', 'party'))).toMatch(/^t\.yaml:8: acts\.0\.act: expected one of ride, overload/);
  expect(why(good.replace('tower: tower }', 'tower: spire }'))).toMatch(
    /acts\.0\.tower: nobody is cast as "spire"; expected one of tower/,
  );
  expect(why(good.replace("'1:00'", "'11:00'"))).toMatch(/acts\.0\.at: lies beyond the end; expected up to 10:00/);
  expect(why(good.replace('tower: tower }', 'tower: tower, depth: 3 }'))).toMatch(
    /^t\.yaml:8: acts\.0\.depth: unknown; expected one of at, act, tower, fall, minutes/,
  );
  expect(why(good.replace('id: t\n', ''))).toMatch(/id: missing/);
  expect(why('a: [')).toMatch(/^t\.yaml:1: not YAML/);
});

test('D8: a part that nobody on this site can play is refused by name', () => {
  const site = readSite(join(resources, 'sites/demo'));
  const cast = (text: string) => castScenario(parseScenario(text, 't.yaml'), site, join(resources, 'video'));
  expect(() => cast(good.replace('is: tower', 'is: tower, id: t999'))).toThrow(
    't.yaml: cast.tower: the site has no tower t999',
  );
  expect(() => cast(good.replace('is: tower', 'is: tower, floors: 150'))).toThrow('the site has no tower that fits');
  const camera = good.replace('cast:', 'cast:\n  lift: { is: elevator-camera, clip: elevator-goat }');
  expect(() => cast(camera)).toThrow(/cast\.lift\.clip: no clip "elevator-goat"; expected one of .*elevator-ebike/);
});

test('D8: every scenario of the house can be cast on the demonstration site, each camera once', () => {
  const site = readSite(join(resources, 'sites/demo'));
  const files = readdirSync(join(resources, 'scenarios')).filter((file) => file.endsWith('.yaml'));
  expect(files).toEqual(expect.arrayContaining(['evening.yaml', 'flood.yaml']));
  for (const file of files) {
    const scenario = readScenario(join(resources, 'scenarios', file));
    const casting = castScenario(scenario, site, join(resources, 'video'));
    const cameras = [...casting.cameras.values()].map((part) => part.camera.id);
    expect(new Set(cameras).size).toBe(cameras.length);
    for (const part of casting.cameras.values()) {
      if (part.camera.kind !== 'elevator') continue;
      expect(Math.max(...(part.tower?.floors ?? []))).toBeGreaterThanOrEqual(16);
    }
    // What a scenario asks for by name is there on the site it was written for.
    for (const [name, entry] of scenario.cast) {
      const got = casting.cameras.get(name)?.camera.id ?? casting.towers.get(name)?.id ?? casting.blocks.get(name)?.id;
      if (entry.prefer !== undefined) expect(got).toBe(entry.prefer);
    }
  }
  const evening = readScenario(join(resources, 'scenarios/evening.yaml'));
  expect(evening.acts[0]).toMatchObject({ act: 'ride', clip: 'elevator-ebike' });
  expect(evening.acts[0]?.at).toBeLessThan(20);
  expect(new Set(evening.acts.map((act) => act.act))).toEqual(
    new Set(['ride', 'overload', 'low-tank', 'unattended', 'tower-fire', 'warning']),
  );
});
