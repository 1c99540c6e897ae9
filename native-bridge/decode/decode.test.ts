import fc from 'fast-check';
import { Packr } from 'msgpackr';
import { expect, test } from 'vitest';
import { receiveTime } from '../contract/brand.ts';
import type { Frame, FrameManner } from '../contract/frame.ts';
import { decode } from './decode.ts';
import { strangeText } from './text.ts';

const packr = new Packr({ useRecords: false });
const frameOf = (topic: string, body: Uint8Array | unknown, n: number, more: Partial<Frame> = {}): Frame => ({
  source: topic.split('.')[0] ?? '',
  epoch: 'e',
  topic,
  seq: 10,
  n,
  from: 10,
  to: 10 + n - 1,
  ts: 1,
  heard: receiveTime(5),
  manner: 'live',
  body: body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body)),
  ...more,
});
const T = 1_795_000_000_000;
const reading = (id: string, ts = T): Record<string, unknown> => ({
  id,
  deviceId: 'd',
  ts,
  values: { current: 1, breaker: 'closed', ok: true, none: null },
});

test('D2 JSON and MessagePack, a map or an array, give the same observation', () => {
  const expected = decode(frameOf('fire-iot.reading', [reading('a')], 1), 'wgs84').observation;
  expect(expected).toMatchObject({ stream: 'fire-iot.reading', seq: 10, events: [reading('a')] });
  for (const body of [
    reading('a'),
    packr.pack(reading('a')),
    packr.pack([reading('a')]),
    Buffer.from(`\ufeff ${JSON.stringify(reading('a'))}`),
  ]) {
    expect(decode(frameOf('fire-iot.reading.some-key', body, 1), 'wgs84').observation).toEqual(expected);
  }
});

test('D3 a broken event is rejected alone, with its number, place and bytes', () => {
  const events = [
    reading('a', T + 9),
    { ...reading('b'), ts: 'noon' },
    reading('c', T + 3),
    7,
    { ...reading('e'), values: { x: [1] } },
  ];
  for (const body of [Buffer.from(JSON.stringify(events)), packr.pack(events)]) {
    const { observation, rejected, rejects, valid, atFrom, atTo } = decode(
      frameOf('fire-iot.reading', body, 5),
      'wgs84',
    );
    expect(observation?.events.map((event) => event?.id ?? null)).toEqual(['a', null, 'c', null, null]);
    expect(rejected).toEqual([1, 3, 4]);
    expect(rejects.map(({ seq, reason, path }) => [seq, reason, path])).toEqual([
      [11, 'shape', '/ts'],
      [13, 'shape', ''],
      [14, 'shape', '/values/x'],
    ]);
    expect([valid, atFrom, atTo]).toEqual([2, T + 3, T + 9]);
  }
  const text = decode(frameOf('fire-iot.reading', Buffer.from(JSON.stringify([reading('好')])), 1), 'wgs84');
  expect(text.valid).toBe(1);
  expect(
    Buffer.from(decode(frameOf('fire-iot.reading', events, 5), 'wgs84').rejects[0]?.raw ?? []).toString(),
  ).toContain('"noon"');
});

test('D3 text that is not UTF-8 costs the event it is in, not its neighbours', () => {
  const body = Buffer.concat([
    Buffer.from(JSON.stringify([reading('a')]).slice(0, -1)),
    Buffer.from(',{"id":"'),
    Buffer.from([0xff, 0xfe]),
    Buffer.from(JSON.stringify(reading('x')).slice(8)),
    Buffer.from(']'),
  ]);
  const { rejected, rejects, valid } = decode(frameOf('fire-iot.reading', body, 2), 'wgs84');
  expect([rejected, rejects[0]?.reason, valid]).toEqual([[1], 'utf-8', 1]);
});

test('D3 so does text in MessagePack: in a value, in the name of a field, short or long; good text in any script passes', () => {
  const long = '值班室'.repeat(200);
  const events = [reading('好'), reading('QQQQ'), reading('b'), { ...reading('c'), NNNN: [long, '🔥'] }, reading(long)];
  for (const [mark, bad, wrong] of [
    ['QQQQ', 'fffe4141', [1]],
    ['QQQQ', 'e4bd41c0', [1]],
    ['NNNN', 'c0afc0af', [3]],
    ['QQQQ', 'f09f94a5', []],
  ] as const) {
    const body = Buffer.from(packr.pack(events.map((event) => ({ ...event, note: event['id'] }))));
    for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark)) body.write(bad, at, 'hex');
    const { rejected, rejects, broken } = decode(frameOf('fire-iot.odd', body, events.length), 'wgs84');
    expect([broken, rejected, rejects.map(({ reason }) => reason)]).toEqual([false, wrong, wrong.map(() => 'utf-8')]);
  }
  const one = Buffer.from(packr.pack(reading('QQQQ')));
  one.write('ffffffff', one.indexOf('QQQQ'), 'hex');
  expect(decode(frameOf('fire-iot.reading', one, 1), 'wgs84').rejects.map(({ reason }) => reason)).toEqual(['utf-8']);
});

test('D3 the walk over MessagePack keeps step with the reader, whatever is in it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.anything({ withDate: true, withBigInt: false, maxDepth: 4 }), { maxLength: 6 }),
      (values) => {
        const marked = [...values, { last: 'ZZZZ' }];
        const body = Buffer.from(packr.pack(marked));
        body.write('fffefffe', body.lastIndexOf('ZZZZ'), 'hex');
        expect(strangeText(body)).toEqual(new Set([values.length]));
      },
    ),
  );
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void strangeText(bytes)));
});

