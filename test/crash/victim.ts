// A bridge's journal under load, waiting to be killed: tells on standard output what it was told is safe.
import { writeSync } from 'node:fs';
import { receiveTime, orderId } from '../../native-bridge/contract/brand.ts';
import type { StoredOrder } from '../../native-bridge/journal/types.ts';
import { openJournal } from '../../native-bridge/journal/journal.ts';

const [dir = '', durability = 'process'] = process.argv.slice(2);
const journal = await openJournal({
  dir,
  durability: durability === 'power-loss' ? 'power-loss' : 'process',
  retentionDays: 30,
  maxBytes: 2 ** 34,
});
const held = journal.coverage().find((log) => log.source === 's')?.held ?? [];
let seq = (held.at(-1)?.[1] ?? 0) + 1;
const upTo: { position: number; seq: number }[] = [];
journal.onCommitted(({ position, recorded }) => {
  let safe = 0;
  while (upTo.length > 0 && (upTo[0]?.position ?? 0) <= position) safe = upTo.shift()?.seq ?? 0;
  if (recorded && safe > 0) writeSync(1, `safe ${safe}\n`);
});
const body = (from: number, n: number): Buffer =>
  Buffer.from(
    JSON.stringify(
      Array.from({ length: n }, (_, i) => ({
        id: `r${from + i}`,
        deviceId: `d${(from + i) % 977}`,
        ts: 1_700_000_000_000 + from,
        values: { a: (from + i) % 89 },
      })),
    ),
  );
const order = (n: number): StoredOrder => ({
  id: `o${n}`,
  source: 's',
  expires: null,
  wire: { orderId: `o${n}`, type: 't', target: 'x', args: {}, by: 'b', at: 1, basedOn: { epoch: 'e', seq: 0, at: 0 } },
  record: {
    id: orderId(`o${n}`),
    source: 's',
    type: 't',
    target: 'x',
    by: 'b',
    at: receiveTime(1),
    status: 'waiting',
    tries: 0,
  },
});
// About 20,000 events a second, in messages of 40, with state, orders and rejects among them.
for (let turn = 0; ; turn++) {
  const heard = receiveTime(Date.now());
  for (let i = 0; i < 5; i++, seq += 40) {
    const rejects = turn % 7 === 0 && i === 0;
    const position = journal.append(
      {
        frame: {
          source: 's',
          epoch: 'e',
          topic: 's.x',
          seq,
          n: 40,
          from: seq,
          to: seq + 39,
          ts: heard,
          heard,
          manner: 'live',
          body: body(seq, 40),
        },
        rejected: rejects ? [3] : [],
        atFrom: heard,
        atTo: heard,
        broken: false,
      },
      rejects
        ? [
            {
              source: 's',
              topic: 's.x',
              epoch: 'e',
              seq: seq + 3,
              reason: 'shape',
              path: '',
              detail: '',
              heard,
              raw: new Uint8Array(9),
            },
          ]
        : [],
      i === 4,
    );
    upTo.push({ position, seq: seq + 39 });
  }
  if (turn % 10 === 0) {
    const made = order(seq);
    void journal.orders.put(made).then(
      () => writeSync(1, `order ${made.id}\n`),
      () => undefined,
    );
  }
  await new Promise((resolve) => setTimeout(resolve, 10));
}
