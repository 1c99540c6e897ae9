/**
 * What is wrong with a district's own folder and what would be right: told in one line.
 * Guarantees: `message` names file, field, fault and remedy; callers print it and exit 2.
 */
export class CityError extends Error {
  constructor(file: string, field: string, wrong: string, right: string) {
    super(`${file}: ${field}: ${wrong}; ${right}`);
    this.name = 'CityError';
  }
}

/** A file's trouble, said by a reader that does not know the file's name. */
export class Unreadable extends Error {
  readonly field: string;
  readonly right: string;
  constructor(field: string, wrong: string, right: string) {
    super(wrong);
    this.name = 'Unreadable';
    this.field = field;
    this.right = right;
  }
}
