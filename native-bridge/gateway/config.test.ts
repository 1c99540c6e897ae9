import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from './config.ts';
import { Patience } from './patience.ts';
import { decide, objection, readFacts } from './probe.ts';
import { redact, redactFor } from './secrets.ts';
import { Wanted } from './wanted.ts';

const folder = mkdtempSync(join(tmpdir(), 'fengsui-gateway-'));
const file = join(folder, 'cameras.yaml');
const load = (text: string) => {
  writeFileSync(file, text);
  return loadConfig(file);
};

test('G10: the example is a good camera list', () => {
  const example = join(import.meta.dirname, '../../resources/gateway/cameras.example.yaml');
  expect(loadConfig(example).cameras.length).toBeGreaterThan(3);
});

test('G5 G10: everything left out has a default; a second stream of the camera is a stream of its own', () => {
  const { cameras, ...rest } = load(
    'cameras:\n  - { id: a, url: "rtsp://h/1", sub: { url: "rtsp://h/2" }, still: true }\n  - { id: b, pattern: testsrc2, sub: true }\n',
  );
  expect(rest).toEqual({
    listen: { host: '127.0.0.1', events: 7105, request: 7106 },
    allowedClients: null,
    onDemand: false,
  });
  expect(
    cameras.map(({ id, input, unfit, variants }) => [id, input.kind, unfit, variants.map(({ kind }) => kind)]),
  ).toEqual([
    ['a', 'rtsp', 'transcode', ['still']],
    ['a~sub', 'rtsp', 'transcode', []],
    ['b', 'pattern', 'transcode', ['sub']],
  ]);
});

test.each([
  ['cameras: []', 'cameras: a list is not possible'],
  ['onDemand: true', 'cameras: is missing; add cameras'],
  [
    'cameras: [{ id: a, pattern: testsrc2 }]\nonDemnd: true',
    'onDemnd: no such field; known here: listen, allowedClients',
  ],
  ['cameras: [{ id: a, pattern: snow }]', 'cameras[0].pattern: "snow" is not allowed; use one of: testsrc2'],
  ['cameras: [{ id: a~b, pattern: testsrc2 }]', 'cameras[0].id: "a~b" has the wrong form; use up to 100 letters'],
  [
    'cameras: [{ id: a, pattern: testsrc2, sub: { heigth: 90 } }]',
    'cameras[0].sub.heigth: no such field; known here: url, height',
  ],
  ['cameras: [{ id: a, pattern: testsrc2, sub: { height: 91 } }]', 'cameras[0].sub.height: 91 is not possible'],
  ['cameras: [{ id: a }]', 'cameras[0]: has no source; give exactly one of url, file, pattern'],
  ['cameras: [{ id: a, pattern: testsrc2, file: x.mp4 }]', 'cameras[0]: has more than one source'],
  ['cameras: [{ id: a, file: nowhere.mp4 }]', 'cameras[0].file: there is no file'],
  ['cameras: [{ id: a, pattern: testsrc2 }, { id: a, pattern: testsrc2 }]', 'cameras[1].id: "a" is already cameras[0]'],
  [
    'cameras: [{ id: a, url: "rtsp://h/", sub: { url: "rtsp://h/2", fps: 5 } }]',
    'cameras[0].sub.fps: stands beside url',
  ],
  ['listen: { events: 7, request: 7 }\ncameras: [{ id: a, pattern: testsrc2 }]', 'listen.request: 7 is the same port'],
  ['cameras: [', 'line 1: '],
])('G10: %j is refused in one line: %s', (text, line) => {
  expect(() => load(text)).toThrow(line);
  expect(() => load(text)).toThrow(/^[^\n]+: [^\n]+: [^\n]+; [^\n]+$/);
});

test('G9: a wrong address is refused without its password', () => {
  let said = '';
  try {
    load('cameras: [{ id: a, url: "http://me:geheim@h/1" }]');
  } catch (error) {
    said = String(error);
  }
  expect(said).toMatch(/cameras\[0\]\.url: the address has the wrong form; write rtsp:/);
  expect(said).not.toMatch(/geheim/);
});

test('G9: user, password and query of an address are taken out, also when quoted and decoded', () => {
  expect(redact('rtsp://me:ge@heim@10.0.0.5:554/a?token=x: 401')).toBe('rtsp://***@10.0.0.5:554/a?*** 401');
  expect(redact('method DESCRIBE failed: 401')).toBe('method DESCRIBE failed: 401');
  const url = 'rtsp://admin:p%40ss@h/1';
  expect(redactFor(url, 'tried admin with p@ss and p%40ss at rtsp://admin:p%40ss@h/1')).toBe(
    'tried *** with *** and *** at rtsp://***@h/1',
  );
});

test('G4: what consoles cannot show has a reason; the config decides', () => {
  const facts = { format: 'rtsp', codec: 'h264', pixels: 'yuv420p', reorder: 0, fields: 'progressive' };
  expect(objection(facts)).toBeNull();
  expect(objection({ ...facts, codec: 'hevc' })).toMatch(/^H\.265/);
  expect(objection({ ...facts, reorder: 2 })).toMatch(/B-frames, 2/);
  expect(objection({ ...facts, pixels: 'yuv422p10le' })).toMatch(/yuv422p10le/);
  expect(objection({ ...facts, fields: 'tt' })).toBe('interlaced');
  const input = { kind: 'rtsp', url: 'rtsp://h', transport: 'tcp' } as const;
  expect(decide(null, 'refuse', input)).toEqual({ do: 'copy', why: '' });
  expect(decide('H.265', 'refuse', input)).toEqual({ do: 'refuse', why: 'H.265' });
  expect(decide('H.265', 'transcode', input)).toEqual({ do: 'transcode', why: 'H.265' });
  expect(readFacts('{"streams":[]}')).toBeNull();
});

test('G7: waits from half a second to half a minute, and from the beginning once it went well', () => {
  const patience = new Patience();
  expect([1, 2, 3, 4, 5, 6, 7, 8].map(() => patience.next())).toEqual([
    500, 1000, 2000, 4000, 8000, 16000, 30000, 30000,
  ]);
  patience.well(0);
  patience.well(9_000);
  expect(patience.next()).toBe(30_000);
  patience.well(20_000);
  patience.well(30_000);
  expect(patience.next()).toBe(500);
});

test('G8: an exact subscription is to that camera only; a shorter one to all that it begins', () => {
  const wanted = new Wanted(['cam-1', 'cam-1~sub', 'cam-10']);
  const has = () => ['cam-1', 'cam-1~sub', 'cam-10'].filter((id) => wanted.has(id));
  wanted.set('video.frame.cam-1', true);
  expect(has()).toEqual(['cam-1']);
  wanted.set('video.frame.cam-1~sub', true);
  expect(has()).toEqual(['cam-1', 'cam-1~sub']);
  wanted.set('video.frame.cam-1', false);
  expect(has()).toEqual(['cam-1~sub']);
  wanted.set('video.', true);
  expect(has()).toEqual(['cam-1', 'cam-1~sub', 'cam-10']);
});
