/**
 * Callsigns of units, from the site's fleet.
 *
 * Owns: reading them once. Guarantees: a unit that the site does not know keeps its id. Refuses: to wait for them.
 */
import { useEffect, useState } from 'react';
import { useFengsui } from '../../store/hooks.ts';
import { siteLibrary } from '../../store/site-library.ts';

type Name = { readonly zh: string; readonly en: string };

export const useCallsigns = (): ((unitId: string) => Name | undefined) => {
  const { world } = useFengsui();
  const [names, setNames] = useState<ReadonlyMap<string, Name>>(new Map());
  useEffect(() => {
    let wanted = true;
    const { read } = siteLibrary(world);
    Promise.all([read('vehicles'), read('places').catch(() => [])]).then(
      ([fleet, places]) => {
        if (!wanted) return;
        const stations = places.filter(({ kind }) => kind === 'station').map(({ id, name }) => [id, name] as const);
        setNames(new Map<string, Name>([...fleet.map(({ id, callsign }) => [id, callsign] as const), ...stations]));
      },
      (error: unknown) => console.warn('site file:', error),
    );
    return () => {
      wanted = false;
    };
  }, [world]);
  return (id) => names.get(id);
};
