/**
 * What decode makes of one message: events of one topic, checked, in the console's units and WGS-84.
 *
 * Owns: the shape that travels decode → journal → picture inside the bridge.
 * Guarantees: `events[i]` is number `seq + i` of its log; a quarantined neighbour leaves `null` in its place.
 * Refuses: unknown streams; those are journaled as raw bytes and counted, and have no observation.
 */
import type { ReceiveTime } from './brand.ts';
import type { Stream, StreamEvent } from './wire.ts';

/** `snapshot` events are latest state and have no numbers of their own (`seq` is then that of the snapshot's end). */
export type Manner = 'live' | 'replay' | 'snapshot' | 'restored';

export type Observation = {
  [S in Stream]: {
    source: string;
    stream: S;
    epoch: string;
    seq: number;
    manner: Manner;
    heard: ReceiveTime;
    events: readonly (StreamEvent[S] | null)[];
  };
}[Stream];
