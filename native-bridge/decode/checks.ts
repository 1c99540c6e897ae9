/**
 * Checks: the contract's schemas, compiled once.
 *
 * Owns: validators of header, video header and of every stream; first fault of an event in few words.
 * Guarantees (D1): what passes has the static type of its stream. Refuses: unknown streams (there is no check).
 */
import { Compile } from 'typebox/compile';
import { STREAMS, type Stream } from '../contract/wire.ts';

export interface Fault {
  /** JSON pointer into the event. */
  path: string;
  detail: string;
}
interface Check {
  passes(event: unknown): boolean;
  fault(event: unknown): Fault;
}

const checks = new Map<string, Check>(
  Object.entries(STREAMS).map(([stream, schema]) => {
    const validator = Compile(schema);
    return [
      stream,
      {
        passes: (event) => validator.Check(event),
        fault(event) {
          const error = validator.Errors(event)[0];
          return {
            path: (error?.instancePath ?? '').slice(0, 200),
            detail: (error?.message ?? 'breaks the contract').slice(0, 200),
          };
        },
      },
    ];
  }),
);

/** `fire-iot.reading.d-17` → the check of `fire-iot.reading`; undefined for streams the contract does not know. */
export function checkOf(stream: string): Check | undefined {
  return checks.get(stream);
}
export const isStream = (stream: string): stream is Stream => checks.has(stream);

/** The first two words of a topic: its stream. */
export function streamOf(topic: string): string {
  const first = topic.indexOf('.');
  const second = first < 0 ? -1 : topic.indexOf('.', first + 1);
  return second < 0 ? topic : topic.slice(0, second);
}
