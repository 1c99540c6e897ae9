/**
 * Owns: `cameras.yaml`: its schema, its defaults, reading it.
 * Guarantees: a `GatewayConfig` with nothing missing and every path absolute; an error is one line with the file, the
 *   field, what is wrong and what would be right, and shows no password.
 * Refuses: unknown fields, cameras named twice, a camera with no source or two, files that are not there.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { parseDocument } from 'yaml';
import { Z85_KEY } from '../contract/site.ts';
import { explainFault } from './config-fault.ts';
import { redact } from './secrets.ts';

export const PATTERNS = ['testsrc2', 'testsrc', 'smptehdbars', 'mandelbrot'] as const;
const closed = { additionalProperties: false } as const;
const oneOf = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...values] });
const Port = Type.Integer({ minimum: 0, maximum: 65_535 });
const Url = Type.String({ pattern: '^rtsps?://[^\\s]+$' });
const Height = Type.Integer({ minimum: 90, maximum: 2160, multipleOf: 2 });
const Unfit = oneOf(['transcode', 'refuse']);
const Sub = Type.Object(
  {
    /** The camera's own second stream, taken as it is; without it the main stream is made smaller. */
    url: Type.Optional(Url),
    height: Type.Optional(Height),
    fps: Type.Optional(Type.Integer({ minimum: 1, maximum: 30 })),
    kbps: Type.Optional(Type.Integer({ minimum: 50, maximum: 8000 })),
  },
  closed,
);
const Still = Type.Object(
  {
    /** Seconds from one picture to the next. */
    every: Type.Optional(Type.Integer({ minimum: 1, maximum: 60 })),
    height: Type.Optional(Height),
  },
  closed,
);
const Camera = Type.Object(
  {
    /** The `cameraId` of the topics. */
    id: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$' }),
    url: Type.Optional(Url),
    file: Type.Optional(Type.String({ minLength: 1 })),
    pattern: Type.Optional(oneOf(PATTERNS)),
    transport: Type.Optional(oneOf(['tcp', 'udp'])),
    /** Of a test pattern. */
    size: Type.Optional(Type.String({ pattern: '^[0-9]{2,4}x[0-9]{2,4}$' })),
    fps: Type.Optional(Type.Integer({ minimum: 1, maximum: 60 })),
    /** Of the main stream when it is transcoded. */
    kbps: Type.Optional(Type.Integer({ minimum: 50, maximum: 50_000 })),
    unfit: Type.Optional(Unfit),
    sub: Type.Optional(Type.Union([Type.Boolean(), Sub])),
    still: Type.Optional(Type.Union([Type.Boolean(), Still])),
  },
  closed,
);
export const GatewaySchema = Type.Object(
  {
    listen: Type.Optional(
      Type.Object(
        {
          host: Type.Optional(Type.String({ minLength: 1 })),
          events: Type.Optional(Port),
          request: Type.Optional(Port),
        },
        closed,
      ),
    ),
    /** Public keys of the consoles that may connect; without it any that has the gateway's public key. */
    allowedClients: Type.Optional(Type.Array(Type.String({ pattern: Z85_KEY }))),
    onDemand: Type.Optional(Type.Boolean()),
    unfit: Type.Optional(Unfit),
    cameras: Type.Array(Camera, { minItems: 1 }),
  },
  closed,
);

export type Input =
  | { readonly kind: 'rtsp'; readonly url: string; readonly transport: 'tcp' | 'udp' }
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'pattern'; readonly pattern: string; readonly size: string; readonly fps: number };
/** Made from the camera's main stream. */
export type VariantConfig =
  | { readonly kind: 'sub'; readonly height: number; readonly fps: number; readonly kbps: number }
  | { readonly kind: 'still'; readonly height: number; readonly every: number };
export interface CameraConfig {
  readonly id: string;
  readonly input: Input;
  /** What becomes of a stream that consoles cannot show as it is. */
  readonly unfit: 'transcode' | 'refuse';
  /** kbit/s when transcoded. */
  readonly kbps: number;
  readonly variants: readonly VariantConfig[];
}
export interface GatewayConfig {
  readonly listen: { readonly host: string; readonly events: number; readonly request: number };
  readonly allowedClients: readonly string[] | null;
  readonly onDemand: boolean;
  /** A second stream of a camera's own is a camera here, called `<id>~sub`. */
  readonly cameras: readonly CameraConfig[];
}

/** `message` is the one line to print; callers exit 2. */
export class ConfigError extends Error {
  constructor(file: string, field: string, wrong: string, right: string) {
    super(redact(`${file}: ${field}: ${wrong}; ${right}`));
    this.name = 'ConfigError';
  }
}

