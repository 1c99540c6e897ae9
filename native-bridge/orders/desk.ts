/**
 * The order desk: keeps orders and delivers them once.
 *
 * Owns: one queue per source, and the record of every order since the start.
 * Guarantees: O1 to O4 of the README.
 * Refuses: to know what an order means; to give one up that can still be answered.
 */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { orderId, type OrderId } from '../contract/brand.ts';
import type { OrderRecord } from '../contract/records.ts';
import type { WireOrder } from '../contract/wire.ts';

/** First wait before an unanswered order is sent again, doubled up to the longest. ms */
export const RETRY_FIRST_MS = 1000;
export const RETRY_LONGEST_MS = 15_000;

/** As the journal keeps it. */
export interface KeptOrder {
  id: string;
  source: string;
  wire: WireOrder;
  record: OrderRecord;
  expires: number | null;
}
export interface OrderShelf {
  put(order: KeptOrder): Promise<void>;
  update(order: KeptOrder): Promise<void>;
  open(): KeptOrder[];
  recent(limit: number): KeptOrder[];
}
export interface Answer {
  status: 'accepted' | 'duplicate' | 'rejected';
  reason?: string;
}
export interface OrderDeskOptions {
  shelf: OrderShelf;
  /** Rejects when the link is lost or no answer came in time. */
  command: (source: string, order: WireOrder) => Promise<Answer>;
  /** What the picture of that source stands on now. */
  basedOn: (source: string) => WireOrder['basedOn'];
  clock: Clock;
  log: Log;
  /** With every change of an order, the first included. */
  onChange: (record: OrderRecord, wire: WireOrder) => void;
}
export interface Draft {
  source: string;
  type: string;
  target: string;
  args: Record<string, unknown>;
  by: string;
  /** ms from now, null for ever. */
  lifetime: number | null;
  detail?: string;
}

export interface OrderDesk {
  /** Resolves when it is kept; it is then on its way. */
  readonly give: (draft: Draft) => Promise<OrderId>;
  /** Takes up what the last run left; the newest orders are told again, open ones are sent. */
  readonly restore: () => void;
  /** The link of a source is there (again): what waits is sent now. */
  readonly reachable: (source: string) => void;
  readonly counts: () => { waiting: number; answered: number };
  /** Sends nothing any more. */
  readonly stop: () => void;
}

/** Shown again after a restart. */
const RECENT = 200;

interface Queue {
  waiting: KeptOrder[];
  sending: boolean;
  tries: number;
  cancel: (() => void) | null;
}

export const createOrderDesk = (options: OrderDeskOptions): OrderDesk => {
  const { shelf, command, basedOn, clock, log, onChange } = options;
  const queues = new Map<string, Queue>();
  let answered = 0;
  let stopped = false;

  const queueOf = (source: string): Queue => {
    const known = queues.get(source);
    if (known) return known;
    const made: Queue = { waiting: [], sending: false, tries: 0, cancel: null };
    queues.set(source, made);
    return made;
  };
  const change = (order: KeptOrder, record: Partial<OrderRecord>): void => {
    order.record = { ...order.record, ...record };
    onChange(order.record, order.wire);
  };
  /** The end of an order: kept before the next one leaves, so that a restart begins with that one. */
  const finish = async (queue: Queue, order: KeptOrder, record: Partial<OrderRecord>): Promise<void> => {
    change(order, record);
    if (order.record.status !== 'expired') answered += 1;
    queue.waiting.shift();
    queue.tries = 0;
    // Not kept: it would be sent again after a restart, with the same id, and acts once.
    await shelf
      .update(order)
      .catch((error: unknown) => log.warn({ order: order.id, error: String(error) }, 'answer not kept'));
  };
  const retry = (source: string, queue: Queue): void => {
    if (stopped) return;
    const wait = Math.min(RETRY_LONGEST_MS, RETRY_FIRST_MS * 2 ** Math.min(queue.tries, 10));
    queue.tries += 1;
    const expires = queue.waiting[0]?.expires ?? null;
    const most = expires === null ? wait : Math.max(1, Math.min(wait, expires - clock.now() + 1));
    queue.cancel = clock.after(most, () => void run(source));
  };
  const attempt = async (source: string, order: KeptOrder): Promise<Answer | null> => {
    change(order, { status: 'sent', tries: order.record.tries + 1 });
    try {
      return await command(source, order.wire);
    } catch (error) {
      log.debug({ order: order.id, error: String(error) }, 'order not answered');
      change(order, { status: 'waiting' });
      return null;
    }
  };
  const run = async (source: string): Promise<void> => {
    const queue = queueOf(source);
    queue.cancel?.();
    queue.cancel = null;
    if (queue.sending || stopped) return;
    queue.sending = true;
    try {
      for (let order = queue.waiting[0]; order && !stopped; order = queue.waiting[0]) {
        if (order.expires !== null && order.expires <= clock.now()) {
          await finish(queue, order, { status: 'expired', answeredAt: clock.now() });
          continue;
        }
        const answer = await attempt(source, order);
        if (!answer) {
          retry(source, queue);
          break;
        }
        const { reason: _before, ...record } = order.record;
        order.record = record;
        const reason = answer.reason === undefined ? {} : { reason: answer.reason };
        await finish(queue, order, { status: answer.status, answeredAt: clock.now(), ...reason });
      }
    } finally {
      queue.sending = false;
    }
  };

  return {
    give: async ({ source, type, target, args, by, lifetime, detail }) => {
      const at = clock.now();
      const id = orderId(`o-${at.toString(36)}-${randomBytes(8).toString('hex')}`);
      const wire: WireOrder = { orderId: id, type, target, args, by, at, basedOn: basedOn(source) };
      const record: OrderRecord = { id, source, type, target, by, at, status: 'waiting', tries: 0 };
      if (detail !== undefined) record.detail = detail;
      const order: KeptOrder = { id, source, wire, record, expires: lifetime === null ? null : at + lifetime };
      // The shelf answers in the order it was asked, so two given in a row are queued in that order.
      await shelf.put(order).catch((error: unknown) => {
        log.warn({ order: id, error: String(error) }, 'order not recorded');
        order.record = { ...order.record, reason: 'not-recorded' };
      });
      queueOf(source).waiting.push(order);
      onChange(order.record, wire);
      void run(source);
      return id;
    },
    restore: () => {
      for (const { record, wire } of shelf.recent(RECENT).reverse()) {
        if (record.status !== 'waiting' && record.status !== 'sent' && record.status !== 'expired') answered += 1;
        onChange(record, wire);
      }
      for (const order of shelf.open()) {
        order.record = { ...order.record, status: 'waiting' };
        queueOf(order.source).waiting.push(order);
        onChange(order.record, order.wire);
      }
      for (const source of queues.keys()) void run(source);
    },
    reachable: (source) => {
      const queue = queueOf(source);
      queue.tries = 0;
      void run(source);
    },
    counts: () => {
      let waiting = 0;
      for (const queue of queues.values()) waiting += queue.waiting.length;
      return { waiting, answered };
    },
    stop: () => {
      stopped = true;
      for (const queue of queues.values()) queue.cancel?.();
    },
  };
};
