// Loaded into every child before its own code: when the launcher is gone, even by kill -9, the child ends too.
// The tie is the IPC channel; it never keeps the child alive by itself.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
