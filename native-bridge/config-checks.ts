/**
 * What a schema cannot say of a profile: feeds that make sense together, ages in order.
 * Guarantees: the first fault is told through `fail`, which never returns.
 */
import { existsSync } from 'node:fs';
import { nearest } from './config-words.ts';
import { ACT_NAMES } from './orders/commands.ts';
import type { AccessSource, Rights, Role } from './contract/access.ts';
import type {
  AnyFeedProfile,
  FeedProfile,
  FeedSource,
  FolderProfile,
  TransmitterProfile,
} from './contract/site-feeds.ts';
import type { Plan } from './contract/site-plans.ts';
import { AGE_LIMITS, type AgeKind, type AgeLimits } from './contract/staleness.ts';
import { SOURCES } from './contract/wire.ts';

/** Field, what is wrong, what would be right. */
export type Fail = (field: string, wrong: string, right: string) => never;

export function checkFeeds(feeds: readonly FeedSource[], fail: Fail): AnyFeedProfile[] {
  const seen = new Map<string, number>();
  return feeds.map((feed, i) => {
    const at = (name: string) => `feeds[${i}].${name}`;
    const earlier = seen.get(feed.source);
    if (earlier !== undefined)
      fail(at('source'), `"${feed.source}" is already feeds[${earlier}]`, 'each source comes once; remove one of them');
    seen.set(feed.source, i);
    const close = nearest(feed.source, SOURCES);
    if (close !== undefined && close !== feed.source) {
      fail(at('source'), `"${feed.source}" is not a source of the contract`, `did you mean ${close}?`);
    }
    if (feed.kind !== 'cap-folder' && feed.folder !== undefined)
      fail(at('folder'), 'belongs to kind cap-folder', 'remove it, or add kind: cap-folder');
    if (feed.kind === 'gb26875') return checkTransmitters(feed, at, fail);
    if (feed.kind === 'cap-folder') return checkFolder(feed, at, fail);
    for (const name of ['listen', 'places'] as const)
      if (feed[name] !== undefined) fail(at(name), 'belongs to kind gb26875', 'remove it, or add kind: gb26875');
    const events = feed.events ?? fail(at('events'), 'is missing', "give the endpoint of the platform's PUB socket");
    const request =
      feed.request ?? fail(at('request'), 'is missing', "give the endpoint of the platform's ROUTER socket");
    if (events === request)
      fail(
        at('request'),
        'is the same endpoint as events',
        "events is the platform's PUB socket, request its ROUTER socket",
      );
    for (const [name, endpoint] of [
      ['events', events],
      ['request', request],
    ] as const) {
      const port = Number(/:(\d+)$/.exec(endpoint)?.[1] ?? 1);
      if (endpoint.startsWith('tcp:') && (port < 1 || port > 65535))
        fail(at(name), `port ${port} does not exist`, 'use a port from 1 to 65535');
      if (isRemote(endpoint) && feed.serverKey === undefined && feed.insecure !== true) {
        fail(
          at(name),
          `${endpoint} is on another machine and not encrypted`,
          "add serverKey (the platform's CURVE public key), or insecure: true if that is meant",
        );
      }
    }
    if (feed.clientKeys !== undefined) {
      if (feed.serverKey === undefined)
        fail(at('clientKeys'), 'stands without serverKey', "add the platform's serverKey, or remove clientKeys");
      if (!existsSync(feed.clientKeys.secretKeyFile))
        fail(
          at('clientKeys.secretKeyFile'),
          `there is no file ${feed.clientKeys.secretKeyFile}`,
          'name the file that holds the secret key',
        );
    }
    const { source, serverKey, clientKeys, name, variants } = feed;
    return {
      ...{ source, events, request, kind: 'zmq', crs: feed.crs ?? 'wgs84', insecure: feed.insecure ?? false },
      ...(serverKey === undefined ? {} : { serverKey }),
      ...(clientKeys === undefined ? {} : { clientKeys }),
      ...(name === undefined ? {} : { name }),
      ...(variants === undefined ? {} : { variants }),
    } satisfies FeedProfile;
  });
}

function checkTransmitters(feed: FeedSource, at: (name: string) => string, fail: Fail): TransmitterProfile {
  for (const name of ['events', 'request', 'serverKey', 'clientKeys', 'variants'] as const)
    if (feed[name] !== undefined)
      fail(at(name), 'belongs to kind zmq', 'remove it: transmission devices call `listen`');
  const listen = feed.listen ?? fail(at('listen'), 'is missing', 'say where devices call, such as tcp://0.0.0.0:5200');
  if (isRemote(listen) && feed.insecure !== true)
    fail(
      at('listen'),
      `${listen} takes plain calls from other machines`,
      'GB/T 26875.3 knows no encryption: add insecure: true if that is meant',
    );
  const seen = new Set<string>();
  for (const [i, { address }] of (feed.places ?? []).entries()) {
    if (seen.has(address.toLowerCase()))
      fail(at(`places[${i}].address`), `"${address}" comes twice`, 'place each device once');
    seen.add(address.toLowerCase());
  }
  return {
    ...{ source: feed.source, kind: 'gb26875', listen, crs: feed.crs ?? 'wgs84' },
    ...{ places: feed.places ?? [], insecure: feed.insecure ?? false },
    ...(feed.name === undefined ? {} : { name: feed.name }),
  };
}

