/**
 * Turns a schema's complaint into words a person can act on.
 * Guarantees: one complaint, the most telling; a misspelt field is met with the right one.
 */
import type { TSchema } from 'typebox';
import { CRS_NAMES, ENDPOINT, Z85_KEY } from './contract/site.ts';

export interface Complaint {
  field: string;
  wrong: string;
  right: string;
}

interface Finding {
  keyword: string;
  instancePath: string;
  message: string;
  params: object;
}

/** Patterns of the profile, in words. */
const PATTERNS: Readonly<Record<string, string>> = {
  [Z85_KEY]: 'a key is 40 characters of Z85, as zmq_curve_keypair and similar tools print it',
  [ENDPOINT]: 'write tcp://host:port, ipc://path or inproc://name',
  '^[a-z][a-z0-9-]*$': 'use small letters, digits and hyphens, beginning with a letter',
  '^[0-9]{4}-[0-9]{2}-[0-9]{2}$': 'write a date as 2026-01-31',
  '^[a-z][a-z0-9-]{0,63}$': 'use small letters, digits and hyphens, beginning with a letter',
};

export function explain(schema: TSchema, value: unknown, findings: readonly Finding[]): Complaint {
  const order = ['additionalProperties', 'required', 'type', 'enum', 'pattern'];
  const rank = (f: Finding) => (order.includes(f.keyword) ? order.indexOf(f.keyword) : order.length);
  const [finding] = findings.filter((f) => f.keyword !== 'boolean').sort((a, b) => rank(a) - rank(b));
  if (finding === undefined)
    return { field: '(file)', wrong: 'is not a profile', right: 'see resources/sites/demo/site.yaml' };
  const steps = finding.instancePath
    .split('/')
    .slice(1)
    .map((s) => s.replaceAll('~1', '/').replaceAll('~0', '~'));
  const field =
    steps.reduce(
      (path, step) => (/^\d+$/.test(step) ? `${path}[${step}]` : path === '' ? step : `${path}.${step}`),
      '',
    ) || '(top)';
  const below = (name: string) => (field === '(top)' ? name : `${field}.${name}`);
  const params: Readonly<Record<string, unknown>> = { ...finding.params };
  const found = describe(at(value, steps));
  switch (finding.keyword) {
    case 'additionalProperties': {
      const known = propertiesAt(schema, steps);
      const [unknown = '?'] = strings(params['additionalProperties']);
      const close = nearest(unknown, known);
      return {
        field: below(unknown),
        wrong: 'no such field',
        right: close === undefined ? `known here: ${known.join(', ')}` : `did you mean ${close}?`,
      };
    }
    case 'required': {
      const [missing = '?'] = strings(params['requiredProperties']);
      return { field: below(missing), wrong: 'is missing', right: `add ${missing}` };
    }
    case 'enum': {
      const allowed = strings(params['allowedValues']);
      const close = nearest(found.replaceAll('"', ''), allowed);
      const list =
        allowed.length === CRS_NAMES.length && allowed.includes('gcj02')
          ? `${allowed.join(', ')} (convert other systems upstream)`
          : allowed.join(', ');
      return {
        field,
        wrong: `${found} is not allowed`,
        right: close === undefined ? `use one of: ${list}` : `did you mean ${close}? (one of: ${list})`,
      };
    }
    case 'pattern':
      return {
        field,
        wrong: `${found} has the wrong form`,
        right: PATTERNS[String(params['pattern'])] ?? `must match ${String(params['pattern'])}`,
      };
    case 'type':
      return {
        field,
        wrong: `${found} is of the wrong type`,
        right: `must be ${strings(params['type']).join(' or ') || String(params['type'])}`,
      };
    default:
      return { field, wrong: `${found} is not possible`, right: finding.message };
  }
}

const strings = (value: unknown): string[] => (Array.isArray(value) ? value.filter((v) => typeof v === 'string') : []);

function at(value: unknown, steps: readonly string[]): unknown {
  return steps.reduce<unknown>(
    (v, step) => (typeof v === 'object' && v !== null ? Object.entries(v).find(([k]) => k === step)?.[1] : undefined),
    value,
  );
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'string') return `"${value.length > 60 ? `${value.slice(0, 57)}…` : value}"`;
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'a map';
  return String(value);
}

/** Names of the fields a map may have, where the schema is followed along `steps`. */
function propertiesAt(schema: unknown, steps: readonly string[]): string[] {
  let here: unknown = schema;
  for (const step of steps) {
    const next = /^\d+$/.test(step)
      ? at(here, ['items'])
      : (at(here, ['properties', step]) ?? Object.values(Object(at(here, ['patternProperties'])))[0]);
    here = next;
  }
  return Object.keys(Object(at(here, ['properties'])));
}

/** The candidate that is a slip of the finger away (at most two, fewer for short words). */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.min(2, Math.floor(word.length / 3)) + 0.5;
  for (const candidate of candidates) {
    const d = slips(word.toLowerCase(), candidate.toLowerCase());
    if (d < least) {
      least = d;
      best = candidate;
    }
  }
  return best;
}

/** Levenshtein distance. */
function slips(a: string, b: string): number {
  let row = [...Array(b.length + 1).keys()];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(
        Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)),
      );
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
