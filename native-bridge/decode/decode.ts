/**
 * Decode: one frame into observations and rejects (D1–D7, D9).
 *
 * Owns: reading the body, matching events to numbers, checking each, datum, form of boxes.
 * Guarantees: never throws; `events[i]` of the observation is number `seq + i`; what fails is null there and a reject.
 * Refuses: to decide what an event means.
 */
import { isUtf8 } from 'node:buffer';
import { Packr } from 'msgpackr';
import { QUARANTINE_RAW_BYTES, type Frame, type Reject, type RejectReason } from '../contract/frame.ts';
import type { Observation } from '../contract/observation.ts';
import type { Crs } from '../contract/site.ts';
import { isJson, unpackAny } from '../base/packing.ts';
import { NO_FORMS, settleBox, type BoxForms } from './boxes.ts';
import { checkOf, isStream, streamOf } from './checks.ts';
import { settleCoordinates } from './crs.ts';
import { strangeText } from './text.ts';

export interface Decoded {
  /** Null when the stream is unknown, nothing was valid, or the frame is a duplicate. */
  observation: Observation | null;
  /** Offsets in the body of events that were rejected, of those the frame stands for. */
  rejected: number[];
  rejects: Reject[];
  /** Events that were valid, of those the frame stands for. */
  valid: number;
  /** Earliest and latest `ts` of them; 0, 0 without any. */
  atFrom: number;
  atTo: number;
  /** The whole message was rejected. */
  broken: boolean;
  /** Valid, but of no stream of the contract. */
  unknown: boolean;
}

/** Unknown parts of an event may nest so deep and no deeper. */
const MOST_DEPTH = 48;
const packr = new Packr({ useRecords: false, variableMapSize: true });
const NOTHING: readonly never[] = [];

/** A plain map: MessagePack extensions (times, sets, patterns …) are none. */
const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

function tooDeep(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (left === 0) return true;
  for (const inner of Array.isArray(value) ? value : Object.values(value)) if (tooDeep(inner, left - 1)) return true;
  return false;
}
function hasReplacement(value: unknown, left: number): boolean {
  if (typeof value === 'string') return value.includes('\uFFFD');
  if (typeof value !== 'object' || value === null || left === 0) return false;
  return Object.entries(value).some(([key, inner]) => key.includes('\uFFFD') || hasReplacement(inner, left - 1));
}
/** One event of a batch written again, in the packing it came in. */
function bytesOf(event: unknown, json: boolean): Uint8Array {
  try {
    const bytes = json ? Buffer.from(JSON.stringify(event) ?? 'null') : packr.pack(event);
    return bytes.subarray(0, QUARANTINE_RAW_BYTES);
  } catch {
    return new Uint8Array();
  }
}

/** What is wrong with one event, or null; a valid one has its coordinates moved. */
function faultOf(
  event: unknown,
  check: ReturnType<typeof checkOf>,
  crs: Crs,
  doubtful: boolean,
  strange: boolean,
  forms: BoxForms | null,
): { reason: RejectReason; path: string; detail: string } | null {
  if (!isMap(event)) return { reason: 'shape', path: '', detail: 'must be a map' };
  for (const key in event) {
    const value = event[key];
    if (typeof value === 'object' && value !== null && tooDeep(value, MOST_DEPTH)) {
      return { reason: 'depth', path: `/${key.slice(0, 64)}`, detail: `nested deeper than ${MOST_DEPTH}` };
    }
  }
  if (strange || (doubtful && hasReplacement(event, MOST_DEPTH)))
    return { reason: 'utf-8', path: '', detail: 'text is not UTF-8' };
  if (check === undefined) return null;
  const wrong = forms && settleBox(event, forms);
  if (typeof wrong === 'string') return { reason: 'shape', path: '/box', detail: wrong };
  if (!check.passes(event)) return { reason: 'shape', ...check.fault(event) };
  if (!settleCoordinates(event, crs)) return { reason: 'area', path: '/area', detail: 'must be GeoJSON' };
  return null;
}

/** `forms`: cameras whose boxes are written in another way than the contract's. */
export function decode(frame: Frame, crs: Crs, forms: BoxForms = NO_FORMS): Decoded {
  const quiet = frame.manner === 'duplicate';
  const result: Decoded = {
    observation: null,
    rejected: [],
    rejects: [],
    valid: 0,
    atFrom: 0,
    atTo: 0,
    broken: false,
    unknown: false,
  };
  const { source, topic, epoch, heard, body } = frame;
  const whole = (reason: RejectReason, detail: string): Decoded => {
    result.broken = true;
    if (!quiet) {
      const raw = body.slice(0, QUARANTINE_RAW_BYTES);
      result.rejects.push({ source, topic, epoch, seq: frame.seq, reason, path: '', detail, heard, raw });
    }
    return result;
  };

  let read: unknown;
  try {
    read = unpackAny(body);
  } catch (error) {
    return whole('unreadable', error instanceof Error ? error.message : 'unreadable');
  }
  const snapshot = frame.manner === 'snapshot';
  const events: readonly unknown[] = Array.isArray(read) ? read : isMap(read) ? [read] : NOTHING;
  if (events.length === 0 && !snapshot && !Array.isArray(read))
    return whole('unreadable', 'neither a map nor an array');
  if (!snapshot && events.length !== frame.n)
    return whole('count', `${events.length} events where the header says ${frame.n}`);

  const json = isJson(body);
  const doubtful = json && !isUtf8(body);
  const strange = json ? null : strangeText(body);
  const stream = streamOf(topic);
  const check = checkOf(stream);
  const boxed = stream === 'fire-iot.detection' && forms.size > 0 ? forms : null;
  result.unknown = check === undefined;
  const first = snapshot ? 0 : frame.from - frame.seq;
  const last = snapshot ? events.length - 1 : frame.to - frame.seq;
  const kept: (unknown | null)[] = [];
  let atFrom = Number.POSITIVE_INFINITY;
  let atTo = 0;
  for (let i = first; i <= last; i++) {
    const event = events[i];
    const fault = faultOf(event, check, crs, doubtful, strange?.has(i) ?? false, boxed);
    if (fault === null) {
      const { ts } = event as { ts?: unknown };
      if (typeof ts === 'number' && ts > 0 && Number.isFinite(ts)) {
        if (ts < atFrom) atFrom = ts;
        if (ts > atTo) atTo = ts;
      }
      kept.push(event);
      result.valid++;
      continue;
    }
    kept.push(null);
    result.rejected.push(i);
    if (!quiet) {
      const seq = snapshot ? frame.seq : frame.seq + i;
      const raw = events.length === 1 ? body.slice(0, QUARANTINE_RAW_BYTES) : bytesOf(event, json);
      result.rejects.push({ source, topic, epoch, seq, ...fault, heard, raw });
    }
  }
  if (atTo > 0) {
    result.atFrom = atFrom;
    result.atTo = atTo;
  }
  if (!quiet && result.valid > 0 && isStream(stream)) {
    const manner = frame.manner === 'live' ? 'live' : frame.manner === 'snapshot' ? 'snapshot' : 'replay';
    // The events were checked against the schema of this very stream.
    result.observation = { source, stream, epoch, seq: frame.from, manner, heard, events: kept } as Observation;
  }
  return result;
}