function checkFolder(feed: FeedSource, at: (name: string) => string, fail: Fail): FolderProfile {
  for (const name of ['events', 'request', 'serverKey', 'clientKeys', 'listen', 'places', 'variants'] as const)
    if (feed[name] !== undefined)
      fail(at(name), 'belongs to another kind of feed', 'remove it: warnings are read from `folder`');
  const folder = feed.folder ?? fail(at('folder'), 'is missing', 'name the folder where warnings are put');
  return {
    ...{ source: feed.source, kind: 'cap-folder', folder, crs: feed.crs ?? 'wgs84', insecure: false },
    ...(feed.name === undefined ? {} : { name: feed.name }),
  };
}

/** True for a TCP endpoint that is not certainly this machine. */
export function isRemote(endpoint: string): boolean {
  const host = /^tcp:\/\/(.+):\d+$/.exec(endpoint)?.[1];
  if (host === undefined) return false;
  return !(host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host));
}

export function checkStaleness(
  overrides: Readonly<Record<string, { fresh?: number; late?: number; stale?: number }>>,
  fail: Fail,
): Record<AgeKind, AgeLimits> {
  const limits: Record<AgeKind, AgeLimits> = { ...AGE_LIMITS };
  const kinds = Object.keys(AGE_LIMITS) as AgeKind[];
  for (const [name, ages] of Object.entries(overrides)) {
    const kind = kinds.find((k) => k === name);
    if (kind === undefined) {
      const close = nearest(name, kinds);
      return fail(
        `thresholds.staleness.${name}`,
        'no such kind',
        close === undefined ? `use one of: ${kinds.join(', ')}` : `did you mean ${close}?`,
      );
    }
    const known = AGE_LIMITS[kind];
    const ms = (s: number | undefined, otherwise: number) => (s === undefined ? otherwise : s * 1000);
    const made = {
      fresh: ms(ages.fresh, known.fresh),
      late: ms(ages.late, known.late),
      stale: ms(ages.stale, known.stale),
    };
    if (made.fresh > made.late || made.late > made.stale) {
      fail(
        `thresholds.staleness.${name}`,
        `fresh ${made.fresh / 1000} s, late ${made.late / 1000} s, stale ${made.stale / 1000} s are not in order`,
        'fresh must not exceed late, nor late stale',
      );
    }
    limits[kind] = made;
  }
  return limits;
}

export const roleOf = (view: string | undefined): Role =>
  view === 'consultation' ? 'leader' : view === 'field' ? 'field' : 'duty';

export function checkRights(rights: NonNullable<AccessSource['rights']>, fail: Fail): Partial<Rights> {
  for (const [role, acts] of Object.entries(rights)) {
    if (acts === 'all') continue;
    for (const [i, act] of acts.entries()) {
      if (ACT_NAMES.some((name) => name === act)) continue;
      const close = nearest(act, ACT_NAMES);
      fail(
        `access.rights.${role}[${i}]`,
        `there is no act "${act}"`,
        close === undefined ? `use some of: ${ACT_NAMES.join(', ')}` : `did you mean ${close}?`,
      );
    }
  }
  return rights;
}

/**
 * Lists, items and recipients are told of by their ids for ever after; who is named must be there. `departments`: null when
 * the plans are those of a profile that this one extends, whose departments may be others.
 */
export function checkPlans(
  plans: readonly Plan[],
  departments: readonly { id: string }[] | null,
  fail: Fail,
): readonly Plan[] {
  const once = (ids: readonly { id: string }[], at: string): void =>
    ids.forEach(({ id }, i) => {
      if (ids.findIndex((one) => one.id === id) < i)
        fail(`${at}[${i}].id`, `"${id}" comes twice`, 'give each its own id');
    });
  const known = (id: string | undefined, at: string): void => {
    if (id === undefined || departments === null || departments.some((one) => one.id === id)) return;
    const close = nearest(
      id,
      departments.map((one) => one.id),
    );
    fail(at, `there is no department "${id}"`, close === undefined ? 'name it in linkages' : `did you mean ${close}?`);
  };
  once(plans, 'plans');
  plans.forEach(({ lists, recipients = [] }, p) => {
    const at = `plans[${p}]`;
    // A tick names the plan and the item alone.
    once(
      lists.flatMap(({ items }) => items),
      `${at}.lists.items`,
    );
    once(recipients, `${at}.recipients`);
    lists.forEach(({ items }, l) =>
      items.forEach(({ department }, i) => known(department, `${at}.lists[${l}].items[${i}].department`)),
    );
    recipients.forEach(({ department }, r) => known(department, `${at}.recipients[${r}].department`));
  });
  return plans;
}
