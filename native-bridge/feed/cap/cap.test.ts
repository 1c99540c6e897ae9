import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { manualClock } from '../../base/clock.ts';
import { silentLog } from '../../base/log.ts';
import type { Frame, Reject } from '../../contract/frame.ts';
import type { Range } from '../../base/intervals.ts';
import type { FeedDeps } from '../feed.ts';
import { readAlert } from './alert.ts';
import { openFolder } from './folder.ts';
import { issuerOf, meaningOf, timeOf, type WarningMap } from './warning.ts';

const NOW = Date.parse('2026-07-09T18:00:00+08:00');
const ID = '33060441600000_20260709172500_0';
interface Parts {
  id?: string;
  kind?: string;
  status?: string;
  references?: string;
  info?: string;
  sent?: string;
}
const INFO = `<info><language>zh-CN</language><event>暴雨</event><severity>Severe</severity>
  <headline>上虞区气象台发布暴雨橙色预警信号</headline><description>未来三小时 &lt;50 毫米</description>
  <expires>2026-07-10T00:00:00+08:00</expires>
  <area><areaDesc>上虞区</areaDesc><polygon>30.0,120.8 30.1,120.8 30.1,120.9 30.0,120.8</polygon>
  <geocode><valueName>GB/T 2260</valueName><value>330604</value></geocode></area></info>`;
const xml = ({ id = ID, kind = 'Alert', status = 'Actual', references = '', info = INFO, sent }: Parts = {}): string =>
  `<?xml version="1.0" encoding="UTF-8"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>${id}</identifier><sender>上虞区气象台</sender><sent>${sent ?? '2026-07-09T17:25:00+08:00'}</sent>
  <status>${status}</status><msgType>${kind}</msgType><scope>Public</scope>
  ${references && `<references>${references}</references>`}${info}</alert>`;
