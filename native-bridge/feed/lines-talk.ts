/**
 * What passes between the bridge and its receiving thread.
 *
 * Owns: the shapes of that one channel. Guarantees: everything is structured-clonable, slabs are transferred.
 * Refuses: nothing.
 */
import type { Slab } from './slab.ts';
import type { Wire } from './sockets.ts';

/** So many slabs may be under way, a megabyte of small messages; what more there is waits at the sockets. */
export const MOST_SLABS = 8;

export type ToThread =
  | { t: 'open'; line: number; wire: Wire }
  | { t: 'ask'; line: number; ticket: number; frames: string[] }
  | { t: 'topic'; line: number; topic: string; wanted: boolean }
  /** A slab has been read. */
  | { t: 'read' }
  | { t: 'close'; line: number }
  | { t: 'end' };

export type FromThread =
  | { t: 'slab'; slab: Slab }
  | { t: 'up' | 'down'; line: number }
  | { t: 'refused' | 'failed'; line: number; why: string }
  | { t: 'asked'; ticket: number; sent: boolean };
