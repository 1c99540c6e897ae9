// A look into the bridge's heap from outside, by the debugger's door that Node opens on SIGUSR1.
// Guarantees: what is told is after a collection. Refuses: a process that is not Node's.
const DOOR = 'http://127.0.0.1:9229/json';
const OPENS_MS = 10_000;
const MB = 2 ** 20;

interface Reply {
  id?: number;
  result?: { usedSize?: number; embedderHeapUsedSize?: number; backingStorageSize?: number };
}
export interface Inside {
  /** MB in use after a collection: objects, and the memory that buffers hold. */
  used(): Promise<number>;
  close(): void;
}

const doorOf = async (): Promise<string> => {
  for (const until = Date.now() + OPENS_MS; Date.now() < until;) {
    try {
      const [first] = (await (await fetch(DOOR)).json()) as { webSocketDebuggerUrl?: string }[];
      if (first?.webSocketDebuggerUrl !== undefined) return first.webSocketDebuggerUrl;
    } catch {
      // Not open yet.
    }
    await new Promise((go) => setTimeout(go, 100));
  }
  throw new Error('the bridge did not open its debugger');
};

export const lookInside = async (pid: number): Promise<Inside> => {
  process.kill(pid, 'SIGUSR1');
  const socket = new WebSocket(await doorOf());
  await new Promise((go) => socket.addEventListener('open', go, { once: true }));
  const waiting = new Map<number, (reply: Reply) => void>();
  socket.addEventListener('message', ({ data }) => {
    const reply = JSON.parse(String(data)) as Reply;
    if (reply.id !== undefined) waiting.get(reply.id)?.(reply);
  });
  let id = 0;
  const ask = (method: string): Promise<Reply> =>
    new Promise((go) => {
      waiting.set(++id, go);
      socket.send(JSON.stringify({ id, method }));
    });
  return {
    used: async () => {
      await ask('HeapProfiler.collectGarbage');
      const { result } = await ask('Runtime.getHeapUsage');
      if (result?.usedSize === undefined) throw new Error('the bridge does not tell its heap');
      return (result.usedSize + (result.backingStorageSize ?? 0)) / MB;
    },
    close: () => socket.close(),
  };
};
