/**
 * The loopback WebSocket: subprotocol `fengsui.<token>`, binary messages only.
 *
 * Owns: one WebSocket per connection.
 * Guarantees: the events of `transport.ts`.
 * Refuses: text messages; the protocol has none.
 */
import { once, type Transport } from './transport.ts';

export const webSocketTransport =
  (url: string, token: string): Transport =>
  (listener) => {
    const events = once(listener);
    const socket = new WebSocket(url, `fengsui.${token}`);
    socket.binaryType = 'arraybuffer';
    socket.onopen = events.opened;
    socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (data instanceof ArrayBuffer) events.message(new Uint8Array(data));
      else {
        events.closed('text message');
        socket.close();
      }
    };
    socket.onclose = ({ code }) => events.closed(`closed ${code}`);
    return {
      send: (bytes) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(bytes);
      },
      close: () => {
        socket.close();
        events.closed('closed here');
      },
    };
  };
