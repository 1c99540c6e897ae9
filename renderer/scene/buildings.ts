/**
 * The buildings: the site's city pack (3D Tiles), or plain blocks when there is none.
 *
 * Owns: the tileset, the look of each feature, the fallback. Guarantees: unlit, the pack's vertices bring their shade;
 *   only features whose state changed are coloured again; a pack that fails leaves the rest of the city
 *   standing and says why.
 * Refuses: any address but the bridge's.
 */
import type { Color } from '@cesium/engine';
import {
  Cesium3DTileset,
  Cesium3DTileStyle,
  type Cesium3DTile,
  type Cesium3DTileFeature,
  type PrimitiveCollection,
} from '@cesium/engine';
import type { Building } from '../../native-bridge/contract/site-files.ts';
import { mix } from '../design/colour.ts';
import { alarm, blind, ink, type Ground, type Level } from '../design/tokens.ts';
import type { SceneLack } from '../store/view.ts';
import { blocksOf } from './massing.ts';
import { paint } from './paint.ts';
import type { Plane } from './plane.ts';

/** What a building says: the worst open alarm in it, chosen, or standing open (then its tower is drawn instead). */
export interface BuildingState {
  worst?: Level;
  chosen?: boolean;
  open?: boolean;
  /** Shown only while the layer is on. */
  dark?: 'whole' | 'part';
}
export interface Buildings {
  /** The complete set of buildings that say something. */
  say: (states: ReadonlyMap<string, BuildingState>) => void;
  ready: () => boolean;
}

const style = (ground: Ground): Cesium3DTileStyle => {
  // The pack's roofs are full and its walls darker: these are the colours of roofs.
  const roof = (hex: string): string => mix(hex, ink.label, 0.13);
  return new Cesium3DTileStyle({
    color: {
      conditions: [
        [`\${use} === 'historic'`, `color('${roof(ground.historic)}')`],
        [`\${floors} >= 12`, `color('${roof(ground.buildingHigh)}')`],
        ['true', `color('${roof(ground.building)}')`],
      ],
    },
  });
};
const sameState = (a: BuildingState | undefined, b: BuildingState): boolean =>
  a !== undefined && a.worst === b.worst && a.chosen === b.chosen && a.open === b.open && a.dark === b.dark;
const colourOf = (state: BuildingState, ground: Ground): Color =>
  state.worst !== undefined
    ? paint(mix(ground.buildingHigh, alarm[state.worst].colour, 0.48))
    : state.chosen || state.open || state.dark === undefined
      ? paint(mix(ground.buildingHigh, ink.accent, 0.55))
      : paint(blind[state.dark]);

export const addBuildings = async (
  primitives: PrimitiveCollection,
  plane: Plane,
  pack: string | null,
  footprints: () => Promise<readonly Building[]>,
  changed: () => void,
  ground: Ground,
  lacks: (part: SceneLack['part'], why: string) => void,
): Promise<Buildings> => {
  let tileset: Cesium3DTileset | null = null;

  if (pack !== null) {
    try {
      tileset = await Cesium3DTileset.fromUrl(pack, {
        maximumScreenSpaceError: 24,
        skipLevelOfDetail: false,
        enablePick: false,
        cullRequestsWhileMoving: false,
      });
    } catch (error) {
      lacks('buildings', String(error));
    }
  }
  if (!tileset) {
    primitives.add(blocksOf(plane, await footprints(), ground));
    changed();
    return { say: () => undefined, ready: () => true };
  }
  // Nothing here is lit: the maps of a sky that nobody sees would cost seconds of shader work without a graphics card.
  tileset.environmentMapManager.enabled = false;
  const tiles = primitives.add(tileset) as Cesium3DTileset;
  let loading = 1;
  let states: ReadonlyMap<string, BuildingState> = new Map();
  const standing = new Map<string, Set<Cesium3DTileFeature>>();
  const featuresOf = (tile: Cesium3DTile): Cesium3DTileFeature[] => {
    const { content } = tile;
    return Array.from({ length: content.featuresLength }, (_, i) => content.getFeature(i));
  };
  const idOf = (feature: Cesium3DTileFeature): string => String(feature.getProperty('id'));
  const apply = (feature: Cesium3DTileFeature, state: BuildingState): void => {
    feature.show = !state.open;
    feature.color = colourOf(state, ground);
  };
  tiles.style = style(ground);
  tiles.loadProgress.addEventListener((pending: number, processing: number) => {
    loading = pending + processing;
    changed();
  });
  tiles.allTilesLoaded.addEventListener(() => {
    loading = 0;
    changed();
  });
  /** Came in and was never seen: the style writes it when it is, and what its buildings say comes after. */
  const fresh = new Set<Cesium3DTile>();
  tiles.tileLoad.addEventListener((tile: Cesium3DTile) => {
    fresh.add(tile);
    for (const feature of featuresOf(tile)) {
      const id = idOf(feature);
      const held = standing.get(id);
      if (held) held.add(feature);
      else standing.set(id, new Set([feature]));
    }
    changed();
  });
  tiles.tileUnload.addEventListener((tile: Cesium3DTile) => {
    fresh.delete(tile);
    for (const feature of featuresOf(tile)) {
      const id = idOf(feature);
      standing.get(id)?.delete(feature);
      if (standing.get(id)?.size === 0) standing.delete(id);
    }
  });
  tiles.tileFailed.addEventListener(({ url, message }: { url: string; message: string }) => {
    lacks('tiles', `${url}: ${message}`);
  });
  let restyled = false;
  tiles.tileVisible.addEventListener((tile: Cesium3DTile) => {
    if (fresh.delete(tile)) {
      for (const feature of featuresOf(tile)) {
        const state = states.get(idOf(feature));
        if (state) apply(feature, state);
      }
    }
    // The style writes every feature once after it changed; what a building says is written over it.
    if (!restyled) return;
    restyled = false;
    for (const [id, state] of states) for (const feature of standing.get(id) ?? []) apply(feature, state);
  });
  return {
    say: (next) => {
      const same = next.size === states.size && [...next].every(([id, state]) => sameState(states.get(id), state));
      if (same) return;
      const before = states;
      const gone = [...before.keys()].filter((id) => !next.has(id));
      states = next;
      if (gone.length > 0) {
        for (const id of gone) for (const feature of standing.get(id) ?? []) feature.show = true;
        tiles.makeStyleDirty();
        restyled = true;
      }
      for (const [id, state] of next) {
        if (sameState(before.get(id), state)) continue;
        for (const feature of standing.get(id) ?? []) apply(feature, state);
      }
      changed();
    },
    ready: () => loading === 0,
  };
};
