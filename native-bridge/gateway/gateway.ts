/**
 * Owns: the gateway: cameras of a config on the sockets of the contract, as source `video`.
 * Guarantees: G1 to G10 of the README. Streams begin and end each for itself.
 * Refuses: to number events: this source has none, its log stays empty; orders are rejected with that reason.
 */
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { startPlatform, type PlatformEndpoint } from '../platform/platform.ts';
import type { KeyPair } from '../platform/keys.ts';
import { Camera } from './camera.ts';
import type { CameraConfig, GatewayConfig } from './config.ts';
import { Outlet, type OutletStatus } from './outlet.ts';
import { Variant } from './variant.ts';
import { Wanted } from './wanted.ts';

const STATUS_MS = 10_000;

export interface StreamStatus extends OutletStatus {
  readonly camera: string;
  /** Of the camera's connection; of a stream made from another, `made`. */
  readonly state: string;
  readonly how: string;
  readonly restarts: number;
}
export interface Gateway {
  readonly endpoint: PlatformEndpoint;
  status(): StreamStatus[];
  close(): Promise<void>;
}
export interface GatewayOptions {
  readonly config: GatewayConfig;
  readonly curve: KeyPair;
  readonly clock: Clock;
  readonly log: Log;
}
interface Stream {
  readonly outlet: Outlet;
  update(): void;
  close(): Promise<void>;
  about(): { state: string; how: string; restarts: number };
}

export const streamIds = ({ id, variants }: CameraConfig): string[] => [
  id,
  ...variants.map(({ kind }) => `${id}~${kind}`),
];

export async function openGateway({ config, curve, clock, log }: GatewayOptions): Promise<Gateway> {
  const ids = config.cameras.flatMap(streamIds);
  const wanted = new Wanted(ids);
  const streams = new Map<string, Stream>();
  const { host, events, request } = config.listen;
  const platform = await startPlatform({
    sources: ['video'],
    endpoints: { video: { events: `tcp://${host}:${events}`, request: `tcp://${host}:${request}` } },
    curve,
    ...(config.allowedClients === null ? {} : { allowedClients: config.allowedClients }),
    onCommand: () => ({ accepted: false, reason: 'a video gateway takes no orders' }),
    onKeyframe: (id) => streams.get(id)?.outlet.sayAgain(clock.now()),
    onSubscription: (_source, prefix, isWanted) => {
      wanted.set(prefix, isWanted);
      for (const [id, stream] of streams) {
        // The main stream also runs for the streams made of it.
        stream.update();
        if (isWanted && wanted.concerns(prefix, id)) stream.outlet.sayAgain(clock.now());
      }
    },
  });
  const [endpoint] = Object.values(platform.endpoints);
  if (endpoint === undefined) throw new Error('the platform opened no door');

  const outletOf = (id: string): Outlet =>
    new Outlet({
      cameraId: id,
      isWatched: () => wanted.has(id),
      send: (header, unit) => {
        if (wanted.has(id)) platform.video(header, unit);
      },
      say: sayOf(id),
    });
  const sayOf = (camera: string) => (what: Readonly<Record<string, unknown>>, words: string) =>
    log.info({ camera, ...what }, words);

  for (const camera of config.cameras) {
    const isWanted = (id: string): boolean => !config.onDemand || wanted.has(id);
    const variants = camera.variants.map((variant) => {
      const id = `${camera.id}~${variant.kind}`;
      const outlet = outletOf(id);
      return {
        outlet,
        made: new Variant({ config: variant, outlet, clock, isWanted: () => isWanted(id), say: sayOf(id) }),
      };
    });
    const outlet = outletOf(camera.id);
    const main = new Camera({
      config: camera,
      outlet,
      clock,
      isWanted: () => streamIds(camera).some(isWanted),
      say: sayOf(camera.id),
      onTag: (...about) => {
        for (const { made } of variants) made.feed(...about);
      },
      onBreak: (anew) => {
        for (const { made } of variants) made.break(anew);
      },
    });
    streams.set(camera.id, {
      outlet,
      update: () => main.update(),
      close: () => main.close(),
      about: () => ({ state: main.state, how: main.plan?.do ?? '', restarts: main.restarts }),
    });
    for (const variant of variants) {
      streams.set(variant.outlet.id, {
        outlet: variant.outlet,
        update: () => variant.made.update(),
        close: () => variant.made.close(),
        about: () => ({ state: 'made', how: 'transcode', restarts: variant.made.restarts }),
      });
    }
  }

  const status = (): StreamStatus[] =>
    [...streams].map(([camera, { outlet, about }]) => ({ camera, ...about(), ...outlet.status(clock.now()) }));
  const telling = clock.every(STATUS_MS, () => log.info({ streams: status() }, 'status'));
  for (const stream of streams.values()) stream.update();
  return {
    endpoint,
    status,
    async close() {
      telling();
      await Promise.all([...streams.values()].map((stream) => stream.close()));
      await platform.close();
    },
  };
}