const events = (text: string): WarningMap[] => {
  const read = readAlert(Buffer.from(text));
  if (!read.ok) throw new Error(read.detail);
  const meaning = meaningOf(read.alert, NOW);
  if (!meaning.ok) throw new Error(`${meaning.path} ${meaning.detail}`);
  return meaning.events;
};
const refusal = (text: string): string => {
  try {
    return String(events(text).length);
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
};

describe('F11: what an alert means', () => {
  test('a warning with its colour, words, times, shape and issuer', () => {
    expect(events(xml())).toEqual([
      {
        id: ID,
        ts: Date.parse('2026-07-09T17:25:00+08:00'),
        type: '暴雨',
        colour: 'orange',
        title: '上虞区气象台发布暴雨橙色预警信号',
        text: '未来三小时 <50 毫米',
        expires: Date.parse('2026-07-10T00:00:00+08:00'),
        sender: '上虞区气象台',
        identifier: ID,
        issuer: { region: '330604', agency: '416', entered: Date.parse('2026-07-09T17:25:00+08:00') },
        area: {
          type: 'Feature',
          geometry: {
            type: 'MultiPolygon',
            coordinates: [
              [
                [
                  [120.8, 30],
                  [120.8, 30.1],
                  [120.9, 30.1],
                  [120.8, 30],
                ],
              ],
            ],
          },
          properties: { names: ['上虞区'], codes: ['330604'] },
        },
      },
    ]);
  });
  test('the 31 characters of a Chinese identifier; another identifier is unique with its sender only', () => {
    expect(ID).toHaveLength(31);
    expect(issuerOf('33060441600000_20261399172500_0')).toBeNull();
    expect(issuerOf('33060441600000_20260709172500')).toBeNull();
    expect(events(xml({ id: 'KSTO-17' }))[0]?.id).toBe('KSTO-17@上虞区气象台');
    expect(events(xml({ id: 'x'.repeat(200) }))[0]?.id).toHaveLength(64);
  });
  test.each([
    ['<severity>Extreme</severity><headline>Storm</headline>', 'red'],
    ['<severity>Minor</severity><headline>Storm</headline>', 'blue'],
    ['<severity>Unknown</severity><headline>大风黄色预警</headline>', 'yellow'],
    ['<severity>Yellow</severity><headline>大风红色预警</headline>', 'yellow'],
  ])('colour of %s is %s', (parts, colour) => {
    expect(events(xml({ info: `<info><event>e</event>${parts}</info>` }))[0]?.colour).toBe(colour);
  });
  test('an update ends what it names and stands for it; a cancellation only ends', () => {
    const references = `上虞区气象台,${ID},2026-07-09T17:25:00+08:00 a@b.c,K1,2026-07-09T17:00:00+08:00`;
    const id = '33060441600000_20260709175500_0';
    const update = events(xml({ id, kind: 'Update', references, sent: '2026-07-09T17:55:00+08:00' }));
    expect(update.map(({ id: each, expires }) => [each, expires <= NOW])).toEqual([
      [ID, true],
      ['K1@a@b.c', true],
      [id, false],
    ]);
    const cancel = events(xml({ id, kind: 'Cancel', references, info: '', sent: '2026-07-09T19:00:00+08:00' }));
    expect(cancel.map(({ expires }) => expires)).toEqual([NOW, NOW]);
  });
  test('circles become rings round their centre; latitude and longitude the wrong way round are turned', () => {
    const area = '<area><circle>30,120.9 5</circle><polygon>120.8,30 120.9,30 120.9,30.1</polygon></area>';
    const info = `<info><event>e</event><severity>Minor</severity>${area}</info>`;
    const { geometry } = events(xml({ info }))[0]?.area as { geometry?: { coordinates: number[][][][] } };
    const [polygon, circle] = geometry?.coordinates.map(([ring]) => ring ?? []) ?? [];
    expect(polygon).toEqual([
      [120.8, 30],
      [120.9, 30],
      [120.9, 30.1],
      [120.8, 30],
    ]);
    expect(circle).toHaveLength(49);
    const degrees = 5 / 111.195;
    for (const [lon = 0, lat = 0] of circle ?? [])
      expect(Math.hypot((lon - 120.9) * Math.cos((30 * Math.PI) / 180), lat - 30)).toBeCloseTo(degrees, 3);
  });
  test('times with and without a zone, and those that are none', () => {
    expect(timeOf('2026-07-09 17:25:00+08:00')).toBe(timeOf('2026-07-09T09:25:00Z'));
    expect(timeOf('20260709172500')).toBe(timeOf('2026-07-09T17:25:00'));
    expect(timeOf('2026-07-09')).toBeNull();
    expect(timeOf('yesterday')).toBeNull();
  });
  test('what is no warning says why', () => {
    expect(refusal(xml({ status: 'Exercise' }))).toContain('/alert/status');
    expect(refusal(xml({ kind: 'Ack' }))).toContain('/alert/msgType');
    expect(refusal(xml({ kind: 'Update' }))).toContain('/alert/references');
    expect(refusal(xml({ sent: 'now' }))).toContain('/alert/sent');
    expect(refusal(xml({ info: '' }))).toContain('/alert/info');
    const area = '<area><polygon>30,120 31,190 32,120</polygon></area>';
    expect(refusal(xml({ info: `<info><event>e</event><severity>Minor</severity>${area}</info>` }))).toContain(
      'polygon',
    );
  });
});

describe('F11: hostile files', () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><alert>&b;</alert>`;
  const outside = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><alert><identifier>&x;</identifier></alert>`;
  test.each([
    ['an entity bomb', bomb, 'document type'],
    ['an external entity', outside, 'document type'],
    ['an unknown entity', '<alert><identifier>&x;</identifier></alert>', 'entity'],
    ['too deep', '<a>'.repeat(1000), 'too deep'],
    ['too many', `<alert>${'<a/>'.repeat(30_000)}</alert>`, 'too many'],
    ['cut off', '<alert><identifier>1</identifier>', ''],
    ['no alert', '<rss/>', 'no alert'],
    ['no XML', 'hello', ''],
    ['too large', `<alert>${'x'.repeat(1024 * 1024)}</alert>`, 'bytes'],
    ['not UTF-8', Buffer.from([0x3c, 0x61, 0xff, 0xfe, 0x3e]), 'encoding'],
  ])('%s is refused', (_name, text, why) => {
    const read = readAlert(Buffer.from(text));
    expect(read.ok).toBe(false);
    expect(read.ok ? '' : read.detail).toContain(why);
  });
  test('GB18030 is read when the file says so', () => {
    const head = Buffer.from('<?xml version="1.0" encoding="GB18030"?><alert><note>');
    const read = readAlert(
      Buffer.concat([head, Buffer.from([0xb1, 0xa9, 0xd3, 0xea]), Buffer.from('</note></alert>')]),
    );
    expect(read.ok && read.alert.children.get('note')?.[0]?.text).toBe('暴雨');
  });
});

