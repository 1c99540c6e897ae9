// Trouble that a person can mend: a wrong option, profile or missing package.
// Guarantees: shown as one message without a stack trace; `exitCode` 2 for what was asked wrongly, 1 for the rest.

export class Problem extends Error {
  readonly exitCode: number;

  /** @param message file or option, field, what is wrong; what would be right */
  constructor(message: string, exitCode = 2) {
    super(message);
    this.exitCode = exitCode;
  }
}
