/**
 * The site's own files, as this window reads them.
 *
 * Owns: fetching and reading each file once. Guarantees: every reader of a file gets the same object; a file that is
 *   unreadable, or missing where a district must have it, rejects with its name and is asked for anew by the next
 *   reader; only the bridge's own address.
 * Refuses: to change them.
 */
import type {
  AreasFile,
  Building,
  BuildingsFile,
  CamerasFile,
  PlacesFile,
  RoadGraph,
  RoadsFile,
  TowersFile,
  VehiclesFile,
} from '../../native-bridge/contract/site-files.ts';
import type { SiteCard } from '../../native-bridge/contract/port.ts';
import { SITE_FILES } from '../../native-bridge/contract/site-files.ts';
import { readBuildings, readRoads } from '../../native-bridge/contract/site-read.ts';
import { readTerrain, type Terrain, type TerrainFile } from '../../native-bridge/contract/terrain.ts';
import type { World } from './world.ts';

export interface SiteShelf {
  boundary: AreasFile;
  water: AreasFile;
  blocks: AreasFile;
  zones: AreasFile;
  roads: RoadGraph;
  buildings: readonly Building[];
  towers: TowersFile['towers'];
  places: PlacesFile['places'];
  cameras: CamerasFile['cameras'];
  vehicles: VehiclesFile['vehicles'];
  /** How the land lies; null: level. */
  terrain: Terrain | null;
}
export type SiteBook = keyof SiteShelf;

export interface SiteLibrary {
  /** Waits for the bridge's welcome when it has to. */
  read: <B extends SiteBook>(book: B) => Promise<SiteShelf[B]>;
}

const opened: { [B in SiteBook]: (raw: never) => SiteShelf[B] } = {
  boundary: (raw: AreasFile) => raw,
  water: (raw: AreasFile) => raw,
  blocks: (raw: AreasFile) => raw,
  zones: (raw: AreasFile) => raw,
  roads: (raw: RoadsFile) => readRoads(raw),
  buildings: (raw: BuildingsFile) => readBuildings(raw),
  towers: (raw: TowersFile) => raw.towers,
  places: (raw: PlacesFile) => raw.places,
  cameras: (raw: CamerasFile) => raw.cameras,
  vehicles: (raw: VehiclesFile) => raw.vehicles,
  terrain: (raw: TerrainFile) => readTerrain(raw),
};

const noAreas = (): AreasFile => ({ type: 'FeatureCollection', features: [] });
/** What a district may not have, or not yet: then there is none of it, and the rest of the wall stands. */
const mayLack: { [B in SiteBook]?: () => SiteShelf[B] } = {
  ...{ water: noAreas, blocks: noAreas, zones: noAreas },
  ...{ towers: () => [], places: () => [], cameras: () => [], vehicles: () => [] },
};

/** A folder's address below the page's, whether it was written with a slash at its end or not. */
export const below = (folder: string, file: string): string =>
  new URL(file, new URL(folder.replace(/\/?$/, '/'), document.baseURI)).href;

/** Resolves with the site once the bridge has said which. */
const siteOf = (world: World): Promise<SiteCard> =>
  new Promise((found) => {
    const look = (): void => {
      const site = world.site();
      if (site) found(site);
      else setTimeout(look, 50);
    };
    look();
  });

/** Folder and name of a book; null: of a terrain, when the pack has none. */
const placeOf = ({ siteUrl, cityUrl, map }: SiteCard, book: SiteBook): [folder: string, file: string] | null => {
  if (book !== 'terrain') return [siteUrl, SITE_FILES[book]];
  return cityUrl === null || map?.terrain === undefined ? null : [cityUrl, map.terrain];
};

const libraries = new WeakMap<World, SiteLibrary>();

/** The one library that belongs to this world. */
export const siteLibrary = (world: World): SiteLibrary => {
  const known = libraries.get(world);
  if (known) return known;
  const shelf = new Map<SiteBook, Promise<unknown>>();
  const fetchBook = async (book: SiteBook): Promise<unknown> => {
    const site = await siteOf(world);
    const found = placeOf(site, book);
    if (found === null) return null;
    const answer = await fetch(below(...found));
    const without = answer.status === 404 ? mayLack[book] : undefined;
    if (without) return without();
    if (!answer.ok) throw new Error(`${found[1]}: HTTP ${answer.status}`);
    return opened[book]((await answer.json()) as never);
  };
  const library: SiteLibrary = {
    read: <B extends SiteBook>(book: B) => {
      const asked =
        shelf.get(book) ??
        fetchBook(book).catch((error: unknown) => {
          shelf.delete(book);
          throw error;
        });
      shelf.set(book, asked);
      return asked as Promise<SiteShelf[B]>;
    },
  };
  libraries.set(world, library);
  return library;
};
