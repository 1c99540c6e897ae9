/**
 * Why an act was not done. Owns: this error. Guarantees: a code for programs, a sentence for people. Refuses: nothing.
 */
export class Refused extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'Refused';
    this.code = code;
  }
}
