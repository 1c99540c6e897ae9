/**
 * The loopback server: the page, the site's files, health, metrics, and the port over WebSocket.
 *
 * Owns: one HTTP server on 127.0.0.1.
 * Guarantees: T7 and T8; closing takes well under a second, whoever is connected.
 * Refuses: other hosts, other methods than GET and HEAD, messages over 1 MiB, text messages.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Log } from '../base/log.ts';
import type { Health } from '../contract/health.ts';
import { serveFiles, type Folders } from './files.ts';
import { foreignOrigin, HEADERS, loopbackHost, policyFor, refusal, TOKEN_PREFIX } from './guard.ts';
import type { Inlet, Outlet } from './types.ts';

export interface LoopbackOptions {
  /** 0: any free one. */
  port: number;
  token: string;
  folders: Folders;
  health: () => Health;
  /** Prometheus text. */
  metrics: () => Promise<string>;
  join: (outlet: Outlet) => Inlet;
  log: Log;
}
export interface Loopback {
  readonly port: number;
  close(): Promise<void>;
}

const MOST_BYTES = 1024 * 1024;
const UNSUPPORTED = 1003;
const GOING_AWAY = 1001;
const POLICY = 1008;

const carry = (socket: WebSocket, join: LoopbackOptions['join'], log: Log): void => {
  const inlet = join({
    send: (bytes) => {
      if (socket.readyState === socket.OPEN) socket.send(bytes, { binary: true });
    },
    backlog: () => socket.bufferedAmount,
    close: (why) => socket.close(why === 'closing' ? GOING_AWAY : POLICY, why),
  });
  socket.on('message', (data, isBinary) => {
    if (!isBinary) socket.close(UNSUPPORTED, 'text');
    else if (Buffer.isBuffer(data)) inlet.receive(data);
  });
  socket.on('close', inlet.closed);
  socket.on('error', (error) => log.debug({ error: String(error) }, 'socket'));
};

/** Rejects when the port cannot be had. */
export const openLoopback = async (options: LoopbackOptions): Promise<Loopback> => {
  const { token, log } = options;
  const serve = serveFiles(options.folders);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MOST_BYTES,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(TOKEN_PREFIX + token) ? TOKEN_PREFIX + token : false),
  });
  const portOf = (): number => (server.address() as AddressInfo).port;

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const plain = (status: number, text: string): void => {
      response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(text);
    };
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    const host = loopbackHost(request, portOf());
    if (host === null || foreignOrigin(request, host)) return plain(403, 'only from this machine\n');
    response.setHeader('Content-Security-Policy', policyFor(host));
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return plain(405, 'only GET and HEAD\n');
    }
    const [path = '/'] = (request.url ?? '/').split('?');
    if (path === '/health') {
      const text = JSON.stringify(options.health());
      response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }).end(text);
    } else if (path === '/metrics') {
      const text = await options.metrics();
      response
        .writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8', 'Cache-Control': 'no-store' })
        .end(text);
    } else if (path === '/port') plain(426, 'this is a WebSocket\n');
    else serve(request, response, path);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      log.error({ error: String(error) }, 'request failed');
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => undefined);
    const refused = refusal(request, portOf(), token);
    if (refused) {
      log.warn({ why: refused.why }, 'connection refused');
      socket.end(`HTTP/1.1 ${refused.status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (ws) => carry(ws, options.join, log));
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen({ port: options.port, host: '127.0.0.1', exclusive: true }, () => {
      server.off('error', failed);
      server.on('error', (error) => log.error({ error: String(error) }, 'server'));
      listening();
    });
  });
  return {
    port: portOf(),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const ws of sockets.clients) ws.terminate();
        server.closeAllConnections();
      }),
  };
};
