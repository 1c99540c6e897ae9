// The doors: dependency-cruiser reads every source file and applies the room table (rooms.ts).
// Guarantees: cycles are seen with type imports included; the number of modules read is the number of source files, so
// a reader that silently read nothing fails. Exit code 1 on any violation.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { cruise, type IConfiguration, type ICruiseResult } from 'dependency-cruiser';
import * as table from './rooms.ts';

type Rule = NonNullable<IConfiguration['forbidden']>[number];

const FOLDERS = ['electron', 'native-bridge', 'renderer', 'resources', 'test'];
const SOURCE = /(?<!\.d)\.([cm]?[jt]s|tsx|jsx)$/;
const { TESTS, COMMANDS } = table;
const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
/** A package, or the types that were published for it. */
const packagePath = (name: string): string =>
  name === '.*' ? '^node_modules/' : `^node_modules/(@types/)?${escape(name)}(/|$)`;

const roomRules = (name: string, room: table.Room): Rule[] => {
  const open = [room.path, ...room.rooms.map((other) => table.ROOMS[other].path)];
  const isDesk = name === 'renderer-wiring' ? { pathNot: [table.BUILD_FILES.path, TESTS] } : { pathNot: TESTS };
  const rules: Rule[] = [
    {
      name: `${name}: other rooms`,
      severity: 'error',
      from: { path: room.path, pathNot: COMMANDS.path },
      to: { path: FOLDERS.map((folder) => `^${folder}/`), pathNot: open },
    },
    {
      name: `${name}: other rooms (command)`,
      severity: 'error',
      from: { path: `(?=${room.path})(?=${COMMANDS.path}).*` },
      to: { path: FOLDERS.map((folder) => `^${folder}/`), pathNot: [...open, COMMANDS.opens] },
    },
    {
      name: `${name}: packages`,
      severity: 'error',
      from: { path: room.path, ...(name === 'test' ? {} : isDesk) },
      to: { path: '^node_modules/', pathNot: room.packages.map(packagePath) },
    },
    {
      name: `${name}: packages of tests`,
      severity: 'error',
      from: { path: `(?=${room.path}).*(${TESTS})` },
      to: { path: '^node_modules/', pathNot: [...room.packages, ...table.TEST_PACKAGES].map(packagePath) },
    },
  ];
  if (!room.node) {
    rules.push({
      name: `${name}: no Node`,
      severity: 'error',
      from: { path: room.path, ...isDesk },
      to: { dependencyTypes: ['core'] },
    });
  }
  return rules;
};

const rules = (): Rule[] => [
  ...Object.entries(table.ROOMS).flatMap(([name, room]) => roomRules(name, room)),
  { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
  { name: 'no unresolved imports', severity: 'error', from: {}, to: { couldNotResolve: true } },
  { name: 'packages are listed', severity: 'error', from: {}, to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] } },
  { name: 'nothing imports tests', severity: 'error', from: { pathNot: TESTS }, to: { path: TESTS } },
  {
    name: 'a test imports no other test',
    severity: 'error',
    from: { path: '\\.test\\.tsx?$' },
    to: { path: '\\.test\\.tsx?$' },
  },
  {
    name: 'a panel never imports another',
    severity: 'error',
    from: { path: '^renderer/panels/([^/]+)/' },
    to: { path: '^renderer/panels/[^/]+/', pathNot: '^renderer/panels/$1/' },
  },
  {
    name: 'only hooks.ts brings React into the store',
    severity: 'error',
    from: { path: '^renderer/store/', pathNot: [table.STORE_REACT, TESTS] },
    to: { path: packagePath('react') },
  },
  {
    name: 'renderer-wiring: packages of the build',
    severity: 'error',
    from: { path: table.BUILD_FILES.path },
    to: { path: '^node_modules/', pathNot: table.BUILD_FILES.packages.map(packagePath) },
  },
];

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name));

/** Every file below the source folders, relative to `root`, with forward slashes. */
const allFiles = (root: string): string[] =>
  FOLDERS.filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => filesBelow(join(root, folder)))
    .map((file) => relative(root, file).split(sep).join('/'));

export interface Doors {
  /** One line each: rule, from, to. */
  readonly violations: string[];
  readonly modulesRead: number;
  readonly sourceFiles: number;
}

const shapeViolations = (root: string, files: readonly string[], sources: readonly string[]): string[] => [
  ...files
    .filter((file) => table.EMPTY_NAMES.test(file) && !file.endsWith('.html'))
    .map((file) => `name says nothing: ${file}`),
  ...sources
    .filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length - 1 > table.LONGEST_FILE)
    .map((file) => `longer than ${String(table.LONGEST_FILE)} lines: ${file}`),
  ...sources
    .filter((file) => !Object.values(table.ROOMS).some((room) => new RegExp(room.path).test(file)))
    .map((file) => `in no room: ${file}`),
  ...readdirSync(root)
    .filter((name) => !name.startsWith('.') && !['node_modules', 'dist', 'test-results'].includes(name))
    .filter((name) => !table.TOP_LEVEL.includes(name))
    .map((name) => `does not belong at the top: ${name}`),
];

/** Reads the tree below `root` (with `node_modules` in it) and applies every rule. */
export const inspect = async (root: string): Promise<Doors> => {
  const files = allFiles(root);
  const sources = files.filter((file) => SOURCE.test(file));
  const answer = await cruise(
    FOLDERS.filter((folder) => existsSync(join(root, folder))),
    {
      baseDir: root,
      ruleSet: { forbidden: rules() },
      validate: true,
      doNotFollow: { path: '^node_modules/' },
      preserveSymlinks: true,
      tsPreCompilationDeps: true,
      combinedDependencies: false,
      enhancedResolveOptions: {
        extensions: ['.ts', '.tsx', '.mts', '.mjs', '.cjs', '.js', '.json', '.d.ts'],
        conditionNames: ['import', 'node', 'default', 'types', 'require'],
        exportsFields: ['exports'],
        mainFields: ['module', 'main', 'types', 'typings'],
      },
    },
    {},
  );
  if (typeof answer.output === 'string') throw new Error('dependency-cruiser gave text instead of a result');
  const result: ICruiseResult = answer.output;
  const read = new Set(result.modules.map((module) => module.source).filter((source) => sources.includes(source)));
  const violations = result.summary.violations.map(
    (v) => `${v.rule.name}: ${v.from} → ${v.cycle ? v.cycle.map((step) => step.name).join(' → ') : v.to}`,
  );
  const unread = sources.filter((file) => !read.has(file)).map((file) => `not read: ${file}`);
  return {
    violations: [...violations, ...shapeViolations(root, files, sources), ...unread],
    modulesRead: read.size,
    sourceFiles: sources.length,
  };
};

if (import.meta.main) {
  const doors = await inspect(resolve(import.meta.dirname, '../..'));
  for (const violation of doors.violations) console.error(violation);
  console.log(
    `${String(doors.modulesRead)} of ${String(doors.sourceFiles)} source files read, ${String(doors.violations.length)} violations`,
  );
  process.exit(doors.violations.length === 0 && doors.modulesRead > 0 ? 0 : 1);
}
