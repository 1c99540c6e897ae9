/**
 * How many messages may wait in ZeroMQ's queue, so that they weigh no more than a bound in bytes.
 *
 * Owns: the weight of the messages of late. Guarantees: large ones lower the number within a few messages, small ones
 *   raise it slowly. Refuses: more than `MOST` and fewer than `LEAST`; a queue is needed to ride out a pause.
 */

/** What one socket may hold back in memory. Beyond it TCP slows the sender, whose own queue drops, and numbers tell. */
export const QUEUE_BYTES = 64 * 1024 * 1024;
/** 100,000 messages a second through a stall of one second. */
export const MOST = 100_000;
export const LEAST = 16;

export class QueueBound {
  #mean = 256;
  /** The number in force. */
  most = MOST;

  /** Takes a message of so many bytes into account; true when `most` has changed. */
  heard(bytes: number): boolean {
    this.#mean += (bytes - this.#mean) / (bytes > this.#mean ? 8 : 1024);
    const most = Math.max(LEAST, Math.min(MOST, Math.floor(QUEUE_BYTES / this.#mean)));
    // Not for every message: a fifth up or down.
    if (most > this.most * 0.8 && most < this.most * 1.25) return false;
    this.most = most;
    return true;
  }
}