const checker = Compile(GatewaySchema);

/** @throws {ConfigError} */
export function loadConfig(file: string): GatewayConfig {
  const example = 'see resources/gateway/cameras.example.yaml';
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new ConfigError(file, '(file)', 'cannot be read', `give the path of a camera list, ${example}`);
  }
  const document = parseDocument(text, { prettyErrors: true });
  const [problem] = document.errors;
  if (problem !== undefined) {
    // The parser quotes the line it stumbles over below its first line: not to be shown.
    const [first = 'is not YAML'] = problem.message.split('\n');
    const line = `line ${String(problem.linePos?.[0].line ?? '?')}`;
    throw new ConfigError(file, line, first.replace(/ at line.*$/, ''), 'write it as YAML');
  }
  const value: unknown = document.toJS();
  if (!checker.Check(value)) {
    const { field, wrong, right } = explainFault(GatewaySchema, value, [...checker.Errors(value)]);
    throw new ConfigError(file, field, wrong, right === '' ? example : right);
  }
  const fail: Fail = (field, wrong, right) => {
    throw new ConfigError(file, field, wrong, right);
  };
  const seen = new Map<string, number>();
  const cameras = value.cameras.flatMap((camera, i) => {
    const earlier = seen.get(camera.id);
    if (earlier !== undefined)
      fail(`cameras[${i}].id`, `"${camera.id}" is already cameras[${earlier}]`, 'give every camera an id of its own');
    seen.set(camera.id, i);
    return complete(camera, `cameras[${i}]`, value.unfit ?? 'transcode', dirname(file), fail);
  });
  const { host = '127.0.0.1', events = 7105, request = 7106 } = value.listen ?? {};
  if (events === request && events !== 0)
    fail('listen.request', `${request} is the same port as events`, 'give two ports, or 0 for any free one');
  return {
    listen: { host, events, request },
    allowedClients: value.allowedClients ?? null,
    onDemand: value.onDemand ?? false,
    cameras,
  };
}

type Fail = (field: string, wrong: string, right: string) => never;

function complete(
  camera: Static<typeof Camera>,
  field: string,
  unfit: 'transcode' | 'refuse',
  folder: string,
  fail: Fail,
): CameraConfig[] {
  const { id, sub, still, transport = 'tcp' } = camera;
  const own = camera.unfit ?? unfit;
  const kbps = camera.kbps ?? 2500;
  const variants: VariantConfig[] = [];
  const more: CameraConfig[] = [];
  if (typeof sub === 'object' && sub.url !== undefined) {
    for (const name of ['height', 'fps', 'kbps'] as const) {
      if (sub[name] !== undefined)
        fail(
          `${field}.sub.${name}`,
          'stands beside url',
          "the camera's own stream is taken as it is: remove one of them",
        );
    }
    const input = { kind: 'rtsp', url: sub.url, transport } as const;
    more.push({ id: `${id}~sub`, input, unfit: own, kbps, variants: [] });
  } else if (sub !== undefined && sub !== false) {
    const { height = 360, fps = 12, kbps: rate = 400 } = sub === true ? {} : sub;
    variants.push({ kind: 'sub', height, fps, kbps: rate });
  }
  if (still !== undefined && still !== false) {
    const { height = 360, every = 1 } = still === true ? {} : still;
    variants.push({ kind: 'still', height, every });
  }
  return [{ id, input: inputOf(camera, field, folder, fail), unfit: own, kbps, variants }, ...more];
}

function inputOf(camera: Static<typeof Camera>, field: string, folder: string, fail: Fail): Input {
  const { url, file, pattern, transport, size, fps } = camera;
  const given = [url, file, pattern].filter((source) => source !== undefined).length;
  if (given !== 1) {
    const wrong = given === 0 ? 'has no source' : 'has more than one source';
    fail(field, wrong, 'give exactly one of url, file, pattern');
  }
  if (pattern === undefined && (size !== undefined || fps !== undefined))
    fail(`${field}.${size === undefined ? 'fps' : 'size'}`, 'is of a test pattern only', 'remove it');
  if (url === undefined && transport !== undefined) fail(`${field}.transport`, 'is of a url only', 'remove it');
  if (url !== undefined) return { kind: 'rtsp', url, transport: transport ?? 'tcp' };
  if (pattern !== undefined) return { kind: 'pattern', pattern, size: size ?? '640x360', fps: fps ?? 15 };
  const path = resolve(folder, file ?? '');
  if (!existsSync(path)) fail(`${field}.file`, `there is no file ${path}`, 'name a video file, relative to this one');
  return { kind: 'file', file: path };
}
