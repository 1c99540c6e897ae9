/**
 * The view: what this window looks at. Not truth, not shared, lost with the window.
 *
 * Owns: selection, opened building, shown cameras, mode, locale, time, sound.
 * Guarantees: one place to change them; every room of the window follows by subscribing.
 * Refuses: anything that another window must know; that goes through intents.
 */
import { createStore } from 'zustand/vanilla';
import type { Role } from '../../native-bridge/contract/access.ts';
import type {
  AlarmId,
  BuildingId,
  CameraId,
  DeviceId,
  IncidentId,
  UnitId,
} from '../../native-bridge/contract/brand.ts';
import type { PastTime } from '../../native-bridge/contract/past.ts';
import type { Commands } from '../../native-bridge/contract/port.ts';
import type { SketchShape } from '../../native-bridge/contract/sketch.ts';
import type { Theme } from '../../native-bridge/contract/site.ts';
import type { LonLat } from '../../native-bridge/contract/site-files.ts';
import type { VideoLayout } from '../../native-bridge/contract/video-layout.ts';
import type { Layer } from './layer-names.ts';
import type { Area } from './area.ts';

export type Selection =
  | { kind: 'alarm'; id: AlarmId }
  | { kind: 'device'; id: DeviceId }
  | { kind: 'building'; id: BuildingId }
  | { kind: 'incident'; id: IncidentId }
  | { kind: 'unit'; id: UnitId }
  | null;

/** How the scene draws on this machine; measured by the scene, shown to people, fixed by the profile or a key. */
export interface SceneQuality {
  level: 'full' | 'high' | 'balanced' | 'low';
  /** Chosen by hand, not by measurement. */
  fixed: boolean;
  /** ms of one full-resolution frame, and the part of it on the main thread, when last measured. */
  frameMs: number;
  scriptMs: number;
}

/** Where the scene should go; a new object each time, so that asking twice goes twice. */
export interface FlyTo {
  lon: number;
  lat: number;
  /** Metres above ground of what is looked at. */
  h: number;
  /** Metres from the eye to it. */
  range: number;
  /** Degrees clockwise from north, and below the horizon (-90 straight down); without them those of now stay. */
  heading?: number;
  pitch?: number;
}
/** A view of the city kept under a number. */
export type KeptView = Required<FlyTo>;

/** A drawing that is not kept yet. */
export interface Sketching {
  incidentId: IncidentId;
  shape: SketchShape;
  points: readonly LonLat[];
  text: string;
}

/** What a second press of the key sends. */
export interface Armed {
  incidentId: IncidentId;
  unitIds: readonly UnitId[];
  /** By the bridge's clock; after `ARMED_MS` it lapses. */
  at: number;
}

/** The past that this window shows. */
export interface PastView {
  /** What was asked of the bridge; a new object each time. */
  asked: { readonly at: number; readonly speed: number };
  /** Where the bridge says that it stands; null until the first picture of it is here: until then now is shown. */
  time: PastTime | null;
  /** When this window left now, ms UTC: what happened since is news. */
  left: number;
}

/** What stands over the scene. */
export type Page = 'incident' | 'performance' | 'aside' | 'handover';

