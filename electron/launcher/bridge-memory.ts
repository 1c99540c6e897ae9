// How the bridge's memory is bounded and given back, for a process that runs for months. What each part costs the events stands in
// the bench README.
import { existsSync } from 'node:fs';

/**
 * For Node. The young objects of each of the bridge's seven threads may take 64 MB unless told otherwise, and in three of them do
 * between two great collections: half of the process. A semi-space of 8 MB makes it 16 MB a thread.
 */
export const NODE_FLAGS: readonly string[] = ['--max-semi-space-size=8'];

/**
 * glibc gives each thread an arena of its own and, once a large block was freed, keeps ever larger ones; what is free in them
 * is not the system's again, and the process seems to grow although nothing in it does. Two arenas, and large blocks that go back
 * as they are freed. Other allocators pass over it.
 */
export const GLIBC: Readonly<Record<string, string>> = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '1048576',
  MALLOC_TRIM_THRESHOLD_: '4194304',
};

/** jemalloc gives back whatever has lain free for a second, wherever it lies. Debian: `libjemalloc2`. */
const JEMALLOC = [
  '/usr/lib/x86_64-linux-gnu/libjemalloc.so.2',
  '/usr/lib/aarch64-linux-gnu/libjemalloc.so.2',
  '/usr/lib64/libjemalloc.so.2',
  '/usr/lib/libjemalloc.so.2',
];
const DECAY = 'background_thread:true,narenas:2,dirty_decay_ms:1000,muzzy_decay_ms:0';

/** The environment of a bridge that is a process of Node's: the best allocator that the machine has. */
export const allocator = (exists: (file: string) => boolean = existsSync): Readonly<Record<string, string>> => {
  const found = JEMALLOC.find(exists);
  return found === undefined ? GLIBC : { LD_PRELOAD: found, MALLOC_CONF: DECAY };
};
