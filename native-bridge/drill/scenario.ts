/**
 * Owns: the scenario file: what it may say, and reading it.
 * Guarantees: what is returned fits the schema, its times lie within its length, and every name it uses is cast.
 * Refuses: anything else, in one line: file, line, place, what is wrong, what would be right.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Type, type Static, type TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { LineCounter, parseDocument } from 'yaml';
import { NameSchema } from '../contract/site.ts';
import { CAMERA_KINDS } from '../contract/site-files.ts';
import { WARNING_COLOURS } from '../contract/wire.ts';

const closed = { additionalProperties: false } as const;
const Id = Type.String({ pattern: '^[a-z][a-z0-9-]*$' });
const Role = Type.String({ minLength: 1 });
/** `m:ss` or `h:mm:ss` of district time. */
const Time = Type.String({ pattern: '^([0-9]+:)?[0-9]{1,3}:[0-5][0-9]$' });
const Minutes = Type.Number({ exclusiveMinimum: 0, maximum: 24 * 60 });
const Share = Type.Number({ minimum: 0, maximum: 1 });

const Cast = Type.Object(
  {
    /** What it is; a camera is of one of the site's kinds. */
    is: Type.Enum(['tower', 'block', ...CAMERA_KINDS.map((kind) => `${kind}-camera` as const)]),
    /** The site's own id. Absent: chosen, the same one every time. */
    id: Type.Optional(Role),
    /** The site's own id, when the site has it; otherwise chosen. */
    prefer: Type.Optional(Role),
    /** Cameras: of this tower. Lookouts: that sees it. A cast name. */
    of: Type.Optional(Role),
    /** Towers: at least so many floors above ground. */
    floors: Type.Optional(Type.Integer({ minimum: 2, maximum: 200 })),
    /** Cameras: what it shows when nothing happens, and how many seconds into it the scenario begins. */
    clip: Type.Optional(Role),
    section: Type.Optional(Role),
    begin: Type.Optional(Type.Number({ minimum: 0, maximum: 600 })),
  },
  closed,
);

const Warning = Type.Object(
  {
    type: Id,
    colour: Type.Enum([...WARNING_COLOURS]),
    title: Type.String({ minLength: 1, maxLength: 500 }),
    text: Type.String({ minLength: 1, maxLength: 8000 }),
    minutes: Minutes,
  },
  closed,
);

/** What can happen; each with its own words. `at` is added to all. */
const ACTS = {
  /** A ride filmed in an elevator; `after`: what the e-bike does on its floor. */
  ride: { camera: Role, clip: Role, after: Type.Optional(Type.Enum(['charging', 'nothing'])) },
  /** A circuit in a historic block is overloaded until it is cut off. */
  overload: { block: Role, cutAfter: Type.Optional(Minutes), restoreAfter: Type.Optional(Minutes) },
  'low-tank': { tower: Role, fall: Type.Optional(Minutes), minutes: Type.Optional(Minutes) },
  unattended: { tower: Role, minutes: Minutes, camera: Type.Optional(Role) },
  /** Smoke seen by a lookout, detectors, a call, units, the end. */
  'tower-fire': {
    tower: Role,
    floor: Type.Integer({ minimum: 1, maximum: 200 }),
    lookout: Role,
    corridor: Type.Optional(Role),
    units: Type.Integer({ minimum: 1, maximum: 40 }),
    controlAfter: Type.Optional(Minutes),
  },
  warning: Warning.properties,
  /** Devices around a tower fail together. */
  blackout: {
    tower: Role,
    alarms: Type.Integer({ minimum: 1, maximum: 100_000 }),
    seconds: Type.Integer({ minimum: 1, maximum: 3600 }),
    minutes: Minutes,
  },
} as const;
export type ActName = keyof typeof ACTS;
export const ACT_NAMES = Object.keys(ACTS) as ActName[];

const Head = Type.Object(
  {
    format: Type.Literal('fengsui/scenario@1'),
    id: Id,
    name: NameSchema,
    minutes: Minutes,
    /** Begins again at its end. Default true. */
    loop: Type.Optional(Type.Boolean()),
    /** Default 1. */
    seed: Type.Optional(Type.Integer({ minimum: 0 })),
    life: Type.Optional(
      Type.Object(
        {
          /** Of everything numbered, per second of real time. */
          eventsPerSecond: Type.Optional(Type.Number({ minimum: 0, maximum: 20_000 })),
          alarmsPerHour: Type.Optional(Type.Number({ minimum: 0, maximum: 3600 })),
          incidentsPerHour: Type.Optional(Type.Number({ minimum: 0, maximum: 3600 })),
        },
        closed,
      ),
    ),
    opening: Type.Optional(
      Type.Object(
        {
          alarms: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000 })),
          incidents: Type.Optional(Type.Integer({ minimum: 0, maximum: 200 })),
          /** Share of the devices that are silent. */
          offline: Type.Optional(Share),
          warning: Type.Optional(Warning),
        },
        closed,
      ),
    ),
    cast: Type.Record(Type.String({ pattern: '^[a-z][a-z0-9-]*$' }), Cast),
    acts: Type.Array(Type.Object({ at: Time, act: Type.Enum(ACT_NAMES) })),
  },
  closed,
);
type HeadShape = Static<typeof Head>;
export type CastEntry = Static<typeof Cast>;
export type WarningWords = Static<typeof Warning>;
type Words = { [A in ActName]: { [K in keyof (typeof ACTS)[A]]: (typeof ACTS)[A][K] } };
export type Act = {
  [A in ActName]: { readonly at: number; readonly act: A } & Static<ReturnType<typeof Type.Object<Words[A]>>>;
}[ActName];