export interface View {
  /** Null: now. */
  past: PastView | null;
  connection: 'connecting' | 'open' | 'lost';
  selection: Selection;
  /** The high-rise that stands open, and the floor in it that is looked at. */
  /** The selection that this window made by itself: it moves no other window. */
  ownChoice: Selection;
  openBuilding: BuildingId | null;
  openFloor: number | null;
  flyTo: FlyTo | null;
  /** Kept views by their number, 1–9. */
  keptViews: Readonly<Record<number, KeptView>>;
  /** Asks the scene to keep what it shows under a number; a new object each time. */
  keepAs: { n: number } | null;
  /** A number is awaited: to keep what is seen, or to go to what was kept. */
  numberFor: 'keep' | 'recall' | null;
  /** Where this window looks at first, by the profile; null: the scene's own opening view. */
  opening: FlyTo | null;
  /** The eye goes round by itself, until a hand or a choice ends it. */
  tour: boolean;
  /** The unit that the eye stays with. */
  ridden: UnitId | null;
  /** Straight down, north up. */
  flat: boolean;
  /** Raise it to return to the whole district. */
  home: number;
  /** The camera enlarged by hand; it stays until let go. */
  pinnedCamera: CameraId | null;
  /** Cameras chosen for the grid, with why: written by renderer/video, as many as the layout has tiles. */
  shownCameras: readonly { id: CameraId; why: string }[];
  mode: 'duty' | 'consultation' | 'field' | 'video' | 'map' | 'alarms' | 'board';
  /** How the tiles stand, chosen by hand or by the profile; null: as fits the window. */
  videoLayout: VideoLayout | null;
  /** How they stand now: written by renderer/video. */
  shownLayout: VideoLayout;
  /** Mbit/s that this window takes for its video; null: everything it shows. */
  videoBudget: number | null;
  /** Every picture bears its number in its stream and its camera's clock. */
  pictureNumbers: boolean;
  /** The tiles go through the camera groups, so many ms a group. */
  patrol: boolean;
  dwellMs: number;
  locale: 'zh' | 'en';
  /** ms UTC by the bridge's clock until when sounds are off; 0 when they are on. */
  mutedUntil: number;
  help: boolean;
  page: Page | null;
  /** A question that an act needs answered: why, how long, whom. */
  ask: 'shelve' | 'out' | 'task' | 'linkage' | 'hazard' | 'unlock' | 'suspect' | 'merge' | null;
  /** It shows what is chosen in the other windows of this console. */
  follow: boolean;
  /** The position this window belongs to. */
  role: Role;
  /** What is personal of an incident, for the one look that was asked for. */
  revealed: (Commands['reveal']['result'] & { incidentId: IncidentId }) | null;
  palette: boolean;
  /** The browser lays out pages for the printer. */
  printing: boolean;
  /** Units laid out to be sent, until confirmed, cancelled or lapsed. */
  armed: Armed | null;
  /** The drawing that is being made on the map. */
  sketching: Sketching | null;
  /** What this window lists of the district; null: all of it. */
  area: Area | null;
  /** Its own area, by the profile. */
  ownArea: Area | null;
  theme: Theme;
  /** kbit/s of what the feeds bring that this window asks to keep to; null: no limit. */
  network: number | null;
  /** Points of the line that is being measured on the map; null: nothing is. */
  measured: readonly LonLat[] | null;
  /** Layers switched by hand; `layers.ts` says what the others are. */
  layers: Readonly<Partial<Record<Layer, boolean>>>;
  /** The switches of the layers stand open. */
  layerPanel: boolean;
  /** The scene has drawn its first complete frame. */
  sceneDrawn: boolean;
  /** Null until the scene has measured itself. */
  sceneQuality: SceneQuality | null;
  /** In how much light the city is painted; `sun`: as it is outside. */
  look: 'night' | 'dusk' | 'day' | 'sun';
  /** A level chosen by hand; null: the scene follows its measurements. */
  sceneQualityChoice: SceneQuality['level'] | null;
  /** What of the city could not be shown and why, for people; empty when all is there. */
  sceneTrouble: readonly SceneLack[];
  /** Video tiles that show an e-bike box right now. */
  boxedTiles: number;
}

/** A part of the city that is missing, and why. */
export interface SceneLack {
  part: 'ground' | 'roads' | 'buildings' | 'footprints' | 'places' | 'tiles' | 'imagery' | 'terrain';
  why: string;
}

export type ViewStore = ReturnType<typeof createView>;
export const createView = (initial: Partial<View> = {}) =>
  createStore<View>()(() => ({
    past: null,
    connection: 'connecting',
    selection: null,
    ownChoice: null,
    openBuilding: null,
    openFloor: null,
    flyTo: null,
    keptViews: {},
    keepAs: null,
    numberFor: null,
    opening: null,
    tour: false,
    ridden: null,
    flat: false,
    home: 0,
    pinnedCamera: null,
    shownCameras: [],
    mode: 'duty',
    videoLayout: null,
    shownLayout: '1+3',
    videoBudget: null,
    pictureNumbers: false,
    patrol: false,
    dwellMs: 15_000,
    locale: 'zh',
    mutedUntil: 0,
    help: false,
    page: null,
    ask: null,
    follow: true,
    role: 'duty',
    revealed: null,
    palette: false,
    printing: false,
    armed: null,
    measured: null,
    sketching: null,
    area: null,
    ownArea: null,
    theme: 'dark',
    network: null,
    layers: {},
    layerPanel: false,
    sceneDrawn: false,
    sceneQuality: null,
    look: 'night',
    sceneQualityChoice: null,
    sceneTrouble: [],
    boxedTiles: 0,
    ...initial,
  }));
