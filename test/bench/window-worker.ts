// A window of the ingest benchmarks, in a thread of its own: takes what it is sent and answers each message, as windows do.
// Guarantees: says 'open' once it is connected. Refuses: to read what it is sent.
import { parentPort, workerData } from 'node:worker_threads';
import { WebSocket } from 'ws';

const socket = new WebSocket(`ws://127.0.0.1:${String(workerData)}`, { perMessageDeflate: false });
socket.on('open', () => parentPort?.postMessage('open'));
socket.on('message', (_data, isBinary) => {
  // The naive assembly waits for nobody.
  if (isBinary) socket.send('drawn');
});
