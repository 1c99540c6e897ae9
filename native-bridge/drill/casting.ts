/**
 * Owns: who plays which part: from a scenario's cast to towers, blocks, cameras and clips of this site.
 * Guarantees: the same site and scenario are cast alike; no two parts share a camera; an elevator camera hangs in a
 *   tower high enough for every clip it plays.
 * Refuses: ids the site does not have, clips that do not exist, parts nobody fits; in one line.
 */
import { metresBetween } from '../contract/site-read.ts';
import type { AreaFeature, LonLat, SiteCamera, Tower } from '../contract/site-files.ts';
import { openClip, clipNames, type Clip } from './clip.ts';
import { ScenarioError, type Act, type CastEntry, type Scenario } from './scenario.ts';
import type { Reel } from './sim/cameras.ts';
import { hash } from './sim/random.ts';
import type { DrillSite } from './site.ts';

export interface CameraPart {
  readonly camera: SiteCamera;
  readonly tower: Tower | null;
  readonly clip: Clip;
  readonly idle: Reel;
  readonly begin: number;
}
export interface Casting {
  readonly towers: ReadonlyMap<string, Tower>;
  readonly blocks: ReadonlyMap<string, AreaFeature>;
  readonly cameras: ReadonlyMap<string, CameraPart>;
  clip(name: string): Clip;
  /** A stretch of a clip for cameras that are not cast; null when there is no such clip or stretch. */
  reel(name: string, section: string): Reel | null;
}

/** A lookout is believed to see clearly so far, when the site gives it no range. */
const SIGHT_M = 5000;

export function castScenario(scenario: Scenario, site: DrillSite, clipDir: string): Casting {
  const clips = new Map<string, Clip>();
  const fail = (part: string, what: string): never => {
    throw new ScenarioError(`${scenario.file}: cast.${part}: ${what}`);
  };
  const clip = (name: string, part = 'clip'): Clip => {
    const known = clips.get(name);
    if (known !== undefined) return known;
    const names = clipNames(clipDir);
    if (!names.includes(name)) fail(part, `no clip "${name}"; expected one of ${names.join(', ')}`);
    const opened = openClip(clipDir, name);
    clips.set(name, opened);
    return opened;
  };
  const reel = (name: string, section: string): Reel | null => {
    const opened = clips.has(name) || clipNames(clipDir).includes(name) ? clip(name) : undefined;
    const frames = opened?.sections[section];
    return opened && frames ? { clip: opened, from: frames[0], to: frames[1] } : null;
  };
  const towerOf = (id: string | undefined): Tower | null =>
    site.towers.find((tower) => tower.buildingId === id) ?? null;
  const placeOf = (tower: Tower): LonLat => site.buildings.get(tower.buildingId)?.centre ?? [0, 0];
  const top = (tower: Tower): number => Math.max(...tower.floors);

  const towers = new Map<string, Tower>();
  const blocks = new Map<string, AreaFeature>();
  const cameras = new Map<string, CameraPart>();
  const entries = [...scenario.cast];
  for (const [name, entry] of entries) {
    if (entry.is !== 'tower') continue;
    const taken = new Set(towers.values());
    const fits = site.towers.filter((tower) => {
      if (entry.id !== undefined) return tower.id === entry.id;
      return (
        top(tower) >= needed(scenario, name, entry) && !taken.has(tower) && hasCameras(scenario, name, tower, site)
      );
    });
    towers.set(
      name,
      chosen(fits, name, entry) ??
        fail(name, entry.id === undefined ? 'the site has no tower that fits' : `the site has no tower ${entry.id}`),
    );
  }
  for (const [name, entry] of entries) {
    if (entry.is !== 'block') continue;
    const taken = new Set(blocks.values());
    const fits = site.blocks.filter((block) => (entry.id === undefined ? !taken.has(block) : block.id === entry.id));
    blocks.set(name, chosen(fits, name, entry) ?? fail(name, `the site has no block ${entry.id ?? ''}`));
  }
  for (const [name, entry] of entries) {
    if (!entry.is.endsWith('-camera')) continue;
    const idle = clip(entry.clip ?? '', `${name}.clip`);
    const taken = new Set([...cameras.values()].map((part) => part.camera));
    const of = entry.of === undefined ? undefined : towers.get(entry.of);
    const kind = entry.is.slice(0, -'-camera'.length);
    const highest = Math.max(...clipsOf(scenario, name, entry).map((one) => highestFloor(clip(one, `${name}.clip`))));
    const fits = site.cameras.filter((camera) => {
      if (entry.id !== undefined) return camera.id === entry.id;
      if (camera.kind !== kind || taken.has(camera)) return false;
      const tower = towerOf(camera.buildingId);
      if (kind === 'elevator' && (camera.elevatorId === undefined || tower === null || top(tower) < highest))
        return false;
      return of === undefined || kind === 'lookout' || camera.buildingId === of.buildingId;
    });
    const camera =
      preferred(fits, entry) ??
      (kind === 'lookout' && of !== undefined ? best(fits, placeOf(of)) : chosen(fits, name, entry)) ??
      fail(
        name,
        entry.id === undefined ? `the site has no ${entry.is} that fits` : `the site has no camera ${entry.id}`,
      );
    const [from, to] =
      entry.section === undefined
        ? [0, idle.frames]
        : (idle.sections[entry.section] ??
          fail(`${name}.section`, `expected one of ${Object.keys(idle.sections).join(', ')}`));
    cameras.set(name, {
      camera,
      tower: towerOf(camera.buildingId),
      clip: idle,
      idle: { clip: idle, from, to },
      begin: entry.begin ?? 0,
    });
  }
  const casting: Casting = { towers, blocks, cameras, clip, reel };
  checkActs(scenario, casting);
  return casting;
}

