/**
 * Who is in a building, as a grid survey (网格普查) counted them: households, people, people who need help to get out.
 *
 * Owns: the file a district writes (`people.json`) and what of it goes with an incident. Guarantees: counts with the day they
 *   were taken, never names; what one floor's count would give away of a person is masked before it leaves the port.
 * Refuses: to be served as a file: the bridge alone reads it.
 */
import { Type, type Static } from 'typebox';

const Count = Type.Integer({ minimum: 0, maximum: 100_000 });
const Id = Type.String({ minLength: 1 });

export const PeopleFileSchema = Type.Object({
  format: Type.Literal('fengsui/people@1'),
  /** Days of the surveys. */
  days: Type.Array(Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' })),
  /**
   * Building, index of the day, households, people, people who need help; then, where it was counted by floor, flat and
   * lowest first: floor, households, people, who need help.
   */
  rows: Type.Array(Type.Tuple([Id, Count, Count, Count, Count, Type.Array(Type.Integer())])),
});
export type PeopleFile = Static<typeof PeopleFileSchema>;

export interface FloorResidents {
  /** As written on the building. */
  readonly floor: number;
  readonly households: number;
  readonly people: number;
  /** Who cannot leave without help; null: one or two, who would be known by their number. */
  readonly help: number | null;
}
/** Of one building; `floors` is empty where the survey counted the building alone. */
export interface Residents {
  /** Day of the survey, `YYYY-MM-DD`. */
  readonly surveyed: string;
  readonly households: number;
  readonly people: number;
  readonly help: number;
  readonly floors: readonly FloorResidents[];
}

/** House rule, after the small cells of official statistics: fewer on one floor are not told by their number. */
export const FEW = 3;

/** By building. */
export const readPeople = (file: PeopleFile): ReadonlyMap<string, Residents> =>
  new Map(
    file.rows.map(([id, day, households, people, help, flat]) => {
      const floors: FloorResidents[] = [];
      for (let i = 0; i + 3 < flat.length; i += 4) {
        const [floor = 0, ofHouseholds = 0, ofPeople = 0, ofHelp = 0] = flat.slice(i, i + 4);
        floors.push({ floor, households: ofHouseholds, people: ofPeople, help: ofHelp });
      }
      return [id, { surveyed: file.days[day] ?? '', households, people, help, floors }];
    }),
  );

export const maskResidents = (residents: Residents): Residents => ({
  ...residents,
  floors: residents.floors.map((one) =>
    one.help !== null && one.help > 0 && one.help < FEW ? { ...one, help: null } : one,
  ),
});

/** Several floors together; who needs help is between `help[0]` and `help[1]`, the same where nothing is masked. */
export interface ResidentsSum {
  readonly households: number;
  readonly people: number;
  readonly help: readonly [least: number, most: number];
}
export const sumOf = (floors: readonly FloorResidents[]): ResidentsSum => {
  let [households, people, least, most] = [0, 0, 0, 0];
  for (const floor of floors) {
    households += floor.households;
    people += floor.people;
    least += floor.help ?? 1;
    most += floor.help ?? FEW - 1;
  }
  return { households, people, help: [least, most] };
};
