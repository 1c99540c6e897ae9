/**
 * What the threads of this room say to each other and to the bridge.
 *
 * Owns: these shapes. Guarantees: bytes in them are copied or transferred, never shared. Refuses: nothing.
 */
import type { KeptRemoves } from './mirror.ts';
import type { ChronicleOptions } from './chronicle.ts';

export type RecorderOptions = ChronicleOptions;
/** One step of the picture. `parts`: packed puts. */
export type ToRecorder =
  { t: 'step'; at: number; whole: boolean; parts: Uint8Array[]; removes: KeptRemoves } | { t: 'close' };
export type FromRecorder =
  /** The step is taken in; `reason`: it could not be written, and why. */
  { t: 'taken'; reason: string | null } | { t: 'closed' };

export interface ShowsOptions {
  /** The file of what was shown. */
  file: string;
  /** The folder of clips. */
  clips: string;
  version: string;
  drill: boolean;
  /** The site's card, packed. */
  site: Uint8Array;
}
/** `id` names a window's connection. */
export type ToShows =
  | { t: 'join'; id: number }
  | { t: 'in'; id: number; bytes: Uint8Array }
  | { t: 'sent'; id: number; bytes: number; backlog: number }
  | { t: 'gone'; id: number };
export type FromShows =
  { t: 'out'; id: number; bytes: Uint8Array; picture: boolean } | { t: 'close'; id: number; why: string };
