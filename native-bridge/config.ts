/**
 * Reads and checks a site profile (`site.yaml`) and everything it extends.
 * Guarantees: a `Profile` with nothing missing and every path absolute; an error names the file, the
 * field, what is wrong and what would be right, in one line.
 * Refuses: unknown fields, plain endpoints on other machines, sources named twice, bad keys, impossible values.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Compile } from 'typebox/compile';
import { parseDocument } from 'yaml';
import { readCard } from './city/card.ts';
import { PROFILE_DEFAULTS, ProfileSourceSchema, type Profile, type ProfileSource } from './contract/site.ts';
import { checkFeeds, checkPlans, checkRights, checkStaleness, roleOf } from './config-checks.ts';
import { explain, nearest } from './config-words.ts';

export { explain } from './config-words.ts';

/** What a person must mend. `message` is the one line to print; callers exit 2. */
export class ProfileError extends Error {
  readonly file: string;
  readonly field: string;
  readonly wrong: string;
  readonly right: string;
  constructor(file: string, field: string, wrong: string, right: string) {
    super(`${file}: ${field}: ${wrong}; ${right}`);
    this.name = 'ProfileError';
    this.file = file;
    this.field = field;
    this.wrong = wrong;
    this.right = right;
  }
}

export interface LoadOptions {
  /** Folder of the sites that `extends: <id>` names. Default: the nearest `resources/sites` above this code. */
  readonly sites?: string;
}

const checker = Compile(ProfileSourceSchema);

/** @throws {ProfileError} */
export function loadProfile(path: string, options: LoadOptions = {}): Profile {
  const sites = options.sites ?? findSites();
  const chain = readChain(resolve(path), sites);
  const own = chain[0];
  if (own === undefined) throw new ProfileError(path, '(file)', 'nothing was read', 'give the path of a profile');
  const { source, file } = own;
  // The farthest ancestor first: nearer ones overwrite, lists are replaced whole.
  const merged = chain.reduceRight<ProfileSource>((base, link) => merge(base, link.source), { id: source.id });
  const root = chain.at(-1) ?? own;
  const fail = (field: string, wrong: string, right: string): never => {
    throw new ProfileError(ownerOf(chain, field), field, wrong, right);
  };

  const timezone = merged.timezone ?? PROFILE_DEFAULTS.timezone;
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone });
  } catch {
    fail('timezone', `"${timezone}" is no time zone`, 'use an IANA name such as Asia/Shanghai');
  }
  const files = merged.files ?? dirname(root.file);
  if (!existsSync(files) || !statSync(files).isDirectory()) {
    fail(
      'files',
      `there is no folder ${files}`,
      'name the folder that holds boundary.geojson, roads.json and the other site files',
    );
  }
  const centre = merged.centre;
  if (centre === undefined)
    return fail('centre', 'is missing', 'add centre: { lon, lat } in degrees WGS-84, or extends: demo');

  const windows = merged.windows ?? [{ id: 'wall' }];
  const seen = new Set<string>();
  windows.forEach((w, i) => {
    if (seen.has(w.id)) fail(`windows[${i}].id`, `"${w.id}" comes twice`, 'give every window an id of its own');
    seen.add(w.id);
  });

  const targets = { ...PROFILE_DEFAULTS.targets, ...merged.targets };
  if (targets.floodEnds >= targets.floodBegins) {
    fail(
      'targets.floodEnds',
      `${targets.floodEnds} is not below floodBegins (${targets.floodBegins})`,
      'a flood must end at fewer alarms than it began',
    );
  }
  if (targets.alarmsPerHour > targets.alarmsPerHourMax) {
    fail(
      'targets.alarmsPerHour',
      `${targets.alarmsPerHour} is above alarmsPerHourMax (${targets.alarmsPerHourMax})`,
      'the average must not exceed the most',
    );
  }

  return {
    id: source.id,
    name: merged.name ?? { zh: source.id, en: source.id },
    synthetic: merged.synthetic ?? PROFILE_DEFAULTS.synthetic,
    drill: merged.drill ?? PROFILE_DEFAULTS.drill,
    locale: merged.locale ?? PROFILE_DEFAULTS.locale,
    timezone,
    centre,
    files,
    pack: merged.pack ?? root.source.id,
    ...(merged.provenance === undefined ? {} : { provenance: merged.provenance }),
    feeds: checkFeeds(merged.feeds ?? [], fail),
    windows: windows.map((w, i) => ({
      id: w.id,
      display: w.display ?? i,
      view: w.view ?? 'duty',
      fullscreen: w.fullscreen ?? true,
      role: w.role ?? roleOf(w.view),
      follow: w.follow ?? true,
      ...(w.camera === undefined ? {} : { camera: w.camera }),
      ...(w.quality === undefined ? {} : { quality: w.quality }),
      ...(w.video === undefined ? {} : { video: w.video }),
      ...(w.theme === undefined ? {} : { theme: w.theme }),
      ...(w.area === undefined ? {} : { area: w.area }),
      ...(w.zone === undefined ? {} : { zone: w.zone }),
      ...(w.network === undefined ? {} : { network: w.network }),
    })),
    viewing: { ...PROFILE_DEFAULTS.viewing, ...merged.viewing },
    thresholds: {
      staleness: checkStaleness(merged.thresholds?.staleness ?? {}, fail),
      clockSkewMs: merged.thresholds?.clockSkewMs ?? PROFILE_DEFAULTS.thresholds.clockSkewMs,
      blindAlarmMs: merged.thresholds?.blindAlarmMs ?? PROFILE_DEFAULTS.thresholds.blindAlarmMs,
    },
    journal: { ...PROFILE_DEFAULTS.journal, ...merged.journal },
    linkages: { departments: merged.linkages?.departments ?? [] },
    access: {
      rights: { ...PROFILE_DEFAULTS.access.rights, ...checkRights(merged.access?.rights ?? {}, fail) },
      lockMin: merged.access?.lockMin ?? PROFILE_DEFAULTS.access.lockMin,
    },
    alarms: merged.alarms ?? PROFILE_DEFAULTS.alarms,
    response: merged.response ?? PROFILE_DEFAULTS.response,
    plans: checkPlans(merged.plans ?? [], source.plans ? (merged.linkages?.departments ?? []) : null, fail),
    targets,
    origin: [file, ...chain.slice(1).map((link) => link.file)],
  };
}

