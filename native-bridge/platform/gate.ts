/**
 * Owns: who may connect: a ZAP handler (RFC 27) for CURVE client keys.
 * Guarantees: only the keys named pass; one gate per ZeroMQ context.
 * Refuses: every other mechanism and key. Without a gate CURVE still encrypts, and lets any client key in.
 */
import { Reply, type Context } from 'zeromq';

const ENDPOINT = 'inproc://zeromq.zap.01';

/** Z85 of a key of 32 bytes (RFC 32). */
export function toZ85(key: Uint8Array): string {
  const alphabet = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#';
  const view = new DataView(key.buffer, key.byteOffset, key.byteLength);
  let text = '';
  for (let at = 0; at + 4 <= key.byteLength; at += 4) {
    let word = view.getUint32(at);
    let five = '';
    for (let i = 0; i < 5; i++) {
      five = alphabet.charAt(word % 85) + five;
      word = Math.floor(word / 85);
    }
    text += five;
  }
  return text;
}

export interface Gate {
  close(): void;
}

export async function openGate(context: Context, allowed: readonly string[]): Promise<Gate> {
  const socket = new Reply({ context, linger: 0 });
  await socket.bind(ENDPOINT);
  const answer = async (): Promise<void> => {
    for await (const [version, id, , , , mechanism, key] of socket) {
      const isIn = mechanism?.toString() === 'CURVE' && key !== undefined && allowed.includes(toZ85(key));
      const [status, word] = isIn ? ['200', 'OK'] : ['400', 'unknown client key'];
      await socket.send([version ?? '1.0', id ?? '', status, word, isIn && key ? toZ85(key) : '', '']);
    }
  };
  // The loop ends when the socket is closed; a refused send then is of no account.
  void answer().catch(() => undefined);
  return { close: () => socket.close() };
}
