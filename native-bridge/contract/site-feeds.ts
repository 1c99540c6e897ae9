/**
 * The feeds of a site profile: what `feeds:` may say, and what it means once read.
 *
 * Owns: the schema of a feed of every kind, and the checked forms that the bridge opens.
 * Guarantees: kinds are told apart by `kind` in the checked forms; what each kind needs is checked in `config-checks.ts`.
 * Refuses: nothing itself.
 */
import { Type, type Static } from 'typebox';
import { VARIANTS, type Variant } from './video-takes.ts';

const closed = { additionalProperties: false } as const;
/** A name in both languages of the console. */
export const NameSchema = Type.Object({ zh: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) }, closed);
export type Name = Static<typeof NameSchema>;

/** Datums a feed may use; everything is WGS-84 after decoding. */
export const CRS_NAMES = ['wgs84', 'gcj02', 'bd09'] as const;
export type Crs = (typeof CRS_NAMES)[number];

export const FEED_KINDS = ['zmq', 'gb26875', 'cap-folder'] as const;

/** A CURVE key as ZeroMQ prints it: 32 bytes as 40 characters of Z85 (RFC 32). */
export const Z85_KEY = '^[0-9a-zA-Z.\\-:+=^!/*?&<>()\\[\\]{}@%$#]{40}$';
/** tcp://host:port (IPv6 in brackets), ipc://path or inproc://name. */
export const ENDPOINT = '^(tcp://(\\[[0-9a-fA-F:]+\\]|[A-Za-z0-9._-]+):[0-9]{1,5}|ipc://.+|inproc://.+)$';

export const Longitude = Type.Number({ minimum: -180, maximum: 180 });
export const Latitude = Type.Number({ minimum: -90, maximum: 90 });

export const TransmitterPlaceSchema = Type.Object(
  {
    /** Source address of the device, twelve hexadecimal digits. */
    address: Type.String({ pattern: '^[0-9a-fA-F]{12}$' }),
    /** What its parts are named after, such as the building. */
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    lon: Longitude,
    lat: Latitude,
    buildingId: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
  },
  closed,
);
export type TransmitterPlace = Static<typeof TransmitterPlaceSchema>;

export const FeedSourceSchema = Type.Object(
  {
    /** The name in the topics, one of `SOURCES` or another; each at most once in a profile. */
    source: Type.String({ pattern: '^[a-z][a-z0-9-]{0,63}$' }),
    /**
     * `zmq` (default): a platform of the feed contract. `gb26875`: transmission devices of GB/T 26875.3-2011 call us.
     * `cap-folder`: warnings as CAP 1.2 files in a folder.
     */
    kind: Type.Optional(Type.Enum([...FEED_KINDS])),
    /** Endpoint of the platform's PUB socket; `zmq` needs it. */
    events: Type.Optional(Type.String({ pattern: ENDPOINT })),
    /** Endpoint of the platform's ROUTER socket; `zmq` needs it. */
    request: Type.Optional(Type.String({ pattern: ENDPOINT })),
    /** Where transmission devices call, as tcp://address:port; `gb26875` needs it. */
    listen: Type.Optional(Type.String({ pattern: '^tcp://(\\[[0-9a-fA-F:]+\\]|[A-Za-z0-9._-]+):[0-9]{1,5}$' })),
    /** Where the transmission devices stand, by their address. */
    places: Type.Optional(Type.Array(TransmitterPlaceSchema)),
    /** Where warnings are put as CAP 1.2 files (*.xml); `cap-folder` needs it. */
    folder: Type.Optional(Type.String({ minLength: 1 })),
    /** Datum of its coordinates. Default `wgs84`. */
    crs: Type.Optional(Type.Enum([...CRS_NAMES])),
    /** The platform's public CURVE key. Absent: not encrypted. */
    serverKey: Type.Optional(Type.String({ pattern: Z85_KEY })),
    /** The console's own CURVE pair, when the platform admits known clients only. */
    clientKeys: Type.Optional(
      Type.Object(
        {
          publicKey: Type.String({ pattern: Z85_KEY }),
          /** File that holds the secret key (Z85) and nothing else; never written in a profile. */
          secretKeyFile: Type.String({ minLength: 1 }),
        },
        closed,
      ),
    ),
    /** Allows an unencrypted feed from another machine; the wall then shows it. Default false. */
    insecure: Type.Optional(Type.Boolean()),
    /** What the link bar calls it. Default: the console's own words for the source. */
    name: Type.Optional(NameSchema),
    /** Smaller streams it publishes beside each camera's own, as <id>~sub and <id>~still; `zmq` only. Default none. */
    variants: Type.Optional(Type.Array(Type.Enum([...VARIANTS]))),
  },
  closed,
);

export type FeedSource = Static<typeof FeedSourceSchema>;

/** A platform's feed as the bridge opens it: defaults filled in, key file absolute. */
export interface FeedProfile {
  readonly source: string;
  readonly kind: 'zmq';
  readonly events: string;
  readonly request: string;
  readonly crs: Crs;
  readonly serverKey?: string;
  readonly clientKeys?: { readonly publicKey: string; readonly secretKeyFile: string };
  readonly insecure: boolean;
  readonly name?: Name;
  readonly variants?: readonly Variant[];
}

/** A feed of transmission devices that call the console (GB/T 26875.3-2011). */
export interface TransmitterProfile {
  readonly source: string;
  readonly kind: 'gb26875';
  readonly listen: string;
  readonly crs: Crs;
  readonly places: readonly TransmitterPlace[];
  readonly insecure: boolean;
  readonly name?: Name;
}

/** A folder where warnings are put as CAP 1.2 files. */
export interface FolderProfile {
  readonly source: string;
  readonly kind: 'cap-folder';
  /** Absolute. */
  readonly folder: string;
  readonly crs: Crs;
  readonly insecure: boolean;
  readonly name?: Name;
}
/** A checked feed of any kind. */
export type AnyFeedProfile = FeedProfile | TransmitterProfile | FolderProfile;
