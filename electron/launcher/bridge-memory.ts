// How the bridge's memory is bounded and given back, for a process that runs for months. Shared by the launcher and the Electron
// shell; what each part costs the events stands in the bench README.

/**
 * For its environment. glibc gives each thread an arena of its own and, once a large block was freed, keeps ever larger ones; what
 * is free in them is not the system's again, and the process seems to grow although nothing in it does. Two arenas, and large
 * blocks that go back as they are freed. Other allocators pass over it.
 */
export const ALLOCATOR: Readonly<Record<string, string>> = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '1048576',
  MALLOC_TRIM_THRESHOLD_: '4194304',
};

/**
 * For Node. The young objects of each of its seven threads may take 64 MB unless told otherwise, and in three of them do, between
 * two great collections: half of the process. A semi-space of 8 MB makes it 16 MB a thread.
 */
export const NODE_FLAGS: readonly string[] = ['--max-semi-space-size=8'];
