/**
 * The lie of the land, before anything can be laid on it.
 *
 * Owns: waiting for it. Guarantees: a district without terrain waits for nothing; one whose terrain cannot be read lies level,
 *   and the wall says so.
 * Refuses: to read it itself.
 */
import { useEffect, useState } from 'react';
import type { Terrain } from '../../native-bridge/contract/terrain.ts';
import { siteLibrary } from '../store/site-library.ts';
import type { World } from '../store/world.ts';

export interface Lie {
  /** Absent: level. */
  readonly terrain?: Terrain;
  /** Why it could not be read. */
  readonly why?: string;
}
const LEVEL: Lie = {};

/** @returns null: not known yet */
export const useLie = (world: World): Lie | null => {
  const [read, setRead] = useState<Lie | null>(null);
  const site = world.site();
  const level = site !== null && site.map?.terrain === undefined;
  useEffect(() => {
    let gone = false;
    void siteLibrary(world)
      .read('terrain')
      .then(
        (terrain): Lie => (terrain ? { terrain } : LEVEL),
        (error: unknown): Lie => ({ why: String(error) }),
      )
      .then((lie) => {
        if (!gone && !level) setRead(lie);
      });
    return () => {
      gone = true;
    };
  }, [world, level]);
  return level ? LEVEL : read;
};