describe('F11: the folder', () => {
  let folder = '';
  const frames: Frame[] = [];
  const rejects: Reject[] = [];
  let clock = manualClock(NOW);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'fengsui-cap-'));
    clock = manualClock(NOW);
    frames.length = rejects.length = 0;
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const open = (held: Range[] = []): ReturnType<typeof openFolder> => {
    const deps: FeedDeps = {
      ...{ data: '', clock, log: silentLog, memory: held.length > 0 ? [{ epoch: 'cap', held, snapshot: null }] : [] },
      ...{ deliver: (frame) => void frames.push(frame), reject: (reject) => void rejects.push(reject) },
      ...{ refuse: () => undefined, gone: () => undefined, snapshot: () => undefined, video: () => undefined },
      ready: () => true,
    };
    return openFolder({ source: 'weather', kind: 'cap-folder', folder, crs: 'wgs84', insecure: false }, deps);
  };
  const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  const there = (name: string): string[] => readdirSync(join(folder, name));

  test('a file is taken when it no longer grows, and done when the journal has it', () => {
    const feed = open();
    put('a.xml', xml().slice(0, 100));
    clock.advance(1000);
    put('a.xml', xml());
    clock.advance(1000);
    expect(frames).toEqual([]);
    clock.advance(1000);
    expect(frames.map(({ from, to, topic, manner }) => ({ from, to, topic, manner }))).toEqual([
      { from: 1, to: 1, topic: 'situation.warning', manner: 'live' },
    ]);
    expect([there('taking'), there('done')]).toEqual([['1.1.a.xml'], []]);
    feed.kept?.('cap', 1);
    expect([there('taking'), there('done')]).toEqual([[], ['1.a.xml']]);
    clock.advance(5000);
    expect(frames).toHaveLength(1);
    expect(feed.condition().link).toBe('live');
    feed.close();
  });
  test('after a crash: done when the journal has it, taken once more when it has not', () => {
    for (const name of ['taking', 'done', 'refused']) mkdirSync(join(folder, name));
    put('taking/7.1.kept.xml', xml());
    put('taking/8.1.lost.xml', xml({ id: '33060441600000_20260709172500_1' }));
    const feed = open([[1, 7]]);
    expect(there('done')).toEqual(['7.kept.xml']);
    clock.advance(2000);
    expect(frames.map(({ from }) => from)).toEqual([8]);
    feed.close();
  });
  test('a bad file is quarantined with its reason and moved aside, its neighbours count', () => {
    const feed = open();
    put('bad.xml', xml({ status: 'Test' }));
    put('good.xml', xml());
    put('note.txt', 'no alert');
    symlinkSync('/etc/passwd', join(folder, 'link.xml'));
    clock.advance(3000);
    expect(frames).toHaveLength(1);
    expect(rejects).toMatchObject([{ reason: 'shape', path: '/alert/status', source: 'weather' }]);
    const [file = '', reason = ''] = there('refused').sort();
    expect(file).toMatch(/^\d+\.bad\.xml$/);
    expect(readFileSync(join(folder, 'refused', reason), 'utf8')).toContain('/alert/status');
    expect(existsSync(join(folder, 'note.txt')) && existsSync(join(folder, 'link.xml'))).toBe(true);
    feed.close();
  });
  test('a folder that is not there is a lost link, and found when it comes', () => {
    rmSync(folder, { recursive: true });
    const feed = open();
    clock.advance(1000);
    expect(feed.condition().link).toBe('lost');
    mkdirSync(folder);
    put('a.xml', xml());
    clock.advance(3000);
    expect([feed.condition().link, frames.length]).toEqual(['live', 1]);
    feed.close();
  });
});
