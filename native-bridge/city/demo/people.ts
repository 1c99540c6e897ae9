/**
 * Who lives and works where in the demonstration: invented counts, as a district's grid survey would have taken them.
 *
 * Owns: `people.json`, and the sums that stand in `buildings.json`. Guarantees: the same every time; the floors of a building
 *   add up to its sum; an estate was surveyed on one day, some of them long ago. Refuses: names, ages, telephone numbers.
 */
import type { BuildingUse } from '../../contract/site-files.ts';
import type { PeopleFile } from '../../contract/residents.ts';
import { areaOf } from '../import/rings.ts';
import type { Built } from './city.ts';
import type { Random } from './random.ts';

/** Of the demonstration, the last one before its own day; the first are older than a year. */
const DAYS = ['2025-09-16', '2025-11-04', '2026-03-18', '2026-05-20', '2026-07-08', '2026-09-10', '2026-10-27'];
/** m² of a floor for one household: flats with their share of stairs and shafts; a village house is one. */
const FLAT = 128;
const HOMES: ReadonlySet<BuildingUse> = new Set(['residential', 'high-rise', 'village', 'historic']);
/** m² of all floors for one person at work, at school, in a ward. */
const PER_PERSON: Partial<Record<BuildingUse, number>> = {
  ...{ office: 22, commercial: 55, public: 60, school: 14, hospital: 26, factory: 90, warehouse: 600, station: 70 },
};
/** Counted by floor from so many floors on; below it the house is small enough to be looked through. */
const BY_FLOOR = 4;
const EMPTY_HOMES = 0.11;
/** Of people: who cannot leave without help. */
const HELPLESS = 0.045;
const IN_A_WARD = 0.4;

type Row = PeopleFile['rows'][number];

export function countPeople(buildings: readonly Built[], random: Random): { file: PeopleFile; rows: Map<string, Row> } {
  const days = new Map<string, number>();
  const rows = new Map<string, Row>();
  for (const building of buildings) {
    const { id, use, floors, rings, draft } = building;
    const r = random.fork(id);
    const grid = draft.compound?.zh ?? `${draft.townId} ${draft.street.zh}`;
    const day = days.get(grid) ?? random.fork(`day/${grid}`).int(0, DAYS.length - 1);
    days.set(grid, day);
    const area = rings[0] === undefined ? 0 : areaOf(rings[0]);
    const per = PER_PERSON[use];
    if (!HOMES.has(use)) {
      if (per === undefined) continue;
      const people = Math.round(((area * floors) / per) * r.range(0.7, 1.1));
      if (people === 0) continue;
      const help = use === 'hospital' ? Math.round(people * IN_A_WARD) : 0;
      rows.set(id, [id, day, 0, people, help, []]);
      continue;
    }
    const single = use === 'village' || use === 'historic';
    const flats = single ? 1 : Math.max(1, Math.round(area / FLAT));
    const flat: number[] = [];
    let [households, people, help] = [0, 0, 0];
    const storeys = single ? 1 : floors;
    for (let floor = 1; floor <= storeys; floor++) {
      // The ground floor of a tower is its hall.
      const homes = use === 'high-rise' && floor === 1 ? 0 : flats;
      let [ofHomes, ofPeople, ofHelp] = [0, 0, 0];
      for (let home = 0; home < homes; home++) {
        if (r.chance(EMPTY_HOMES)) continue;
        const persons = r.pick([1, 2, 2, 3, 3, 3, 4, 5]);
        ofHomes++;
        ofPeople += persons;
        for (let person = 0; person < persons; person++) if (r.chance(HELPLESS)) ofHelp++;
      }
      households += ofHomes;
      people += ofPeople;
      help += ofHelp;
      if (floors >= BY_FLOOR && !single) flat.push(floor, ofHomes, ofPeople, ofHelp);
    }
    rows.set(id, [id, day, households, people, help, flat]);
  }
  return { file: { format: 'fengsui/people@1', days: DAYS, rows: [...rows.values()] }, rows };
}