export interface Scenario {
  readonly file: string;
  readonly id: string;
  readonly name: HeadShape['name'];
  readonly minutes: number;
  readonly loop: boolean;
  readonly seed: number;
  readonly life: {
    readonly eventsPerSecond: number;
    readonly alarmsPerHour: number;
    readonly incidentsPerHour: number;
  };
  readonly opening: {
    readonly alarms: number;
    readonly incidents: number;
    readonly offline: number;
    readonly warning?: WarningWords;
  };
  readonly cast: ReadonlyMap<string, CastEntry>;
  /** In order of `at`, seconds. */
  readonly acts: readonly Act[];
}

/** Says where and what; for people. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
}

/** The flow of an ordinary district, and what a duty officer is meant to bear (wall.md: on average six alarms an hour). */
const DEFAULTS = { eventsPerSecond: 300, alarmsPerHour: 6, incidentsPerHour: 8 };

export function readScenario(file: string): Scenario {
  return parseScenario(readFileSync(file, 'utf8'), basename(file));
}

export function parseScenario(text: string, file: string): Scenario {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const broken = document.errors[0];
  if (broken !== undefined)
    throw new ScenarioError(`${file}:${lines.linePos(broken.pos[0]).line}: not YAML: ${broken.message.split('\n')[0]}`);
  const data: unknown = document.toJS();
  const fail = (path: readonly (string | number)[], what: string): never => {
    let at = path;
    while (at.length > 0 && !document.hasIn(at)) at = at.slice(0, -1);
    const node = document.getIn(at, true) as { range?: [number, number, number] } | undefined;
    const line = lines.linePos(node?.range?.[0] ?? 0).line;
    throw new ScenarioError(`${file}:${line}: ${path.join('.') || 'file'}: ${what}`);
  };
  const head = loosen(data);
  check(Head, head, [], fail);
  const scenario = head as HeadShape;
  const acts = (data as { acts: Record<string, unknown>[] }).acts.map((act, i) => {
    const name = act['act'] as ActName;
    check(Type.Object({ at: Time, act: Type.Literal(name), ...ACTS[name] }, closed), act, ['acts', i], fail);
    const at = secondsOf(act['at'] as string);
    if (at > scenario.minutes * 60)
      fail(['acts', i, 'at'], `lies beyond the end; expected up to ${scenario.minutes}:00`);
    for (const role of ['camera', 'tower', 'block', 'lookout', 'corridor']) {
      const named = act[role];
      if (typeof named === 'string' && !(named in scenario.cast))
        fail(
          ['acts', i, role],
          `nobody is cast as "${named}"; expected one of ${Object.keys(scenario.cast).join(', ')}`,
        );
    }
    return { ...act, at } as Act;
  });
  for (const [name, entry] of Object.entries(scenario.cast)) {
    if (entry.of !== undefined && scenario.cast[entry.of]?.is !== 'tower')
      fail(['cast', name, 'of'], 'expected the name of a tower that is cast');
    if (entry.is.endsWith('-camera') && entry.clip === undefined)
      fail(['cast', name, 'clip'], 'expected the name of a clip in resources/video');
  }
  const { id, name, minutes, loop = true, seed = 1, life = {}, opening = {} } = scenario;
  return {
    file,
    id,
    name,
    minutes,
    loop,
    seed,
    life: { ...DEFAULTS, ...life },
    opening: { alarms: 0, incidents: 0, offline: 0, ...opening },
    cast: new Map(Object.entries(scenario.cast)),
    acts: acts.sort((a, b) => a.at - b.at),
  };
}

/** Acts are checked one by one, each by its own name; here only that they have one. */
function loosen(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || !('acts' in data) || !Array.isArray(data.acts)) return data;
  const acts = data.acts.map((act: unknown) =>
    typeof act === 'object' && act !== null && 'at' in act && 'act' in act ? { at: act.at, act: act.act } : act,
  );
  return { ...data, acts };
}

type Fail = (path: readonly (string | number)[], what: string) => never;

function check(schema: TSchema, value: unknown, base: readonly (string | number)[], fail: Fail): void {
  const error = Compile(schema)
    .Errors(value)
    .find(({ keyword }) => keyword !== 'boolean');
  if (error === undefined) return;
  const inner = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  const params = error.params as {
    allowedValues?: unknown[];
    additionalProperties?: string[];
    requiredProperties?: string[];
  };
  if (params.additionalProperties !== undefined)
    fail(
      [...base, ...inner, params.additionalProperties[0] ?? ''],
      inner.length > 0
        ? 'unknown here'
        : `unknown; expected one of ${Object.keys((schema as { properties?: object }).properties ?? {}).join(', ')}`,
    );
  if (params.requiredProperties !== undefined) fail([...base, ...inner, params.requiredProperties[0] ?? ''], 'missing');
  if (params.allowedValues !== undefined)
    fail([...base, ...inner], `expected one of ${params.allowedValues.join(', ')}`);
  fail([...base, ...inner], error.message);
}

export function secondsOf(time: string): number {
  return time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}
