// Free loopback ports. Guarantees: each port returned could be bound a moment ago on 127.0.0.1.
import { createServer } from 'node:net';

const canBind = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const server = createServer();
    server.once('error', () => {
      done(false);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      server.close(() => {
        done(true);
      }),
    );
  });

export const isFree = canBind;

/** Below the range from which the system hands out ports by itself, so that nothing else takes one by chance. */
const LOWEST = 20_000;
const HIGHEST = 32_000;

/** The first of `count` free ports in a row: a drill that is revived comes back on the same ones. */
export const freeRange = async (count: number): Promise<number> => {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const base = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST - count));
    const ports = Array.from({ length: count }, (_, i) => base + i);
    if ((await Promise.all(ports.map(canBind))).every(Boolean)) return base;
  }
  throw new Error(`no ${String(count)} free loopback ports in a row`);
};
