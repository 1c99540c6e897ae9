/**
 * Who may act at this console: positions, people, rights, the lock.
 *
 * Owns: the schema of `access:` in a profile, the record of a position, the acts of signing in and locking.
 * Guarantees: plain data; a secret is in none of it. Refuses: to know how a PIN is kept.
 */
import { Type, type Static } from 'typebox';
import type { ReceiveTime } from './brand.ts';

export const ROLES = ['duty', 'leader', 'field', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

const Acts = Type.Union([
  Type.Literal('all'),
  Type.Array(Type.String({ pattern: '^[a-z][A-Za-z]*$' }), { uniqueItems: true }),
]);
export const AccessSchema = Type.Object(
  {
    /** What a role may do: names of commands, or `all`. A role that is not named keeps its default. */
    rights: Type.Optional(
      Type.Object(
        {
          duty: Type.Optional(Acts),
          leader: Type.Optional(Acts),
          field: Type.Optional(Acts),
          viewer: Type.Optional(Acts),
        },
        { additionalProperties: false },
      ),
    ),
    /** Without an act for so long the console locks its acts; minutes. Absent: only by the key. */
    lockMin: Type.Optional(Type.Number({ minimum: 1, maximum: 1440 })),
  },
  { additionalProperties: false },
);
export type AccessSource = Static<typeof AccessSchema>;
export type Rights = Readonly<Record<Role, 'all' | readonly string[]>>;
export interface AccessProfile {
  readonly rights: Rights;
  readonly lockMin: number | null;
}

/** The house rule where the profile names none: the field works its own scene, a viewer looks. */
export const DEFAULT_RIGHTS: Rights = {
  duty: 'all',
  leader: 'all',
  field: [
    ...['acknowledge', 'confirm', 'verdict', 'remind', 'holdDoor', 'openIncident', 'dispatch', 'task'],
    ...['closeRoads', 'handover', 'recall', 'receipt', 'tick', 'own', 'notify', 'workOrder', 'draw', 'erase'],
  ],
  viewer: [],
};

/** A position of this console (the windows of one role) and who sits there. */
export interface SeatRecord {
  id: Role;
  /** Absent: nobody has signed in. */
  person?: { id: string; name: string; role: Role };
  /** Acts wait for a PIN. Never true while nobody has a PIN: then the operating system's user answers for the acts. */
  locked: boolean;
  /** Since when it is so. */
  at: ReceiveTime;
  /** `pin`: by a PIN; `system`: by the operating system's user; `nobody`: no people are set up. */
  by: 'pin' | 'system' | 'nobody';
  may: 'all' | readonly string[];
  /** Who may sign in here. */
  people: { id: string; name: string; role: Role }[];
  /** After wrong PINs: no try before this. */
  triesFrom?: ReceiveTime;
}

/** Not orders and not acts on the picture: these change who may act. */
export interface SeatCommands {
  signIn: { args: { personId: string; pin: string }; result: { name: string } };
  /** Locks the acts; the wall goes on. */
  lock: { args: Record<string, never>; result: Record<string, never> };
}
