/**
 * Owns: what a story has to play with: the parts of the district and who is cast.
 * Guarantees: a name that the scenario's check let through is found. Refuses: to change anything.
 */
import type { Casting } from '../casting.ts';
import type { Tower } from '../../contract/site-files.ts';
import type { Alarms } from './alarms.ts';
import type { Channel } from './cameras.ts';
import type { Incidents } from './incidents.ts';
import type { Readings } from './readings.ts';
import type { Rooms } from './rooms.ts';
import type { Situation } from './situation.ts';
import type { Vehicles } from './vehicles.ts';
import type { World } from './world.ts';

export interface Stage {
  readonly world: World;
  readonly casting: Casting;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly alarms: Alarms;
  readonly readings: Readings;
  readonly rooms: Rooms;
  readonly situation: Situation;
  readonly incidents: Incidents;
  readonly vehicles: Vehicles;
}
export function towerIn(stage: Stage, name: string): Tower {
  const tower = stage.casting.towers.get(name);
  if (tower === undefined) throw new Error(`${name} is not cast as a tower`);
  return tower;
}