interface Link {
  file: string;
  source: ProfileSource;
}

/** The profile and what it extends, nearest first; paths in each already absolute. */
function readChain(start: string, sites: string): Link[] {
  const chain: Link[] = [];
  for (let file: string | undefined = start; file !== undefined;) {
    const source = readOne(file);
    chain.push({ file, source });
    if (source.extends === undefined) break;
    const next = resolveParent(file, source.extends, sites);
    if (chain.some((link) => link.file === next)) {
      throw new ProfileError(
        file,
        'extends',
        `${source.extends} leads back to ${next}`,
        'a profile cannot extend itself, nor one that extends it',
      );
    }
    file = next;
  }
  return chain;
}

function readOne(file: string): ProfileSource {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new ProfileError(
      file,
      '(file)',
      'cannot be read',
      'give the path of a profile such as resources/sites/demo/site.yaml',
    );
  }
  const document = parseDocument(text, { prettyErrors: true });
  const [problem] = document.errors;
  if (problem !== undefined) {
    const [first = 'not YAML'] = problem.message.split('\n');
    throw new ProfileError(
      file,
      `line ${problem.linePos?.[0].line ?? '?'}`,
      first.replace(/ at line.*$/, ''),
      'write it as YAML',
    );
  }
  const value: unknown = document.toJS();
  if (!checker.Check(value)) {
    const { field, wrong, right } = explain(ProfileSourceSchema, value, [...checker.Errors(value)]);
    throw new ProfileError(file, field, wrong, right);
  }
  const here = dirname(file);
  const absolute = (path: string) => (isAbsolute(path) ? path : resolve(here, path));
  return {
    ...(value.files === undefined ? {} : packSays(absolute(value.files))),
    ...value,
    ...(value.files === undefined ? {} : { files: absolute(value.files) }),
    ...(value.feeds === undefined
      ? {}
      : {
          feeds: value.feeds.map((feed) => ({
            ...feed,
            ...(feed.folder === undefined ? {} : { folder: absolute(feed.folder) }),
            ...(feed.clientKeys === undefined
              ? {}
              : { clientKeys: { ...feed.clientKeys, secretKeyFile: absolute(feed.clientKeys.secretKeyFile) } }),
          })),
        }),
  };
}

/** A folder that the city builder made knows its middle, its name and whose data it is: said where `files` is said. */
function packSays(files: string): Partial<ProfileSource> {
  const card = readCard(files);
  if (card === undefined) return {};
  const { id: pack, name, synthetic, centre, provenance } = card;
  return { pack, name, synthetic, ...(centre && { centre }), ...(provenance && { provenance }) };
}

function resolveParent(file: string, parent: string, sites: string): string {
  if (/[\\/]|\.ya?ml$/.test(parent)) return resolve(dirname(file), parent);
  const path = join(sites, parent, 'site.yaml');
  if (existsSync(path)) return path;
  const known = existsSync(sites) ? readdirSync(sites).filter((id) => existsSync(join(sites, id, 'site.yaml'))) : [];
  const close = nearest(parent, known);
  throw new ProfileError(
    file,
    'extends',
    `there is no site "${parent}"`,
    close === undefined ? `use one of: ${known.join(', ')}, or a path` : `did you mean ${close}?`,
  );
}

/** What is said nearer wins; maps are joined, lists and values replaced. */
function merge(base: ProfileSource, over: ProfileSource): ProfileSource {
  return {
    ...base,
    ...over,
    ...join2('viewing', base.viewing, over.viewing),
    ...join2('journal', base.journal, over.journal),
    ...join2('targets', base.targets, over.targets),
    ...join2('access', base.access, over.access),
    ...join2('alarms', base.alarms, over.alarms),
    ...join2('response', base.response, over.response),
    ...join2('linkages', base.linkages, over.linkages),
    ...join2('thresholds', base.thresholds, over.thresholds),
  };
}
function join2<K extends string, T extends object>(key: K, a: T | undefined, b: T | undefined): Partial<Record<K, T>> {
  if (a === undefined && b === undefined) return {};
  const joined: Partial<Record<K, T>> = {};
  joined[key] = { ...(a ?? b), ...b } as T;
  return joined;
}

/** The file to mend: the nearest that says anything of the field. */
function ownerOf(chain: readonly Link[], field: string): string {
  const top = field.replace(/[.[].*$/, '');
  return (chain.find((link) => Object.hasOwn(link.source, top)) ?? chain[0])?.file ?? '';
}

/** Above the sources in development, above `dist/bridge` when built. */
function findSites(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const candidate = join(folder, 'resources', 'sites');
    if (existsSync(candidate) || folder === dirname(folder)) return candidate;
  }
}
