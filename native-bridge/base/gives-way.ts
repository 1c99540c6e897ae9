/**
 * A thread that gives way: work that may be late does not take the processor from what must not be.
 *
 * Owns: the calling thread's place in the queue. Guarantees: the other threads of the process keep theirs. Refuses: where a
 *   priority belongs to whole processes (everywhere but Linux): there nothing is done.
 */
import { setPriority } from 'node:os';

/** Of 20 steps down: runs at a tenth of the share of an ordinary thread when both want the same processor. */
const NICE = 10;

/** To be called by a thread other than the main one. */
export function giveWay(): void {
  if (process.platform !== 'linux') return;
  // Linux: 0 is the calling thread, not its process.
  setPriority(0, NICE);
}
