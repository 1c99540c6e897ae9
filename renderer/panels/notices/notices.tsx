/**
 * What became of what was asked.
 *
 * Owns: the stack of orders in flight and of refusals. Guarantees: P4; an order stands here from the moment the bridge
 * keeps it until a while after its answer, and as long as it waits; a refusal says why. Refuses: to cover an alarm.
 */
import { useSyncExternalStore } from 'react';
import { useDesign } from '../../design/design.tsx';
import { word } from '../../design/locale/words.ts';
import type { OrderRecord, OrderStatus } from '../../../native-bridge/contract/records.ts';
import { deskOf } from '../../store/desk.ts';
import { useCollection, useFengsui, useNow } from '../../store/hooks.ts';
import './notices.css';

/** An answered order stands this long, ms; one that was turned down twice as long. */
const STANDS = 8000;
const PENDING: ReadonlySet<OrderStatus> = new Set(['waiting', 'sent']);
const REFUSED: ReadonlySet<OrderStatus> = new Set(['rejected', 'expired']);
const ROOM = 4;

const stands = (order: OrderRecord, now: number): boolean =>
  PENDING.has(order.status) || now - (order.answeredAt ?? order.at) < STANDS * (REFUSED.has(order.status) ? 2 : 1);

/** Answers that say the same stand in one line with their number; what waits or was turned down stands for itself. */
const alike = (orders: readonly OrderRecord[]): [newest: OrderRecord, more: number][] => {
  const lines: [OrderRecord, number][] = [];
  const held = new Map<string, [OrderRecord, number]>();
  for (const order of orders) {
    const { status, type, reason } = order;
    const key = PENDING.has(status) || REFUSED.has(status) ? order.id : `${status}/${type}/${reason ?? ''}`;
    const line = held.get(key);
    if (line) line[1] += 1;
    else {
      const own: [OrderRecord, number] = [order, 0];
      held.set(key, own);
      lines.push(own);
    }
  }
  return lines;
};

export const Notices = () => {
  const store = useFengsui();
  const { words, format } = useDesign();
  const now = useNow();
  const orders = [...useCollection('order', 100).values()]
    .filter((order) => stands(order, now))
    .sort((a, b) => b.at - a.at);
  const { notices } = deskOf(store);
  const refusals = useSyncExternalStore(notices.subscribe, () => notices.getState().list);
  const lines = alike(orders);
  const shown = lines.slice(0, ROOM);
  return (
    <ol className="notices" aria-live="polite" data-testid="notices">
      {refusals.map((notice) => (
        <li key={notice.id} className="notice" data-status="refused">
          <span className="plate">{words.order.refused}</span>
          <span className="value">
            {notice.command !== null && `${word(words.order.type, notice.command)} · `}
            {notice.code === 'nothing'
              ? words.order.nothing
              : word(words.order.code, Object.hasOwn(words.order.code, notice.code) ? notice.code : notice.text)}
          </span>
        </li>
      ))}
      {shown.map(([order, more]) => (
        <li key={order.id} className="notice" data-status={order.status} data-order-id={order.id}>
          <span className={REFUSED.has(order.status) ? 'plate' : 'plate outlined'}>
            {words.order.status[order.status]}
          </span>
          <span className="value">
            {word(words.order.type, order.type)}
            {more > 0 && ` × ${more + 1}`}
          </span>
          {order.reason !== undefined && <span>{order.reason}</span>}
          {PENDING.has(order.status) && (
            <span className="quiet">
              {format.span(now - order.at)}
              {order.tries > 1 && ` · ${words.order.tries(order.tries)}`}
            </span>
          )}
        </li>
      ))}
      {lines.length > shown.length && (
        <li className="notice quiet">
          {words.alarm.more(lines.slice(ROOM).reduce((all, [, more]) => all + 1 + more, 0))}
        </li>
      )}
    </ol>
  );
};