test('D4 what cannot be matched to its numbers is rejected whole', () => {
  for (const [body, n, reason] of [
    [Buffer.from('[{'), 1, 'unreadable'],
    [Buffer.alloc(0), 1, 'unreadable'],
    [Buffer.from('"text"'), 1, 'unreadable'],
    [Buffer.from([0xc1]), 1, 'unreadable'],
    [[reading('a')], 2, 'count'],
    [[reading('a'), reading('b')], 1, 'count'],
    [[], 1, 'count'],
  ] as const) {
    const decoded = decode(frameOf('fire-iot.reading', body, n), 'wgs84');
    expect([decoded.broken, decoded.rejects.map((reject) => reject.reason), decoded.observation]).toEqual([
      true,
      [reason],
      null,
    ]);
  }
});

test('D5 unknown fields stay, unknown streams pass to the journal without an observation', () => {
  const known = decode(frameOf('fire-iot.reading', { ...reading('a'), vendor: { deep: [1] } }, 1), 'wgs84');
  expect(known.observation?.events[0]).toMatchObject({ vendor: { deep: [1] } });
  const unknown = decode(frameOf('fire-iot.weather', [{ any: 1 }, 5], 2), 'wgs84');
  expect(unknown).toMatchObject({ observation: null, unknown: true, valid: 1, rejected: [1], broken: false });
});

test('D6 GCJ-02 and BD-09 become WGS-84, areas and places too; the time stays', () => {
  // The same corner of Baiguan in three datums (offset of GCJ-02 there about 540 m, of BD-09 about 1.2 km).
  const position = { id: 'p', unitId: 'u', ts: T, lon: 120.87, lat: 30.03, heading: 0, speed: 0, status: 'ok' };
  const moved = (crs: 'gcj02' | 'bd09'): { lon: number; lat: number } => {
    const { observation } = decode(frameOf('fire-iot.position', position, 1), crs);
    const event = observation?.stream === 'fire-iot.position' ? observation.events[0] : null;
    return { lon: event?.lon ?? 0, lat: event?.lat ?? 0 };
  };
  for (const [crs, least, most] of [
    ['gcj02', 300, 800],
    ['bd09', 600, 2000],
  ] as const) {
    const to = moved(crs);
    const metres = Math.hypot((to.lon - 120.87) * 96_300, (to.lat - 30.03) * 111_200);
    expect(metres).toBeGreaterThan(least);
    expect(metres).toBeLessThan(most);
  }
  const warning = {
    id: 'w',
    ts: T,
    type: 'rain',
    colour: 'orange',
    title: '',
    text: '',
    expires: T,
    area: {
      type: 'Polygon',
      coordinates: [
        [
          [120.87, 30.03],
          [121, 30.1],
          [120.9, 30.2],
          [120.87, 30.03],
        ],
      ],
    },
  };
  const { observation } = decode(frameOf('situation.warning', warning, 1), 'gcj02');
  const area = observation?.stream === 'situation.warning' ? observation.events[0]?.area : null;
  const { lon, lat } = moved('gcj02');
  expect(JSON.stringify(area?.['coordinates'])).toContain(`[[[${lon},${lat}],`);
  for (const bad of [
    { type: 'Polygon' },
    { type: 'Polygon', coordinates: [[['x', 1]]] },
    { type: 'Circle', coordinates: [1, 2] },
    { type: 'Point', coordinates: [500, 1] },
  ]) {
    expect(decode(frameOf('situation.warning', { ...warning, area: bad }, 1), 'wgs84').rejects[0]?.reason).toBe('area');
  }
});

test('D7 nothing throws, and every number is either an event, a reject or part of a whole rejected message', () => {
  const topics = [
    'fire-iot.reading',
    'fire-iot.alarm',
    'situation.warning',
    'linkage-110.incident',
    'fire-iot.detection',
    'x.y',
  ];
  const bodies = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.json().map((text) => Buffer.from(text)),
    fc.anything({ withBigInt: false }).map((value) => {
      try {
        return packr.pack(value);
      } catch {
        return Buffer.from('{}');
      }
    }),
    fc
      .array(fc.oneof(fc.constant(reading('r')), fc.object()), { maxLength: 6 })
      .map((events) => Buffer.from(JSON.stringify(events))),
  );
  const manners = fc.constantFrom<FrameManner>('live', 'replay', 'snapshot', 'duplicate', 'history');
  fc.assert(
    fc.property(
      fc.constantFrom(...topics),
      bodies,
      fc.integer({ min: 1, max: 6 }),
      manners,
      fc.constantFrom('wgs84' as const, 'gcj02' as const),
      (topic, body, n, manner, crs) => {
        const decoded = decode(frameOf(topic, body, n, { manner }), crs);
        if (manner !== 'snapshot' && !decoded.broken) expect(decoded.valid + decoded.rejected.length).toBe(n);
        if (decoded.broken) expect(decoded.valid).toBe(0);
        // What goes on can be written down.
        if (decoded.observation !== null) expect(() => packr.pack(decoded.observation)).not.toThrow();
      },
    ),
    { numRuns: 2000 },
  );
  const deep = `{"id":"a","deviceId":"d","ts":${T},"values":{},"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  expect(decode(frameOf('fire-iot.reading', Buffer.from(deep), 1), 'wgs84').rejects[0]?.reason).toBe('depth');
});
