/**
 * What goes along as it is: raster and terrain tiles (PMTiles), ready-made 3D Tiles, site files a district wrote itself.
 * Guarantees: looked at before it is copied. Refuses: MBTiles (a database cannot be read by byte ranges), and files that
 *   are not what they are called.
 */
import { closeSync, copyFileSync, existsSync, openSync, readSync } from 'node:fs';
import { basename, join } from 'node:path';
import { SITE_FILES } from '../../contract/site-files.ts';
import { hangBeside } from '../build/external.ts';
import type { Tile } from '../build/tileset.ts';
import type { CarriedTiles } from '../card.ts';
import { checkSiteFile, OWN_FILES, type OwnFile } from '../site.ts';
import type { CityPlan } from './plan.ts';
import { CityError } from './trouble.ts';

export function carryTiles(plan: CityPlan, folder: string): CarriedTiles[] {
  return plan.tiles.map(({ file, kind }, i) => {
    const field = `tiles[${i}].file`;
    if (/\.mbtiles$/i.test(file))
      throw new CityError(
        plan.path,
        field,
        'is MBTiles, which a browser cannot read in ranges',
        'convert it: pmtiles convert in.mbtiles out.pmtiles',
      );
    const head = Buffer.alloc(8);
    const handle = openSync(file, 'r');
    readSync(handle, head);
    closeSync(handle);
    // PMTiles v3, section 3: seven letters and the version.
    if (head.toString('latin1', 0, 7) !== 'PMTiles' || head[7] !== 3)
      throw new CityError(plan.path, field, `${basename(file)} is no PMTiles of version 3`, 'give a .pmtiles file');
    const name = `${kind}-${i}.pmtiles`;
    copyFileSync(file, join(folder, name));
    return { kind, file: name };
  });
}

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
