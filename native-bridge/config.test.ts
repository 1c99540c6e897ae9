import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadProfile } from './config.ts';
import { feed, refusal, write } from './config-trial.ts';

const KEY = 'rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7';

test('the demonstration profile is complete', () => {
  const profile = loadProfile(join(import.meta.dirname, '../resources/sites/demo/site.yaml'));
  expect(profile).toMatchObject({ id: 'demo', pack: 'demo', synthetic: true, drill: false, locale: 'zh', feeds: [] });
  expect(profile.linkages.departments.length).toBeGreaterThan(5);
});

test('the smallest profile of the feed contract takes the rest from the demonstration', () => {
  const profile = loadProfile(write(feed('    crs: gcj02\n')));
  expect(profile).toMatchObject({ id: 'mine', pack: 'demo', centre: { lon: 120.8785 }, synthetic: true });
  expect(profile.files).toMatch(/resources.sites.demo$/);
  expect(profile.feeds).toEqual([
    {
      source: 'fire-iot',
      kind: 'zmq',
      events: 'tcp://127.0.0.1:7101',
      request: 'tcp://127.0.0.1:7102',
      crs: 'gcj02',
      insecure: false,
    },
  ]);
  expect(profile.origin).toHaveLength(2);
});

test('a list of feeds replaces the whole list, maps are joined', () => {
  const path = write({
    'a.yaml': 'id: a\nextends: ./b.yaml\nfeeds: []\nviewing: { distance: 3 }\n',
    'b.yaml':
      'id: b\nextends: demo\ndrill: true\nviewing: { pixelPitch: 0.3 }\nfeeds: [{ source: video, events: tcp://127.0.0.1:1, request: tcp://127.0.0.1:2 }]\n',
  });
  const profile = loadProfile(path);
  expect(profile).toMatchObject({ id: 'a', drill: true, viewing: { distance: 3, pixelPitch: 0.3 }, feeds: [] });
  expect(profile.origin).toHaveLength(3);
});

test('paths are resolved against the file that names them', () => {
  const path = write({ 'a.yaml': 'id: a\nextends: demo\nfiles: .\n' });
  expect(join(loadProfile(path).files, 'a.yaml')).toBe(path);
});

test('thresholds override single ages, in seconds', () => {
  const profile = loadProfile(
    write({ 'a.yaml': 'id: a\nextends: demo\nthresholds: { staleness: { vehicle: { fresh: 5 } } }\n' }),
  );
  expect(profile.thresholds.staleness.vehicle).toEqual({ fresh: 5000, late: 30000, stale: 120000 });
});

test('every refusal is one line: file: field: what is wrong; what would be right', () => {
  const error = refusal({ 'site.yaml': 'id: a\nextends: demo\nlocal: zh\n' });
  expect(error.message).toBe(`${error.file}: local: no such field; did you mean locale?`);
  expect(error.message).not.toContain('\n');
});

