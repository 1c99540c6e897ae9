/**
 * Commands on their way and their answers on the way back.
 *
 * Owns: the numbers of commands and who waits for each.
 * Guarantees: L5, exactly one answer or error for each; an answer to a number nobody waits for is ignored.
 * Refuses: to send twice; whoever asked decides that.
 */
import type { BridgeMessage, CommandName, Commands, ToViewer } from '../../native-bridge/contract/port.ts';
import { IntentRefused, type Send } from '../store/intents.ts';

/** The bridge keeps an order before it answers: that takes milliseconds, and seconds mean that it hangs. */
export const ANSWER_MS = 8000;

interface Waiting {
  answer: (result: never) => void;
  refuse: (why: IntentRefused) => void;
  timer: ReturnType<typeof setTimeout>;
}
export interface CommandDesk {
  send: Send;
  answered: (answer: ToViewer['answer']) => void;
  /** Everyone who waits is told; the bridge may or may not have kept it, and orders show which. */
  lost: () => void;
}

export const createCommandDesk = (out: (message: BridgeMessage) => void, answerMs = ANSWER_MS): CommandDesk => {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  const take = (id: number): Waiting | undefined => {
    const found = waiting.get(id);
    if (!found) return undefined;
    clearTimeout(found.timer);
    waiting.delete(id);
    return found;
  };
  return {
    send: <N extends CommandName>(name: N, args: Commands[N]['args'], by: string) =>
      new Promise<Commands[N]['result']>((answer, refuse) => {
        const id = ++last;
        const timer = setTimeout(
          () => take(id)?.refuse(new IntentRefused('timeout', `no answer to ${name} in ${answerMs} ms`)),
          answerMs,
        );
        waiting.set(id, { answer, refuse, timer });
        out({ t: 'command', id, name, args, by });
      }),
    answered: (message) => {
      const found = take(message.id);
      if (!found) return;
      if (message.ok) found.answer(message.result as never);
      else found.refuse(new IntentRefused(message.code, message.error));
    },
    lost: () => {
      for (const id of [...waiting.keys()])
        take(id)?.refuse(new IntentRefused('connection-lost', 'the connection ended before the answer'));
    },
  };
};
