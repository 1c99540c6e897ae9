// One start of the console's back half: opens a journal, reads the state and makes the picture of it. Tells how long
// after the start of the process it stood.
import { performance } from 'node:perf_hooks';
import { receiveTime } from '../../native-bridge/contract/brand.ts';
import { AGE_LIMITS } from '../../native-bridge/contract/staleness.ts';
import { openJournal } from '../../native-bridge/journal/journal.ts';
import { NOTHING_KNOWN } from '../../native-bridge/picture/desk.ts';
import { createPicture } from '../../native-bridge/picture/picture.ts';

const loaded = performance.now();
const journal = await openJournal({
  dir: process.argv[2] ?? '',
  durability: 'process',
  retentionDays: 3650,
  maxBytes: 2 ** 40,
});
const limits = { floodBegins: 10, floodEnds: 5, chattering: 5, box: AGE_LIMITS.box, utcOffsetHours: 8 };
const picture = createPicture({ site: NOTHING_KNOWN, limits });
const opened = performance.now();
picture.restore(journal.state.read(), receiveTime(Date.now()));
let tail = 0;
for await (const { entry } of journal.tail(journal.state.mark())) tail += entry.frame.n;
const stood = performance.now();
const { devices } = picture.summary();
console.log(JSON.stringify({ loaded, opened, stood, devices, tail }));
await journal.close();
process.exit(0);