/** Devices that play a part: cameras, and what the towers of the cast are watched by. */
export function devicesCast(casting: Casting): Set<string> {
  const cameras = [...casting.cameras.values()].flatMap(({ camera }) => [camera.id, camera.elevatorId ?? camera.id]);
  const towers = [...casting.towers.values()].flatMap((tower) => [tower.controlRoomId, tower.tankId]);
  return new Set([...cameras, ...towers]);
}

const highestFloor = (clip: Clip): number =>
  Math.max(1, ...Array.from({ length: clip.frames }, (_, i) => clip.fact(i)?.floor ?? 1));

/** The clips a camera shows: its own, and those of the acts it plays in. */
function clipsOf(scenario: Scenario, name: string, entry: CastEntry): string[] {
  const played = scenario.acts.flatMap((act) => (act.act === 'ride' && act.camera === name ? [act.clip] : []));
  return [entry.clip ?? '', ...played];
}

/** Floors a tower must have: as said, and as the acts in it ask. */
function needed(scenario: Scenario, name: string, entry: CastEntry): number {
  const asked = scenario.acts.flatMap((act) => (act.act === 'tower-fire' && act.tower === name ? [act.floor] : []));
  return Math.max(1, entry.floors ?? 1, ...asked);
}

/** Every camera cast in this tower exists there. */
function hasCameras(scenario: Scenario, name: string, tower: Tower, site: DrillSite): boolean {
  return [...scenario.cast.values()].every((entry) => {
    if (entry.of !== name || entry.is === 'lookout-camera') return true;
    return site.cameras.some(
      (camera) => camera.buildingId === tower.buildingId && `${camera.kind}-camera` === entry.is,
    );
  });
}

const preferred = <T extends { readonly id: string }>(from: readonly T[], entry: CastEntry): T | undefined =>
  from.find((one) => one.id === entry.prefer);

/** The preferred one, or always the same one for a name, spread over all that fit. */
function chosen<T extends { readonly id: string }>(from: readonly T[], name: string, entry: CastEntry): T | undefined {
  return preferred(from, entry) ?? from[hash(name) % Math.max(1, from.length)];
}

/** The lookout that looks there: inside its range and view, then the nearest. */
function best(from: readonly SiteCamera[], to: LonLat): SiteCamera | undefined {
  const cost = (camera: SiteCamera): number => {
    const far = metresBetween([camera.lon, camera.lat], to);
    return far > (camera.range || SIGHT_M) ? far + 1e6 : far;
  };
  return from.toSorted((a, b) => cost(a) - cost(b))[0];
}

const ROLES = { camera: 'cameras', lookout: 'cameras', corridor: 'cameras', tower: 'towers', block: 'blocks' } as const;

function checkActs(scenario: Scenario, casting: Casting): void {
  scenario.acts.forEach((act: Act) => {
    for (const [role, kind] of Object.entries(ROLES)) {
      const name = (act as Readonly<Record<string, unknown>>)[role];
      if (typeof name === 'string' && !casting[kind].has(name))
        throw new ScenarioError(
          `${scenario.file}: act ${act.act} at ${act.at} s: ${role}: "${name}" is cast, but not among the ${kind}`,
        );
    }
    if (act.act === 'ride') casting.clip(act.clip);
  });
}