test.each<[string, Record<string, string>, string, RegExp]>([
  ['no id', { 'a.yaml': 'extends: demo\n' }, 'id', /is missing/],
  ['not a map', { 'a.yaml': '- 1\n' }, '(top)', /wrong type/],
  ['empty file', { 'a.yaml': '' }, '(top)', /wrong type/],
  ['broken YAML', { 'a.yaml': 'id: [\n' }, 'line 2', /YAML/],
  ['unknown site', { 'a.yaml': 'id: a\nextends: dmo\n' }, 'extends', /did you mean demo/],
  [
    'cycle',
    { 'a.yaml': 'id: a\nextends: ./b.yaml\n', 'b.yaml': 'id: b\nextends: ./a.yaml\n' },
    'extends',
    /leads back/,
  ],
  ['self', { 'a.yaml': 'id: a\nextends: a.yaml\n' }, 'extends', /leads back/],
  ['missing parent', { 'a.yaml': 'id: a\nextends: ./none.yaml\n' }, '(file)', /cannot be read/],
  ['no centre', { 'a.yaml': 'id: a\n' }, 'centre', /is missing/],
  ['bad time zone', { 'a.yaml': 'id: a\nextends: demo\ntimezone: Asia/Shangyu\n' }, 'timezone', /Asia\/Shanghai/],
  ['impossible latitude', { 'a.yaml': 'id: a\nextends: demo\ncentre: { lon: 120, lat: 300 }\n' }, 'centre.lat', /300/],
  ['missing folder', { 'a.yaml': 'id: a\nextends: demo\nfiles: ./none\n' }, 'files', /no folder/],
  ['unknown field of a feed', feed('    severKey: x\n'), 'feeds[0].severKey', /did you mean serverKey/],
  ['unknown crs', feed('    crs: gcj2\n'), 'feeds[0].crs', /did you mean gcj02/],
  ['short key', feed('    serverKey: abc\n'), 'feeds[0].serverKey', /40 characters of Z85/],
  [
    'client keys alone',
    feed(`    clientKeys: { publicKey: '${KEY}', secretKeyFile: k }\n`),
    'feeds[0].clientKeys',
    /without serverKey/,
  ],
  [
    'no key file',
    feed(`    serverKey: '${KEY}'\n    clientKeys: { publicKey: '${KEY}', secretKeyFile: k }\n`),
    'feeds[0].clientKeys.secretKeyFile',
    /no file/,
  ],
  [
    'source twice',
    feed('  - source: fire-iot\n    events: tcp://127.0.0.1:1\n    request: tcp://127.0.0.1:2\n'),
    'feeds[1].source',
    /already feeds\[0\]/,
  ],
  [
    'source misspelt',
    feed('  - source: linkage-11\n    events: tcp://127.0.0.1:1\n    request: tcp://127.0.0.1:2\n'),
    'feeds[1].source',
    /did you mean linkage-110/,
  ],
  [
    'plain remote',
    feed('  - source: video\n    events: tcp://10.1.2.3:1\n    request: tcp://127.0.0.1:2\n'),
    'feeds[1].events',
    /not encrypted/,
  ],
  [
    'port too high',
    feed('  - source: video\n    events: tcp://127.0.0.1:70000\n    request: tcp://127.0.0.1:2\n'),
    'feeds[1].events',
    /70000/,
  ],
  [
    'not an endpoint',
    feed('  - source: video\n    events: http://127.0.0.1:7\n    request: tcp://127.0.0.1:2\n'),
    'feeds[1].events',
    /tcp:\/\/host:port/,
  ],
  [
    'one endpoint for both',
    feed('  - source: video\n    events: tcp://127.0.0.1:7\n    request: tcp://127.0.0.1:7\n'),
    'feeds[1].request',
    /same endpoint/,
  ],
  [
    'window twice',
    { 'a.yaml': 'id: a\nextends: demo\nwindows: [{ id: w }, { id: w }]\n' },
    'windows[1].id',
    /comes twice/,
  ],
  [
    'unknown view',
    { 'a.yaml': 'id: a\nextends: demo\nwindows: [{ id: w, view: dutty }]\n' },
    'windows[0].view',
    /did you mean duty/,
  ],
  [
    'unknown video layout',
    { 'a.yaml': "id: a\nextends: demo\nwindows: [{ id: w, view: video, video: { layout: '1+9' } }]\n" },
    'windows[0].video.layout',
    /1\+5/,
  ],
  [
    'a video budget of nothing',
    { 'a.yaml': 'id: a\nextends: demo\nwindows: [{ id: w, view: video, video: { budget: 0 } }]\n' },
    'windows[0].video.budget',
    /0\.05/,
  ],
  [
    'smaller streams of a feed that has none',
    { 'a.yaml': 'id: a\nextends: demo\nfeeds: [{ source: cap, kind: cap-folder, folder: /tmp, variants: [sub] }]\n' },
    'feeds[0].variants',
    /belongs to another kind/,
  ],
  [
    'unknown kind of age',
    { 'a.yaml': 'id: a\nextends: demo\nthresholds: { staleness: { vehicel: { fresh: 1 } } }\n' },
    'thresholds.staleness.vehicel',
    /did you mean vehicle/,
  ],
  [
    'ages out of order',
    { 'a.yaml': 'id: a\nextends: demo\nthresholds: { staleness: { cab: { fresh: 99 } } }\n' },
    'thresholds.staleness.cab',
    /not in order/,
  ],
  [
    'flood that never ends',
    { 'a.yaml': 'id: a\nextends: demo\ntargets: { floodEnds: 10 }\n' },
    'targets.floodEnds',
    /not below/,
  ],
  [
    'average above most',
    { 'a.yaml': 'id: a\nextends: demo\ntargets: { alarmsPerHour: 13 }\n' },
    'targets.alarmsPerHour',
    /above/,
  ],
  [
    'a plan whose item names no department',
    {
      'a.yaml':
        'id: a\nextends: demo\nplans: [{ id: p, name: { zh: 预, en: P }, lists: [{ id: l, name: { zh: 单, en: L }, items: [{ id: i, name: { zh: 项, en: I }, department: powr }] }] }]\n',
    },
    'plans[0].lists[0].items[0].department',
    /did you mean power/,
  ],
  [
    'a plan with an item twice',
    {
      'a.yaml':
        'id: a\nextends: demo\nplans: [{ id: p, name: { zh: 预, en: P }, lists: [{ id: l, name: { zh: 单, en: L }, items: [{ id: i, name: { zh: 项, en: I } }, { id: i, name: { zh: 项, en: I } }] }] }]\n',
    },
    'plans[0].lists.items[1].id',
    /twice/,
  ],
  ['nothing kept', { 'a.yaml': 'id: a\nextends: demo\njournal: { pastDays: 0 }\n' }, 'journal.pastDays', /0/],
  [
    'durability',
    { 'a.yaml': 'id: a\nextends: demo\njournal: { durability: power }\n' },
    'journal.durability',
    /power-loss/,
  ],
])('refuses %s', (_what, files, field, words) => {
  const error = refusal(files);
  expect(error.field).toBe(field);
  expect(`${error.wrong}; ${error.right}`).toMatch(words);
});

test('an encrypted or openly insecure remote feed is accepted', () => {
  const remote = (extra: string) =>
    write({
      'a.yaml': `id: a\nextends: demo\nfeeds:\n  - source: video\n    events: tcp://10.1.2.3:1\n    request: tcp://10.1.2.3:2\n${extra}`,
    });
  expect(loadProfile(remote(`    serverKey: '${KEY}'\n`)).feeds[0]).toMatchObject({ serverKey: KEY, insecure: false });
  expect(loadProfile(remote('    insecure: true\n')).feeds[0]).toMatchObject({ insecure: true });
});

test('an error of an ancestor names the ancestor', () => {
  const error = refusal({
    'a.yaml': 'id: a\nextends: ./b.yaml\n',
    'b.yaml': 'id: b\nextends: demo\ntargets: { floodEnds: 50 }\n',
  });
  expect(error.file).toMatch(/b\.yaml$/);
});
