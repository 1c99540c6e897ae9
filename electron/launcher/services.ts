// The drill and the bridge as one: started in order, revived, stopped in order.
// Guarantees: a revived bridge keeps its port and token, so open windows find it again; a revived drill keeps its
// ports and keys. The end-to-end tests start the product through this same door.
import { join } from 'node:path';
import { allocator, NODE_FLAGS } from './bridge-memory.ts';
import { drillSources, mergeProfiles, ownFeeds } from './feeds.ts';
import { keep, type Kept } from './keep.ts';
import { freeRange, isFree } from './ports.ts';
import { Problem } from './problem.ts';

export interface ServiceOptions {
  readonly root: string;
  readonly profile: string | undefined;
  readonly data: string;
  readonly port: number;
  readonly drill: boolean;
  /** How fast the scenario plays; 1 = as it happens. */
  readonly speed?: number;
  /** Scenario file; default: `resources/scenarios/evening.yaml`. */
  readonly scenario?: string;
  readonly onNote: (text: string) => void;
}

export interface Served {
  readonly port: number;
  readonly token: string;
  /** What a browser opens: loopback address with the token in its fragment. */
  readonly url: string;
}

/** Two sockets for each source of the contract, and room to spare. */
const DRILL_PORTS = 16;
const DEMO = 'resources/sites/demo';

export interface Drill {
  /** The profile to start the bridge with. */
  readonly profile: string;
  readonly kept: Kept | undefined;
}

/** Starts the drill for the sources that the user's profile leaves to it. */
export const startDrill = async (options: ServiceOptions): Promise<Drill> => {
  const demo = join(options.root, DEMO, 'site.yaml');
  const sources = drillSources(ownFeeds(options.profile));
  if (!options.drill || sources.length === 0) return { profile: options.profile ?? demo, kept: undefined };
  const basePort = await freeRange(DRILL_PORTS);
  const args = (): string[] => [
    join(options.root, 'native-bridge/drill/main.ts'),
    ...['--site', join(options.root, DEMO)],
    ...['--scenario', options.scenario ?? join(options.root, 'resources/scenarios/evening.yaml')],
    ...['--data', options.data],
    ...['--speed', String(options.speed ?? 1)],
    ...['--sources', sources.join(',')],
    ...['--base-port', String(basePort)],
  ];
  const kept = keep({
    name: 'the drill',
    args,
    cwd: options.root,
    log: join(options.data, 'log/drill.log'),
    onGone: (detail, waitMs) => {
      options.onNote(revived('the drill', detail, waitMs));
    },
  });
  try {
    const ready = await kept.ready;
    const made = ready['profile'];
    if (typeof made !== 'string') throw new Problem('the drill: its ready line names no profile', 1);
    return { profile: mergeProfiles(options.profile, made, options.data), kept };
  } catch (error) {
    await kept.stop();
    throw error;
  }
};

const revived = (name: string, detail: string, waitMs: number): string =>
  `${name} is gone (${detail}); it is started again${waitMs > 0 ? ` in ${(waitMs / 1000).toFixed(1)} s` : ''}`;

const served = (ready: Record<string, unknown>): Served => {
  const { port, token, url } = ready;
  if (typeof port !== 'number' || typeof token !== 'string' || typeof url !== 'string') {
    throw new Problem('the bridge: its ready line lacks port, token or url', 1);
  }
  return { port, token, url };
};

/** The made profile repeats the user's fields and feeds in their places: what is wrong there is wrong in the user's file. */
const inTheirFile = (error: unknown, made: string, theirs: string | undefined): unknown =>
  error instanceof Problem && theirs !== undefined
    ? new Problem(error.message.replaceAll(made, theirs), error.exitCode)
    : error;

/** Starts the bridge as a process of its own (not under Electron). */
export const startBridge = async (
  options: ServiceOptions,
  profile: string,
): Promise<{ served: Served; kept: Kept }> => {
  if (options.port !== 0 && !(await isFree(options.port))) {
    throw new Problem(`option --port: ${String(options.port)} is in use; give another one, or 0 for any free one`);
  }
  let known: Served | undefined;
  const kept = keep({
    name: 'the bridge',
    args: () => [
      ...NODE_FLAGS,
      join(options.root, 'dist/bridge/main.js'),
      ...['--profile', profile],
      ...['--data', options.data],
      ...['--port', String(known?.port ?? options.port)],
      ...(known ? ['--token', known.token] : []),
    ],
    cwd: options.root,
    env: allocator(),
    log: join(options.data, 'log/bridge.log'),
    onGone: (detail, waitMs) => {
      options.onNote(revived('the bridge', detail, waitMs));
    },
  });
  try {
    known = served(await kept.ready);
    return { served: known, kept };
  } catch (error) {
    await kept.stop();
    throw inTheirFile(error, profile, options.profile);
  }
};
