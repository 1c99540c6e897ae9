/**
 * Plans (预案) of a site profile, and what the console does by itself when the profile says so.
 *
 * Owns: the schema of `plans:` and `response.automatic:`, and which plans an incident calls for.
 * Guarantees: lists and recipients have ids that stay, so that a tick and a call can be told of later; the overall plan
 *   comes before the special ones.
 * Refuses: an automatic act without a reason that the wall can show.
 */
import { Type, type Static } from 'typebox';
import { NameSchema } from './site-feeds.ts';
import { ALARM_TYPES, DEVICE_KINDS } from './wire.ts';

const closed = { additionalProperties: false } as const;
const Id = Type.String({ pattern: '^[a-z][a-z0-9-]*$', maxLength: 64 });

export const PlanListSchema = Type.Object(
  {
    id: Id,
    name: NameSchema,
    items: Type.Array(
      Type.Object(
        {
          id: Id,
          name: NameSchema,
          /** Whose it is: one of `linkages.departments`. */
          department: Type.Optional(Type.String({ minLength: 1 })),
        },
        closed,
      ),
      { minItems: 1, maxItems: 12 },
    ),
  },
  closed,
);
/** 叫应: who must be called by name, and answer by name. */
export const RecipientSchema = Type.Object(
  {
    id: Id,
    /** The person, or the post where the post is what is called. */
    name: Type.String({ minLength: 1, maxLength: 64 }),
    role: NameSchema,
    department: Type.String({ minLength: 1 }),
  },
  closed,
);
export const PlanSchema = Type.Object(
  {
    id: Id,
    name: NameSchema,
    /** Kinds of incidents it is for; absent: the overall plan, for all. */
    kinds: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })),
    /** At least this bad: 1 is the worst. */
    level: Type.Optional(Type.Integer({ minimum: 1, maximum: 4 })),
    lists: Type.Array(PlanListSchema, { maxItems: 6 }),
    recipients: Type.Optional(Type.Array(RecipientSchema, { maxItems: 20 })),
  },
  closed,
);
export type Plan = Static<typeof PlanSchema>;
export type PlanList = Static<typeof PlanListSchema>;
export type Recipient = Static<typeof RecipientSchema>;

export const TOLD = ['property', 'resident', 'contractor'] as const;
/** Who is told of an alarm outside the linkage: the property office, the resident's contact, the electrical contractor. */
export type Told = (typeof TOLD)[number];

/** An alarm of these types (and kinds, and places) that stands for `afterS` is told, once, without anybody's key. */
export const AutomaticSchema = Type.Object(
  {
    id: Id,
    types: Type.Array(Type.Enum([...ALARM_TYPES]), { minItems: 1 }),
    kinds: Type.Optional(Type.Array(Type.Enum([...DEVICE_KINDS]), { minItems: 1 })),
    /** Any one of them. */
    places: Type.Optional(Type.Array(Type.Enum(['timber', 'high-rise', 'key-unit']), { minItems: 1 })),
    /** Default 0. */
    afterS: Type.Optional(Type.Number({ minimum: 0, maximum: 3600 })),
    tell: Type.Array(Type.Enum([...TOLD]), { minItems: 1 }),
    reason: NameSchema,
  },
  closed,
);
export type AutomaticRule = Static<typeof AutomaticSchema>;

/** The overall plan first, then the special ones. */
export const plansFor = (plans: readonly Plan[], { kind, level }: { kind: string; level: number }): Plan[] =>
  plans
    .filter((plan) => (plan.kinds?.includes(kind) ?? true) && level <= (plan.level ?? 4))
    .sort((a, b) => Number(a.kinds !== undefined) - Number(b.kinds !== undefined));
