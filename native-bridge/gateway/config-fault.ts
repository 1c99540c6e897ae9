/**
 * Owns: turning a schema's complaint about the camera list into words a person can act on.
 * Guarantees: one complaint, the most telling. Refuses: to quote the value of an address, which may hold a password.
 */
import type { TSchema } from 'typebox';

export interface Fault {
  readonly field: string;
  readonly wrong: string;
  /** Empty: nothing to advise. */
  readonly right: string;
}
interface Finding {
  readonly keyword: string;
  readonly instancePath: string;
  readonly message: string;
  readonly params: object;
}

const ORDER = ['additionalProperties', 'required', 'type', 'enum', 'pattern'];
/** Patterns of the schema, in words; the field decides. */
const FORMS: Readonly<Record<string, string>> = {
  url: 'write rtsp://user:password@host:port/path (rtsps:// for TLS)',
  id: 'use up to 100 letters, digits, dots, hyphens and underscores, beginning with a letter or digit',
  size: 'write width x height in pixels, such as 640x360',
};

export function explainFault(schema: TSchema, value: unknown, findings: readonly Finding[]): Fault {
  const rank = ({ keyword, instancePath }: Finding): number => {
    const place = ORDER.indexOf(keyword);
    // Of the branches of a union (true, or a map) the deeper complaint is about the one that was meant.
    return (place < 0 ? ORDER.length : place) - instancePath.split('/').length * 10;
  };
  const [finding] = findings
    .filter(({ keyword }) => !['anyOf', 'boolean'].includes(keyword))
    .sort((a, b) => rank(a) - rank(b));
  if (finding === undefined) return { field: '(file)', wrong: 'is not a camera list', right: '' };
  const steps = finding.instancePath.split('/').slice(1);
  const path = steps.reduce(
    (so, step) => (/^\d+$/.test(step) ? `${so}[${step}]` : so === '' ? step : `${so}.${step}`),
    '',
  );
  const field = path === '' ? '(top)' : path;
  const below = (name: string): string => (path === '' ? name : `${path}.${name}`);
  const params: Readonly<Record<string, unknown>> = { ...finding.params };
  const last = steps.findLast((step) => !/^\d+$/.test(step)) ?? '';
  const shown = last === 'url' ? 'the address' : describe(follow(value, steps));
  const list = (given: unknown): string => (Array.isArray(given) ? given.map(String).join(', ') : String(given));
  switch (finding.keyword) {
    case 'additionalProperties': {
      const [unknown = '?'] = Array.isArray(params['additionalProperties'])
        ? params['additionalProperties'].map(String)
        : [];
      return {
        field: below(unknown),
        wrong: 'no such field',
        right: `known here: ${namesAt(schema, steps).join(', ')}`,
      };
    }
    case 'required': {
      const [missing = '?'] = Array.isArray(params['requiredProperties'])
        ? params['requiredProperties'].map(String)
        : [];
      return { field: below(missing), wrong: 'is missing', right: `add ${missing}` };
    }
    case 'type':
      return { field, wrong: `${shown} is of the wrong type`, right: `must be ${list(params['type'])}` };
    case 'enum':
      return { field, wrong: `${shown} is not allowed`, right: `use one of: ${list(params['allowedValues'])}` };
    case 'pattern':
      return { field, wrong: `${shown} has the wrong form`, right: FORMS[last] ?? 'a key is 40 characters of Z85' };
    default:
      return { field, wrong: `${shown} is not possible`, right: finding.message };
  }
}

function follow(value: unknown, steps: readonly string[]): unknown {
  return steps.reduce<unknown>((here, step) => Object.entries(Object(here)).find(([key]) => key === step)?.[1], value);
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null || value === undefined) return 'nothing';
  return typeof value === 'object' ? 'a map' : JSON.stringify(value).slice(0, 60);
}

/** The fields a map may have, where the schema is followed along `steps`. */
function namesAt(schema: unknown, steps: readonly string[]): string[] {
  const here = steps.reduce<unknown>((at, step) => {
    const next = /^\d+$/.test(step) ? follow(at, ['items']) : follow(at, ['properties', step]);
    const branches = follow(next, ['anyOf']);
    return Array.isArray(branches) ? branches.find((branch) => follow(branch, ['properties']) !== undefined) : next;
  }, schema);
  return Object.keys(Object(follow(here, ['properties'])));
}
