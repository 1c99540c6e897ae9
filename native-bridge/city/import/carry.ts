/**
 * What goes along as it is: ready-made 3D Tiles, and site files a district wrote itself.
 * Guarantees: looked at before it is copied. Refuses: files that are not what they are called.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SITE_FILES } from '../../contract/site-files.ts';
import { hangBeside } from '../build/external.ts';
import type { Tile } from '../build/tileset.ts';
import type { CarriedTiles } from '../card.ts';
import { checkSiteFile, OWN_FILES, type OwnFile } from '../site.ts';
import type { CityPlan } from './plan.ts';

export function carryTilesets(plan: CityPlan, folder: string): { tiles: Tile[]; carried: CarriedTiles[] } {
  const tiles = plan.tiles3d.map((from, i) => hangBeside(from, join(folder, `tiles3d-${i}`), `tiles3d-${i}`));
  return { tiles, carried: tiles.map((_, i) => ({ kind: '3d-tiles', file: `tiles3d-${i}/tileset.json` })) };
}

const EMPTY: Readonly<Record<OwnFile, object>> = {
  towers: { format: 'fengsui/towers@1', towers: [] },
  cameras: { format: 'fengsui/cameras@1', cameras: [] },
  vehicles: { format: 'fengsui/vehicles@1', vehicles: [] },
  devices: { format: 'fengsui/devices@1', kinds: [], states: [], rows: [] },
  people: { format: 'fengsui/people@1', days: [], rows: [] },
};

/** A district's own towers, cameras, vehicles, devices if they lie beside city.yaml; else empty ones. @throws {SiteError} */
export function ownFiles(source: string): { name: string; copy?: string; empty?: object }[] {
  return OWN_FILES.map((file) => {
    const name = SITE_FILES[file];
    if (!existsSync(join(source, name))) return { name, empty: EMPTY[file] };
    checkSiteFile(source, file);
    return { name, copy: join(source, name) };
  });
}
