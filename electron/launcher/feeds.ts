// Which sources the drill plays, and the profile that the bridge is then started with.
// Guarantees: a source that the user's profile names itself is left to it; the user's file is only read. Paths in the
// made profile are absolute. Refuses to judge a profile: the bridge checks it and explains (config.ts).
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { parse, stringify, YAMLParseError } from 'yaml';
import { SOURCES } from '../../native-bridge/contract/wire.ts';
import { Problem } from './problem.ts';

type Yaml = Record<string, unknown>;

const isMap = (value: unknown): value is Yaml => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads a YAML file that must hold a map. */
export const readMap = (file: string): Yaml => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new Problem(`${file}: cannot be read; give the path of a readable site profile`);
  }
  try {
    const value: unknown = parse(text);
    if (isMap(value)) return value;
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    const line = error.linePos?.[0].line ?? 1;
    throw new Problem(
      `${file}: line ${String(line)}: is not YAML (${error.message.split('\n')[0] ?? ''}); mend that line`,
    );
  }
  throw new Problem(`${file}: holds no fields; a site profile needs at least "id"`);
};

const feedsOf = (profile: Yaml): Yaml[] => {
  const feeds = profile['feeds'];
  return Array.isArray(feeds) ? feeds.filter(isMap) : [];
};

/** The profile and those it extends by path (not by id), nearest first. */
const chain = (file: string): { file: string; body: Yaml }[] => {
  const found: { file: string; body: Yaml }[] = [];
  let next: string | undefined = file;
  while (next !== undefined && existsSync(next) && !found.some((seen) => seen.file === next)) {
    const body = readMap(next);
    found.push({ file: next, body });
    const base: unknown = body['extends'];
    next = typeof base === 'string' && /[./\\]/.test(base) ? resolve(dirname(next), base) : undefined;
  }
  return found;
};

/** The feeds that the user's profile (or one it extends by path) names, with their key files and folders made absolute. */
export const ownFeeds = (profile: string | undefined): Yaml[] => {
  if (profile === undefined) return [];
  const naming = chain(profile).find((entry) => Array.isArray(entry.body['feeds']));
  if (!naming) return [];
  const absolute = (path: string): string => (isAbsolute(path) ? path : resolve(dirname(naming.file), path));
  return feedsOf(naming.body).map((feed) => {
    const { clientKeys: keys, folder } = feed;
    const secret = isMap(keys) ? keys['secretKeyFile'] : undefined;
    return {
      ...feed,
      ...(typeof folder === 'string' ? { folder: absolute(folder) } : {}),
      ...(isMap(keys) && typeof secret === 'string'
        ? { clientKeys: { ...keys, secretKeyFile: absolute(secret) } }
        : {}),
    };
  });
};

/** Sources for the drill: every source of the contract that no own feed carries. */
export const drillSources = (own: readonly Yaml[]): string[] =>
  SOURCES.filter((source) => !own.some((feed) => feed['source'] === source));

/**
 * The profile for the bridge: the drill's own when the user has none, else one that extends the user's with both kinds
 * of feeds in it.
 * @returns its absolute path
 */
export const mergeProfiles = (user: string | undefined, drill: string, dataFolder: string): string => {
  if (user === undefined) return drill;
  const merged = {
    id: readMap(user)['id'] ?? 'site',
    extends: user,
    drill: true,
    feeds: [...ownFeeds(user), ...feedsOf(readMap(drill))],
  };
  const file = join(dataFolder, 'launcher', 'profile.yaml');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, stringify(merged));
  renameSync(`${file}.new`, file);
  return file;
};
