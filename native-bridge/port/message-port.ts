/**
 * MessagePorts from the shell: under Electron each window gets one end, this process the other.
 *
 * Owns: the parent's channel. Guarantees: the same bytes as on a WebSocket, one `Uint8Array` a message.
 * Refuses: anything else on a port: it is closed.
 */
import type { Inlet, Outlet } from './types.ts';

/** The part of Electron's `MessagePortMain` that is used; this process has no Electron types. */
export interface ShellPort {
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
  on(event: 'message', act: (message: { data: unknown }) => void): unknown;
  on(event: 'close', act: () => void): unknown;
}
export interface ParentPort {
  on(event: 'message', act: (message: { data: unknown; ports: ShellPort[] }) => void): unknown;
  postMessage(message: unknown): void;
}

/** `process.parentPort` of a utility process; `null` under plain node. */
export const parentPort = (): ParentPort | null => {
  const port: unknown = Reflect.get(process, 'parentPort');
  return typeof port === 'object' && port !== null && 'postMessage' in port && 'on' in port
    ? (port as ParentPort)
    : null;
};

export const carryPort = (port: ShellPort, join: (outlet: Outlet) => Inlet): void => {
  /** Bytes of frames since the window last said anything: Electron does not tell what waits in a port. */
  let unheard = 0;
  const inlet = join({
    send: (bytes, picture = false) => {
      if (picture) unheard += bytes.byteLength;
      // A copy of its own: a view would take the whole packing buffer with it.
      port.postMessage(new Uint8Array(bytes));
    },
    backlog: () => unheard,
    close: () => port.close(),
  });
  port.on('message', ({ data }) => {
    unheard = 0;
    if (data instanceof Uint8Array) inlet.receive(data);
    else port.close();
  });
  port.on('close', inlet.closed);
  port.start();
};

/** Every port that the shell sends is a viewer. */
export const openMessagePorts = (parent: ParentPort, join: (outlet: Outlet) => Inlet): void => {
  parent.on('message', ({ ports }) => {
    for (const port of ports) carryPort(port, join);
  });
};
