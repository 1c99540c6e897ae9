import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { drillSources, mergeProfiles, ownFeeds, readMap } from './feeds.ts';

const folder = (files: Record<string, string>): ((name: string) => string) => {
  const dir = mkdtempSync(join(tmpdir(), 'fengsui-feeds-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  return (name) => join(dir, name);
};
const feed = (source: string): string =>
  `  - { source: ${source}, events: 'tcp://127.0.0.1:7101', request: 'tcp://127.0.0.1:7102' }\n`;

describe('L2 the drill plays exactly the sources that the profile does not name itself', () => {
  test('no profile: all four', () => {
    expect(drillSources(ownFeeds(undefined))).toEqual(['fire-iot', 'linkage-110', 'video', 'situation']);
  });

  test('one feed named: the other three', () => {
    const at = folder({ 'site.yaml': `id: mine\nextends: demo\nfeeds:\n${feed('fire-iot')}` });
    expect(drillSources(ownFeeds(at('site.yaml')))).toEqual(['linkage-110', 'video', 'situation']);
  });

  test('feeds of a profile extended by path count, those of one extended by id do not', () => {
    const at = folder({
      'base.yaml': `id: base\nextends: demo\nfeeds:\n${feed('video')}`,
      'site.yaml': 'id: mine\nextends: ./base.yaml\n',
    });
    expect(drillSources(ownFeeds(at('site.yaml')))).toEqual(['fire-iot', 'linkage-110', 'situation']);
  });

  test('the merged profile extends the user file and carries both kinds of feeds', () => {
    const at = folder({
      'site.yaml': `id: mine\nextends: demo\nfeeds:\n  - source: fire-iot\n    events: tcp://127.0.0.1:1\n    request: tcp://127.0.0.1:2\n    clientKeys: { publicKey: k, secretKeyFile: keys/s }\n  - { source: weather, kind: cap-folder, folder: warnings }\n`,
      'drill.yaml': `id: drill\nextends: demo\ndrill: true\nfeeds:\n${feed('video')}`,
    });
    const merged: unknown = parse(readFileSync(mergeProfiles(at('site.yaml'), at('drill.yaml'), at('.')), 'utf8'));
    expect(merged).toMatchObject({
      id: 'mine',
      extends: at('site.yaml'),
      drill: true,
      feeds: [
        { source: 'fire-iot', clientKeys: { secretKeyFile: at('keys/s') } },
        { source: 'weather', folder: at('warnings') },
        { source: 'video' },
      ],
    });
  });

  test('without a profile the bridge gets the one that the drill made', () => {
    expect(mergeProfiles(undefined, '/made/profile.yaml', '/data')).toBe('/made/profile.yaml');
  });

  test('a file that is not YAML is named with its line', () => {
    const at = folder({ 'bad.yaml': 'id: a\nfeeds: [\n', 'list.yaml': '- a\n' });
    expect(() => readMap(at('bad.yaml'))).toThrow(/bad\.yaml: line \d+: is not YAML/);
    expect(() => readMap(at('list.yaml'))).toThrow(/list\.yaml: holds no fields/);
    expect(() => readMap(at('absent.yaml'))).toThrow(/absent\.yaml: cannot be read/);
  });
});
