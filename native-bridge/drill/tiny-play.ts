/**
 * Owns: playing a few acts on the tiny site in a test, without sockets and without waiting.
 * Guarantees: everything said and every frame is kept, in order. Refuses: use outside tests.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Stream, StreamEvent, VideoHeader } from '../contract/wire.ts';
import { castScenario } from './casting.ts';
import type { Verdict } from '../platform/order-book.ts';
import { parseScenario } from './scenario.ts';
import { readSite } from './site.ts';
import { District } from './sim/district.ts';
import { writeTinySite } from './tiny-site.ts';

export const START = 1_790_000_000_000;
const clips = resolve(import.meta.dirname, '../../resources/video');
const head = `
format: fengsui/scenario@1
id: t
name: { zh: 试, en: T }
minutes: 60
life: { eventsPerSecond: 40, alarmsPerHour: 0, incidentsPerHour: 0 }
cast:
  lift: { is: elevator-camera, prefer: cam-1a, clip: elevator-people, begin: 22 }
  look: { is: lookout-camera, of: tower, clip: lookout-smoke, section: calm }
  tower: { is: tower, prefer: t2 }
  room: { is: control-room-camera, of: tower, clip: control-room, section: attended }
  block: { is: block }
`;

export interface Heard<S extends Stream = Stream> {
  stream: S;
  event: StreamEvent[S];
}
export interface Run {
  district: District;
  heard: Heard[];
  frames: VideoHeader[];
  of<S extends Stream>(stream: S): StreamEvent[S][];
  /** Goes on for some seconds of wall time. */
  go(seconds: number): void;
}

/** The tiny site, written and read once per test file. */
export const dir = mkdtempSync(join(tmpdir(), 'drill-'));
export const site = readSite(writeTinySite(dir));
process.once('exit', () => rmSync(dir, { recursive: true, force: true }));

export function begin(acts: string, options: { speed?: number; seed?: number; more?: string } = {}): Run {
  const scenario = parseScenario(`${head}${options.more ?? ''}acts:\n${acts === '' ? '  []' : acts}`, 't.yaml');
  const heard: Heard[] = [];
  const frames: VideoHeader[] = [];
  const district = new District({
    site,
    scenario,
    casting: castScenario(scenario, site, clips),
    seed: options.seed ?? 5,
    speed: options.speed ?? 1,
    start: START,
    startAt: 0,
    emit: (stream, event) => heard.push({ stream, event }),
    frame: (header) => frames.push(header),
  });
  district.open();
  let wall = START;
  return {
    district,
    heard,
    frames,
    of: <S extends Stream>(stream: S) =>
      heard.filter((one): one is Heard<S> => one.stream === stream).map((one) => one.event),
    go(seconds) {
      for (const end = wall + seconds * 1000; wall < end;) district.advance((wall += 33));
    },
  };
}
let orders = 0;
export const order = (run: Run, type: string, target: string, args: Record<string, unknown>): Verdict =>
  run.district.order({
    orderId: `o${orders++}`,
    type,
    target,
    args,
    by: 'duty',
    at: START,
    basedOn: { epoch: 'e', seq: 1, at: START },
  });
