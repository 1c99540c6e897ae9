/**
 * Intents: what this window asks the bridge to do.
 *
 * Owns: the way from a key or a button to a command and back to its answer.
 * Guarantees: exactly one answer or one error for each; nothing is shown as done before the bridge says so; N4 nothing leaves
 *   while the window shows the past.
 * Refuses: to keep anything; the bridge keeps orders before it answers.
 */
import type { CommandName, Commands } from '../../native-bridge/contract/port.ts';

export type Send = <N extends CommandName>(
  name: N,
  args: Commands[N]['args'],
  by: string,
) => Promise<Commands[N]['result']>;

/** `code` is for programs, the message for people. */
export class IntentRefused extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export interface Intents {
  readonly send: Send;
  /** The link gives its way out once it has one, and `null` when the connection is gone. */
  readonly connect: (send: Send | null) => void;
}

/** `past`: whether the window shows it. */
export const createIntents = (past: () => boolean = () => false): Intents => {
  let out: Send | null = null;
  return {
    send: (name, args, by) => {
      if (past()) return Promise.reject(new IntentRefused('in-the-past', 'the window shows the past'));
      return out ? out(name, args, by) : Promise.reject(new IntentRefused('not-connected', 'not connected'));
    },
    connect: (send) => {
      out = send;
    },
  };
};

/** Asks the bridge; `done` after its answer, `refused` when it said no (the notice stands already). */
export type AskBridge = <N extends CommandName>(
  name: N,
  args: Commands[N]['args'],
  done?: (result: Commands[N]['result']) => void,
  refused?: () => void,
) => void;
