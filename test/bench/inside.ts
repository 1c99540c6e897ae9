// A look into the bridge's heaps from outside, by the debugger's door that Node opens on SIGUSR1: its own and each thread's.
// Guarantees: what is told is after a collection. Refuses: a process that is not Node's.
const DOOR = 'http://127.0.0.1:9229/json';
const OPENS_MS = 10_000;
const MB = 2 ** 20;
/** The bridge's own, in what is told beside its threads. */
const MAIN = 'main';

interface Usage {
  usedSize?: number;
  backingStorageSize?: number;
}
interface Message {
  id?: number;
  method?: string;
  params?: { sessionId?: string; message?: string; workerInfo?: { url?: string } };
  result?: Usage;
}
type Ask = (method: string) => Promise<Message>;
export interface Inside {
  /** MB in use after a collection, objects and the memory that buffers hold, by thread: `main`, or the name of its file. */
  used(): Promise<Readonly<Record<string, number>>>;
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

/** One end that is asked: numbers its questions, and finds whom an answer is for. */
const asker = (
  send: (text: string) => void,
): { ask: (method: string, params?: object) => Promise<Message>; heard: (reply: Message) => void } => {
  const waiting = new Map<number, (reply: Message) => void>();
  let id = 0;
  return {
    ask: (method, params = {}) =>
      new Promise((go) => {
        waiting.set(++id, go);
        send(JSON.stringify({ id, method, params }));
      }),
    heard: (reply) => {
      if (reply.id === undefined) return;
      waiting.get(reply.id)?.(reply);
      waiting.delete(reply.id);
    },
  };
};

const usedBy = async (ask: Ask): Promise<number> => {
  await ask('HeapProfiler.collectGarbage');
  const { result } = await ask('Runtime.getHeapUsage');
  if (result?.usedSize === undefined) throw new Error('the bridge does not tell its heap');
  return (result.usedSize + (result.backingStorageSize ?? 0)) / MB;
};

export const lookInside = async (pid: number): Promise<Inside> => {
  process.kill(pid, 'SIGUSR1');
  const socket = new WebSocket(await doorOf());
  await new Promise((go) => socket.addEventListener('open', go, { once: true }));
  const main = asker((text) => socket.send(text));
  const threads = new Map<string, { name: string } & ReturnType<typeof asker>>();
  socket.addEventListener('message', ({ data }) => {
    const said = JSON.parse(String(data)) as Message;
    const { sessionId = '', message, workerInfo } = said.params ?? {};
    if (said.method === 'NodeWorker.attachedToWorker')
      threads.set(sessionId, {
        name: (workerInfo?.url ?? '').replace(/^.*\//, '').replace(/\.[a-z]+$/, ''),
        ...asker((text) => void main.ask('NodeWorker.sendMessageToWorker', { sessionId, message: text })),
      });
    else if (said.method === 'NodeWorker.detachedFromWorker') threads.delete(sessionId);
    else if (said.method === 'NodeWorker.receivedMessageFromWorker')
      threads.get(sessionId)?.heard(JSON.parse(message ?? '{}') as Message);
    else main.heard(said);
  });
  await main.ask('NodeWorker.enable', { waitForDebuggerOnStart: false });
  return {
    used: async () => {
      const told: Record<string, number> = { [MAIN]: await usedBy(main.ask) };
      for (const { name, ask } of [...threads.values()]) told[name] = (told[name] ?? 0) + (await usedBy(ask));
      return told;
    },
    close: () => socket.close(),
  };
};
