/**
 * What the bridge itself needs to know of a site: its cameras, its elevators, who is in its buildings, and the card for the
 * windows.
 *
 * Owns: reading those three files of the site, quickly; making the card from the profile.
 * Guarantees: a site without them, or with damaged ones, still starts; what is missing is logged.
 * Refuses: the large files (buildings, roads, devices); the windows read those themselves.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Log } from './base/log.ts';
import { readCard } from './city/card.ts';
import type { BoxForm } from './contract/box-form.ts';
import { buildingId, elevatorId } from './contract/brand.ts';
import type { ImageryCard, SiteCard } from './contract/port.ts';
import { PeopleFileSchema, readPeople } from './contract/residents.ts';
import type { Profile } from './contract/site.ts';
import { CamerasFileSchema, SITE_FILES, TowersFileSchema, type SiteFile } from './contract/site-files.ts';
import type { Variant } from './contract/video-takes.ts';
import type { SiteKnowledge } from './picture/desk.ts';

const read = <T extends TSchema>(folder: string, name: SiteFile, schema: T, log: Log): Static<T> | null => {
  const file = join(folder, SITE_FILES[name]);
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const check = Compile(schema);
    if (check.Check(value)) return value;
    const [first] = check.Errors(value);
    log.warn({ file, at: first?.instancePath, wrong: first?.message }, 'site file has another shape');
  } catch (error) {
    log.warn({ file, error: String(error) }, 'site file not read');
  }
  return null;
};

export const readKnowledge = ({ files }: Profile, log: Log): SiteKnowledge => {
  const cameras = read(files, 'cameras', CamerasFileSchema, log)?.cameras ?? [];
  const towers = read(files, 'towers', TowersFileSchema, log)?.towers ?? [];
  const elevators = new Map(
    towers.flatMap((tower) =>
      tower.shafts.map((shaft) => [elevatorId(shaft.elevatorId), buildingId(tower.buildingId)] as const),
    ),
  );
  const counted = existsSync(join(files, SITE_FILES.people)) ? read(files, 'people', PeopleFileSchema, log) : null;
  return { cameras, elevators, residents: counted ? readPeople(counted) : new Map() };
};

/** The cameras whose detectors do not count in fractions of the frame. */
export const boxFormsOf = ({ cameras }: SiteKnowledge): ReadonlyMap<string, BoxForm> =>
  new Map(cameras.flatMap(({ id, boxes }) => (boxes === undefined ? [] : [[id, boxes] as const])));

/** Smaller streams that the profile's video platform publishes beside each camera's own. */
export const variantsOf = (profile: Profile): readonly Variant[] =>
  profile.feeds.flatMap((feed) => (feed.source === 'video' && feed.kind === 'zmq' ? (feed.variants ?? []) : []));

/**
 * `city`: folder of the built packs. A folder of site files may be its own pack, as the city builder makes it: that one
 * counts before a pack of the same name that was built here earlier.
 */
export const siteCard = (profile: Profile, city: string): SiteCard => {
  const own = readCard(profile.files);
  const card = own ?? readCard(join(city, profile.pack));
  const from = card?.provenance ?? profile.provenance;
  const imagery = (card?.carried ?? []).flatMap((one): ImageryCard[] => {
    // Packs of earlier builders carried imagery that says nothing of itself, and that nobody can draw.
    if (one.kind !== 'imagery' || !('tiles' in one)) return [];
    const { file, crs, coverage, zooms, tiles, damaged, relief = false, provenance } = one;
    return [{ file, crs, coverage, zooms, tiles, damaged, ...(relief ? { relief } : {}), ...provenance }];
  });
  const variants = variantsOf(profile);
  return {
    id: profile.id,
    name: profile.name,
    synthetic: profile.synthetic,
    locale: profile.locale,
    timezone: profile.timezone,
    centre: profile.centre,
    viewing: profile.viewing,
    siteUrl: '/site',
    cityUrl: own ? '/site' : card ? `/city/${profile.pack}` : null,
    ...(card && from
      ? {
          map: {
            ...from,
            coverage: card.coverage,
            buildings: card.counts.buildings,
            ...(imagery.length > 0 ? { imagery } : {}),
            ...(card.terrain ? { terrain: card.terrain.file } : {}),
          },
        }
      : {}),
    ...(variants.length > 0 ? { variants: [...variants] } : {}),
    windows: profile.windows.map(({ id, view, role, follow, video, camera, quality, theme, area, zone, network }) => ({
      ...{ id, view, role, follow },
      ...(video ? { video } : {}),
      ...(camera ? { camera } : {}),
      ...(quality ? { quality } : {}),
      ...(theme ? { theme } : {}),
      ...(area ? { area: area.map(([lon, lat]): [number, number] => [lon, lat]) } : {}),
      ...(zone ? { zone } : {}),
      ...(network === undefined ? {} : { network }),
    })),
    departments: profile.linkages.departments.map(({ id, name, actions }) => ({
      id,
      ...name,
      ...(actions ? { actions } : {}),
    })),
    duty: {
      rules: [
        ...(profile.alarms.priority ?? []),
        ...(profile.alarms.suppress ?? []),
        ...(profile.response.automatic ?? []),
      ].map(({ id, reason }) => ({ id, reason })),
      response: profile.response,
      plans: [...profile.plans],
      targets: profile.targets,
    },
    thresholds: { ...profile.thresholds, targets: profile.targets },
  };
};
