// A tap on one TCP address: what connects here is passed on as it is, and the bytes that come back are counted.
// Guarantees: nothing is read, so it works on encrypted lines alike; everything is closed after `close`.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Tap {
  /** `tcp://127.0.0.1:<port>` */
  readonly address: string;
  /** Bytes that came from the far side so far. */
  bytes(): number;
  close(): void;
}

/** `address`: `tcp://host:port`. */
export const tapOn = async (address: string): Promise<Tap> => {
  const { hostname, port } = new URL(address);
  const open = new Set<Socket>();
  let bytes = 0;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    far.on('data', (chunk) => (bytes += chunk.length));
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    address: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bytes: () => bytes,
    close: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
};
