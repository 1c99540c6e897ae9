/**
 * The duty part of a site profile: priority, suppression and delay of alarms, times an incident must keep.
 *
 * Owns: the schema of `alarms:` and `response:`, and the card of it that windows get.
 * Guarantees: every rule has an id and a reason in both languages, so that the wall can say why.
 * Refuses: a rule that suppresses or delays a fire.
 */
import { Type, type Static } from 'typebox';
import { NameSchema, type Name } from './site-feeds.ts';
import { AutomaticSchema, type Plan } from './site-plans.ts';
import { ALARM_TYPES, DEVICE_KINDS, type AlarmType } from './wire.ts';

const closed = { additionalProperties: false } as const;
const RuleId = Type.String({ pattern: '^[a-z][a-z0-9-]*$' });
const HourMinute = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' });
const NOT_FIRE = ALARM_TYPES.filter((type): type is Exclude<AlarmType, 'fire'> => type !== 'fire');

/** `timber`: a historic block; `high-rise`: a building with elevators on file; `key-unit`: a key fire-safety unit. */
export const ALARM_PLACES = ['timber', 'high-rise', 'key-unit'] as const;
export type AlarmPlace = (typeof ALARM_PLACES)[number];

/** All that is said must hold; of several rules that apply the worst level counts. */
export const PriorityRuleSchema = Type.Object(
  {
    id: RuleId,
    types: Type.Optional(Type.Array(Type.Enum([...ALARM_TYPES]), { minItems: 1 })),
    kinds: Type.Optional(Type.Array(Type.Enum([...DEVICE_KINDS]), { minItems: 1 })),
    /** Any one of them. */
    places: Type.Optional(Type.Array(Type.Enum([...ALARM_PLACES]), { minItems: 1 })),
    /** Local time; `to` may be past midnight. */
    from: Type.Optional(HourMinute),
    to: Type.Optional(HourMinute),
    /** At least this level: 1 is the worst. */
    level: Type.Integer({ minimum: 1, maximum: 4 }),
    reason: NameSchema,
  },
  closed,
);
export const SuppressRuleSchema = Type.Object(
  {
    id: RuleId,
    types: Type.Array(Type.Enum(NOT_FIRE), { minItems: 1 }),
    kinds: Type.Optional(Type.Array(Type.Enum([...DEVICE_KINDS]), { minItems: 1 })),
    buildings: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })),
    blocks: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })),
    from: Type.Optional(HourMinute),
    to: Type.Optional(HourMinute),
    reason: NameSchema,
  },
  closed,
);
export const DelayRuleSchema = Type.Object(
  {
    types: Type.Array(Type.Enum(NOT_FIRE), { minItems: 1 }),
    /** So long must it stand before anybody is called; s. */
    onS: Type.Optional(Type.Number({ minimum: 0, maximum: 600 })),
    /** So long must it be quiet before it counts as returned; s. */
    offS: Type.Optional(Type.Number({ minimum: 0, maximum: 600 })),
  },
  closed,
);
export const AlarmsSchema = Type.Object(
  {
    priority: Type.Optional(Type.Array(PriorityRuleSchema)),
    suppress: Type.Optional(Type.Array(SuppressRuleSchema)),
    delays: Type.Optional(Type.Array(DelayRuleSchema)),
    /** ISA-18.2: having returned, these stay on the list until somebody has confirmed what it was. */
    latch: Type.Optional(Type.Array(Type.Enum([...ALARM_TYPES]))),
    /** Acknowledged, still standing and not dealt with for so long: it calls again. Minutes, by level. */
    reAlarmMin: Type.Optional(
      Type.Object(
        {
          '1': Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
          '2': Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
          '3': Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
          '4': Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
        },
        closed,
      ),
    ),
  },
  closed,
);
export const ResponseSchema = Type.Object(
  {
    /** The standard or house rule that these times come from; shown beside them. */
    standard: Type.Optional(NameSchema),
    /** From reported to accepted, from accepted to dispatched, from reported to arrived; minutes. */
    acceptMin: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
    dispatchMin: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
    arriveMin: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
    /** A task without receipt for so long is called again by the wall, then told to `escalateTo`; minutes. */
    receiptMin: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
    escalateMin: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
    /** Department that traces a suspected false call, by an order of its own; absent: it is only held back. */
    traceTo: Type.Optional(Type.String({ minLength: 1 })),
    /** Department told by an order of its own; absent: the wall only shows it. */
    escalateTo: Type.Optional(Type.String({ minLength: 1 })),
    /** Whom the console tells by itself, by orders of its own that the wall shows like any other. */
    automatic: Type.Optional(Type.Array(AutomaticSchema)),
  },
  closed,
);
export type PriorityRule = Static<typeof PriorityRuleSchema>;
export type SuppressRule = Static<typeof SuppressRuleSchema>;
export type DelayRule = Static<typeof DelayRuleSchema>;
export type AlarmRules = Static<typeof AlarmsSchema>;
export type ResponseTimes = Static<typeof ResponseSchema>;

/** What a window needs of it. */
export interface DutyCard {
  /** Names of the rules: priority, suppression and what the console does by itself. */
  rules: { id: string; reason: Name }[];
  response: ResponseTimes;
  plans?: Plan[];
  targets: { alarmsPerHour: number; alarmsPerHourMax: number; floodBegins: number; floodEnds: number };
}
