/**
 * Owns: which orders were answered, and how: an order sent twice acts once.
 * Guarantees: with a file, an answer is on disk before it is given, so a restart does not forget it.
 * Refuses: an order without an id or a type.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { WireOrder } from '../contract/wire.ts';

export type Verdict = { readonly accepted: true } | { readonly accepted: false; readonly reason: string };
export type Answer = {
  readonly status: 'accepted' | 'duplicate' | 'rejected';
  readonly orderId: string;
  readonly reason?: string;
};

/** Orders remembered; a console retries within hours, this is weeks of them. */
const REMEMBERED = 100_000;

export class OrderBook {
  readonly #answers = new Map<string, Verdict>();
  readonly #act: (order: WireOrder) => Verdict;
  readonly #file: string | undefined;

  constructor(act: (order: WireOrder) => Verdict, file?: string) {
    this.#act = act;
    this.#file = file;
    if (file === undefined || !existsSync(file)) return;
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      const kept = parse(line);
      if (kept !== null) this.#answers.set(kept.orderId, kept.verdict);
    }
  }

  answer(map: Readonly<Record<string, unknown>> | null): Answer {
    const orderId = map?.['orderId'];
    if (map === null || typeof orderId !== 'string' || orderId === '') {
      return { status: 'rejected', orderId: '', reason: 'orderId: expected text' };
    }
    const known = this.#answers.get(orderId);
    if (known !== undefined) {
      return known.accepted ? { status: 'duplicate', orderId } : { status: 'rejected', orderId, reason: known.reason };
    }
    const { type, target, args, by, at, basedOn } = map;
    if (typeof type !== 'string') return { status: 'rejected', orderId, reason: 'type: expected text' };
    const verdict = this.#act({
      orderId,
      type,
      target: typeof target === 'string' ? target : '',
      args: typeof args === 'object' && args !== null ? (args as Record<string, unknown>) : {},
      by: typeof by === 'string' ? by : '',
      at: typeof at === 'number' ? at : 0,
      basedOn: basedOn as WireOrder['basedOn'],
    });
    this.#remember(orderId, verdict);
    return verdict.accepted ? { status: 'accepted', orderId } : { status: 'rejected', orderId, reason: verdict.reason };
  }

  #remember(orderId: string, verdict: Verdict): void {
    if (this.#file !== undefined) appendFileSync(this.#file, `${JSON.stringify({ orderId, verdict })}\n`);
    this.#answers.set(orderId, verdict);
    if (this.#answers.size > REMEMBERED) {
      const oldest = this.#answers.keys().next().value;
      if (oldest !== undefined) this.#answers.delete(oldest);
    }
  }
}

function parse(line: string): { orderId: string; verdict: Verdict } | null {
  if (line === '') return null;
  try {
    return JSON.parse(line) as { orderId: string; verdict: Verdict };
  } catch {
    return null; // A torn last line: that answer was never given.
  }
}
