/**
 * The site profile: what `site.yaml` may say, and what it means once read.
 * Guarantees: `ProfileSource` is exactly what a person may write (only `id` is required);
 * `Profile` is the same with every default filled in and every path absolute.
 * Refuses nothing itself: `native-bridge/config.ts` reads, checks and explains.
 * The files of a site (buildings, roads, towers …) are described in `site-files.ts`.
 */
import { Type, type Static } from 'typebox';
import { AGE_LIMITS, type AgeKind, type AgeLimits } from './staleness.ts';
import { VIDEO_LAYOUTS, type WindowVideo } from './video-layout.ts';
import { SKEW_SHOWN_MS } from './wire.ts';
import { FeedSourceSchema, Latitude, Longitude, NameSchema, type AnyFeedProfile, type Name } from './site-feeds.ts';

import { AccessSchema, DEFAULT_RIGHTS, ROLES, type AccessProfile, type Role } from './access.ts';
import { PlanSchema, type Plan } from './site-plans.ts';
import { AlarmsSchema, ResponseSchema, type AlarmRules, type ResponseTimes } from './site-duty.ts';

export type { Crs, FeedProfile, FeedSource, Name, TransmitterPlace, TransmitterProfile } from './site-feeds.ts';
export { CRS_NAMES, ENDPOINT, FeedSourceSchema, NameSchema, Z85_KEY } from './site-feeds.ts';

const closed = { additionalProperties: false } as const;

/** Languages of the console. */
export const LOCALES = ['zh', 'en'] as const;
/** `video`: nothing but tiles; `map`: nothing but the city; `alarms`, `board` (incidents and forces): each a display of its own. */
export const VIEWS = ['duty', 'consultation', 'field', 'video', 'map', 'alarms', 'board'] as const;
/** `sunlight`: light panels of high contrast, for a vehicle by day. */
export const THEMES = ['dark', 'sunlight'] as const;
/** How finely the city is drawn, finest first. */
export const QUALITIES = ['full', 'high', 'balanced', 'low'] as const;
export const DURABILITIES = ['process', 'power-loss'] as const;

/** Where a window's map looks at first: centre, metres away, degrees (0 = north; -90 = straight down). */
export const CameraSchema = Type.Object(
  {
    lon: Longitude,
    lat: Latitude,
    range: Type.Number({ exclusiveMinimum: 0, maximum: 500_000 }),
    heading: Type.Optional(Type.Number({ minimum: 0, maximum: 360 })),
    pitch: Type.Optional(Type.Number({ minimum: -90, maximum: 0 })),
  },
  closed,
);

const CornerSchema = Type.Tuple([Longitude, Latitude]);

export const WindowSourceSchema = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][a-z0-9-]*$' }),
    /** Index of the display, 0 = primary. Default: the window's place in the list. */
    display: Type.Optional(Type.Integer({ minimum: 0, maximum: 63 })),
    /** Default `duty`. */
    view: Type.Optional(Type.Enum([...VIEWS])),
    /** Whose window it is; default `duty`, `leader` for `consultation`, `field` for `field`. */
    role: Type.Optional(Type.Enum([...ROLES])),
    /** It shows what is chosen in the other windows of its role; default true for windows that follow nothing else. */
    follow: Type.Optional(Type.Boolean()),
    /** Default true. */
    fullscreen: Type.Optional(Type.Boolean()),
    camera: Type.Optional(CameraSchema),
    theme: Type.Optional(Type.Enum([...THEMES])),
    /** Its own area, by corners or by the id of a zone; what lies elsewhere is counted, not listed. */
    area: Type.Optional(Type.Array(CornerSchema, { minItems: 3 })),
    zone: Type.Optional(Type.String({ minLength: 1 })),
    /** kbit/s of what the feeds bring: video gives way first. */
    network: Type.Optional(Type.Integer({ minimum: 8, maximum: 1_000_000 })),
    /** Fixes how finely the city is drawn; without it that follows the measured cost of a frame. */
    quality: Type.Optional(Type.Enum([...QUALITIES])),
    /** Layout of the tiles, and whether they patrol; `dwell` in seconds a group. */
    video: Type.Optional(
      Type.Object(
        {
          layout: Type.Optional(Type.Enum([...VIDEO_LAYOUTS])),
          patrol: Type.Optional(Type.Boolean()),
          dwell: Type.Optional(Type.Integer({ minimum: 5, maximum: 3600 })),
          /** Mbit/s. */
          budget: Type.Optional(Type.Number({ minimum: 0.05, maximum: 10_000 })),
        },
        closed,
      ),
    ),
  },
  closed,
);

