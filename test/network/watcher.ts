// A window beside the bridge, in its namespace: tells twenty times a second what the wall shows.
import { Viewer } from '../bridge/viewer.ts';

export interface Seen {
  at: number;
  link: string;
  /** Event time of the newest reading on the wall. */
  newest: number;
  lastSeq: number;
  journaled: number;
  duplicates: number;
  devices: number;
  lagMs: number;
  holes: number;
}
const [port = '', token = ''] = process.argv.slice(2);
const viewer = await Viewer.open(Number(port), token);
let newest = 0;
viewer.onPut = (collection, record) => {
  if (collection === 'device' && 'at' in record && record.at > newest) newest = record.at;
};
setInterval(() => {
  const feed = viewer.get('feed', 'fire-iot');
  const seen: Seen = {
    at: Date.now(),
    link: feed?.link ?? 'lost',
    newest,
    lastSeq: feed?.lastSeq ?? 0,
    journaled: feed?.journaled ?? 0,
    duplicates: feed?.duplicates ?? 0,
    devices: viewer.all('device').length,
    lagMs: feed?.lagMs ?? 0,
    holes: viewer.holes.length,
  };
  process.stdout.write(`${JSON.stringify(seen)}\n`);
}, 50);
