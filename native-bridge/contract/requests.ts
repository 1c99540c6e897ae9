/**
 * Requests and replies of the feed contract: the maps of `[id, verb, map]` and `[id, status, map, …body]`.
 *
 * Owns: their schemas. Guarantees: the same source makes the types here and the JSON Schemas for platform builders.
 * Refuses: unknown members are let through, as everywhere on the wire.
 */
import { Type, type Static } from 'typebox';
import { Header, WireOrder } from './wire.ts';

const epoch = () => Type.String({ minLength: 1, maxLength: 128 });
const seq = (minimum: 0 | 1) => Type.Integer({ minimum, maximum: Number.MAX_SAFE_INTEGER });
const orderId = () => Type.String({ minLength: 1, maxLength: 128 });

export const REQUESTS = {
  snapshot: Type.Object({
    /** `fire-iot.device` or `device`; absent: all. */
    streams: Type.Optional(Type.Array(Type.String())),
    /** west, south, east, north */
    area: Type.Optional(Type.Tuple([Type.Number(), Type.Number(), Type.Number(), Type.Number()])),
  }),
  replay: Type.Object({ epoch: epoch(), from: seq(1), to: Type.Optional(seq(1)) }),
  command: WireOrder,
  keyframe: Type.Object({ cameraId: Type.String({ minLength: 1, maxLength: 128 }) }),
} as const;

const answer = () => Type.Object({ orderId: orderId(), reason: Type.Optional(Type.String()) });
/** By verb and status. */
export const REPLIES = {
  'snapshot.chunk': Type.Object({ stream: Type.String({ minLength: 1 }), n: Type.Integer({ minimum: 0 }) }),
  'snapshot.end': Type.Object({ epoch: epoch(), seq: seq(0) }),
  'replay.chunk': Type.Object({ ...Header.properties, topic: Type.String({ minLength: 1, maxLength: 256 }) }),
  'replay.end': Type.Object({ seq: seq(0) }),
  'replay.gone': Type.Object({ epoch: epoch(), oldest: seq(1) }),
  'command.accepted': answer(),
  'command.duplicate': answer(),
  'command.rejected': answer(),
  'keyframe.ok': Type.Object({}),
} as const;

export type RequestMaps = { [V in keyof typeof REQUESTS]: Static<(typeof REQUESTS)[V]> };
export type ReplyMaps = { [S in keyof typeof REPLIES]: Static<(typeof REPLIES)[S]> };