/** An override of one kind's ages, in seconds; what is not named stays. fresh ≤ late ≤ stale. */
export const AgesSchema = Type.Object(
  {
    fresh: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
    late: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
    stale: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
  },
  closed,
);

export const DepartmentSchema = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][a-z0-9-]*$' }),
    name: NameSchema,
    /** What it is usually asked for, most frequent first. */
    actions: Type.Optional(Type.Array(NameSchema)),
  },
  closed,
);

/** Of what day the site's data are, where they come from, under which terms. */
export const ProvenanceSchema = Type.Object(
  {
    date: Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' }),
    origin: NameSchema,
    licence: Type.String({ minLength: 1 }),
  },
  closed,
);

/** What a person may write in `site.yaml`. */
export const ProfileSourceSchema = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][a-z0-9-]*$' }),
    name: Type.Optional(NameSchema),
    /** The site is invented, wholly or in part; the wall says so. */
    synthetic: Type.Optional(Type.Boolean()),
    /** Another profile whose values are taken where this one is silent: an id under `resources/sites`, or a path. */
    extends: Type.Optional(Type.String({ minLength: 1 })),
    /** The feeds are played by the drill, not by a district; the wall bears a permanent mark. */
    drill: Type.Optional(Type.Boolean()),
    locale: Type.Optional(Type.Enum([...LOCALES])),
    /** IANA name. */
    timezone: Type.Optional(Type.String({ minLength: 1 })),
    centre: Type.Optional(Type.Object({ lon: Longitude, lat: Latitude }, closed)),
    /** Folder of the site files. Default: the profile's own folder. */
    files: Type.Optional(Type.String({ minLength: 1 })),
    /** Name of the built city pack. Default: the id (inherited through `extends`). */
    pack: Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9-]*$' })),
    /** Whose data the site files are; shown with the map. */
    provenance: Type.Optional(ProvenanceSchema),
    feeds: Type.Optional(Type.Array(FeedSourceSchema)),
    windows: Type.Optional(Type.Array(WindowSourceSchema, { minItems: 1 })),
    viewing: Type.Optional(
      Type.Object(
        {
          /** Farthest seat, metres. */
          distance: Type.Optional(Type.Number({ minimum: 0.3, maximum: 50 })),
          /** Millimetres from one pixel to the next. */
          pixelPitch: Type.Optional(Type.Number({ minimum: 0.05, maximum: 10 })),
        },
        closed,
      ),
    ),
    thresholds: Type.Optional(
      Type.Object(
        {
          /** Overrides of `AGE_LIMITS`, by its kinds. */
          staleness: Type.Optional(Type.Record(Type.String(), AgesSchema)),
          /** A clock further off than this is shown and corrected for display; ms. */
          clockSkewMs: Type.Optional(Type.Integer({ minimum: 100, maximum: 3_600_000 })),
          /** A camera that shows nothing for so long becomes an alarm; ms. */
          blindAlarmMs: Type.Optional(Type.Integer({ minimum: 1000, maximum: 86_400_000 })),
        },
        closed,
      ),
    ),
    journal: Type.Optional(
      Type.Object(
        {
          durability: Type.Optional(Type.Enum([...DURABILITIES])),
          retentionDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3650 })),
          maxBytes: Type.Optional(Type.Integer({ minimum: 64 * 2 ** 20 })),
          /** What the wall showed can be seen again for so long; at most a quarter of `maxBytes` is spent on it. */
          pastDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3650 })),
        },
        closed,
      ),
    ),
    linkages: Type.Optional(Type.Object({ departments: Type.Optional(Type.Array(DepartmentSchema)) }, closed)),
    /** Priority, suppression and delays of alarms. */
    alarms: Type.Optional(AlarmsSchema),
    /** Who may do what, and when acts are locked. */
    access: Type.Optional(AccessSchema),
    /** Times that incidents and tasks must keep. */
    response: Type.Optional(ResponseSchema),
    /** Plans (预案): the overall one and the special ones, with their checklists and whom they call. */
    plans: Type.Optional(Type.Array(PlanSchema)),
    targets: Type.Optional(
      Type.Object(
        {
          /** Minutes of the rescue circle. */
          rescueCircleMin: Type.Optional(Type.Number({ minimum: 1, maximum: 120 })),
          /** Alarms per operator position and hour: on average, and at most. */
          alarmsPerHour: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
          alarmsPerHourMax: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
          /** Alarms in ten minutes: above the first a flood begins, below the second it is over. */
          floodBegins: Type.Optional(Type.Integer({ minimum: 1 })),
          floodEnds: Type.Optional(Type.Integer({ minimum: 1 })),
          /** State changes in five minutes above which an alarm chatters. */
          chattering: Type.Optional(Type.Integer({ minimum: 1 })),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type ProfileSource = Static<typeof ProfileSourceSchema>;
export type WindowSource = Static<typeof WindowSourceSchema>;
export type WindowCamera = Static<typeof CameraSchema>;
export type Theme = (typeof THEMES)[number];
export type Provenance = Static<typeof ProvenanceSchema>;
export type Department = Static<typeof DepartmentSchema>;

export interface WindowProfile {
  readonly id: string;
  readonly display: number;
  readonly view: (typeof VIEWS)[number];
  readonly fullscreen: boolean;
  readonly role: Role;
  readonly follow: boolean;
  readonly camera?: WindowCamera;
  readonly theme?: Theme;
  readonly area?: readonly (readonly [lon: number, lat: number])[];
  readonly zone?: string;
  readonly network?: number;
  readonly quality?: (typeof QUALITIES)[number];
  readonly video?: WindowVideo;
}

/** A checked profile: nothing optional is missing, every path is absolute. */
export interface Profile {
  readonly id: string;
  readonly name: Name;
  readonly synthetic: boolean;
  readonly drill: boolean;
  readonly locale: (typeof LOCALES)[number];
  readonly timezone: string;
  readonly centre: { readonly lon: number; readonly lat: number };
  /** Absolute folder of the site files. */
  readonly files: string;
  readonly pack: string;
  readonly provenance?: Provenance;
  readonly feeds: readonly AnyFeedProfile[];
  readonly windows: readonly WindowProfile[];
  readonly viewing: { readonly distance: number; readonly pixelPitch: number };
  readonly thresholds: {
    /** Complete: the overrides on top of `AGE_LIMITS`; ms. */
    readonly staleness: Readonly<Record<AgeKind, AgeLimits>>;
    readonly clockSkewMs: number;
    readonly blindAlarmMs: number;
  };
  readonly journal: {
    readonly durability: (typeof DURABILITIES)[number];
    readonly retentionDays: number;
    readonly maxBytes: number;
    readonly pastDays: number;
  };
  readonly linkages: { readonly departments: readonly Department[] };
  readonly access: AccessProfile;
  readonly alarms: AlarmRules;
  readonly response: ResponseTimes;
  readonly plans: readonly Plan[];
  readonly targets: {
    readonly rescueCircleMin: number;
    readonly alarmsPerHour: number;
    readonly alarmsPerHourMax: number;
    readonly floodBegins: number;
    readonly floodEnds: number;
    readonly chattering: number;
  };
  /** The profile files that were read, this one first. */
  readonly origin: readonly string[];
}

/** What stands where neither the profile nor what it extends says anything. */
export const PROFILE_DEFAULTS = {
  synthetic: false,
  drill: false,
  locale: 'zh',
  timezone: 'Asia/Shanghai',
  /** The farthest seat of wall.md, and a 1.5 mm LED wall. */
  viewing: { distance: 8, pixelPitch: 1.5 },
  /** A camera that restarts is back within a minute. */
  thresholds: { staleness: AGE_LIMITS, clockSkewMs: SKEW_SHOWN_MS, blindAlarmMs: 60_000 },
  /** 30 days at 300 events/s fit in 16 GB (limits.md). */
  journal: { durability: 'process', retentionDays: 30, maxBytes: 16 * 2 ** 30, pastDays: 7 },
  access: { rights: DEFAULT_RIGHTS, lockMin: null },
  alarms: {},
  response: {},
  plans: [],
  /** The 15-minute rescue circle (domain.md); alarm rates of IEC 62682 and ISA-18.2 (wall.md). */
  targets: {
    rescueCircleMin: 15,
    alarmsPerHour: 6,
    alarmsPerHourMax: 12,
    floodBegins: 10,
    floodEnds: 5,
    chattering: 5,
  },
} as const satisfies Partial<Profile>;
