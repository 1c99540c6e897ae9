/**
 * An order as it travels upstream.
 *
 * Owns: its schema. Guarantees: the same `orderId` is one act, however often it is sent.
 * Refuses: to know the kinds of orders; those are the orders room's.
 */
import { Type, type Static } from 'typebox';

/** An order on its way upstream: the map of a `command` request. `basedOn`: what the operator was looking at. */
export const WireOrder = Type.Object({
  orderId: Type.String({ minLength: 1, maxLength: 128 }),
  type: Type.String({ minLength: 1, maxLength: 64 }),
  target: Type.String({ maxLength: 128 }),
  args: Type.Record(Type.String(), Type.Unknown()),
  by: Type.String({ maxLength: 128 }),
  at: Type.Number({ minimum: 0 }),
  basedOn: Type.Object({ epoch: Type.String(), seq: Type.Integer({ minimum: 0 }), at: Type.Number({ minimum: 0 }) }),
});
export type WireOrder = Static<typeof WireOrder>;
