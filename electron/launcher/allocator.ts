// How the bridge's memory is given back, for a process that runs for months. Shared by the launcher and the Electron shell.
// glibc gives each thread an arena of its own and, once a large block was freed, keeps ever larger ones; what is free in them
// is not the system's again, and the process seems to grow although nothing in it does. Two arenas, and large blocks that go back
// as they are freed: batches cost the same, single messages up to a tenth more (bench README). Other allocators pass over it.
export const ALLOCATOR: Readonly<Record<string, string>> = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '1048576',
  MALLOC_TRIM_THRESHOLD_: '4194304',
};
