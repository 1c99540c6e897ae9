/**
 * The files of a site (`resources/sites/<id>/`), as bridge, drill and renderer read them.
 * Owns: the shape on disk (`…File`, TypeBox) and the shape in memory (`Building`, `RoadGraph`, …).
 * Guarantees: all coordinates WGS-84 degrees, `h` metres above ground, `floor` as written on the
 * building (1 = ground floor, -1 = first basement, no 0). `site-read.ts` turns the one into the other.
 * On disk, paths are integers of `QUANTUM` degrees: the first pair absolute, the rest differences.
 */
import { BoxFormSchema } from './box-form.ts';
import { Type, type Static } from 'typebox';
import { NameSchema, type Name } from './site.ts';
import { DEVICE_KINDS, type DeviceKind } from './wire.ts';

/** Degrees of one unit on disk: about a decimetre. */
export const QUANTUM = 1e-6;

export type LonLat = readonly [lon: number, lat: number];

/** File names inside a site's folder, as served under `/site/`. */
export const SITE_FILES = {
  boundary: 'boundary.geojson',
  water: 'water.geojson',
  blocks: 'blocks.geojson',
  zones: 'zones.geojson',
  roads: 'roads.json',
  buildings: 'buildings.json',
  towers: 'towers.json',
  places: 'places.json',
  cameras: 'cameras.json',
  devices: 'devices.json',
  vehicles: 'vehicles.json',
  people: 'people.json',
} as const;
export type SiteFile = keyof typeof SITE_FILES;

const Int = Type.Integer();
const Id = Type.String({ minLength: 1 });
/** Flat: lon0, lat0, dlon1, dlat1 … in `QUANTUM`. Rings are not closed on disk nor in memory. */
const PathSchema = Type.Array(Int);
/** Text or 0 for "none". */
const IdOrNone = Type.Union([Id, Type.Literal(0)]);

// --- GeoJSON: boundary, water, historic blocks, zones --------------------------------------

const Position = Type.Array(Type.Number(), { minItems: 2, maxItems: 3 });
const PolygonSchema = Type.Object({
  type: Type.Literal('Polygon'),
  coordinates: Type.Array(Type.Array(Position, { minItems: 4 }), { minItems: 1 }),
});
const MultiPolygonSchema = Type.Object({
  type: Type.Literal('MultiPolygon'),
  coordinates: Type.Array(Type.Array(Type.Array(Position, { minItems: 4 }), { minItems: 1 })),
});
/** `id` is unique in the file; `kind`: river, canal, lake, sea, historic-block, town, district … */
export const AreaFeatureSchema = Type.Object({
  type: Type.Literal('Feature'),
  id: Id,
  properties: Type.Object({
    name: NameSchema,
    kind: Type.String(),
    /** Zones: the station that answers first. */
    stationId: Type.Optional(Id),
    /** Historic blocks: the resident contact and the electrical contractor, both told of an alarm. */
    contact: Type.Optional(Type.String()),
    contractor: Type.Optional(Type.String()),
  }),
  geometry: Type.Union([PolygonSchema, MultiPolygonSchema]),
});
export const AreasFileSchema = Type.Object({
  type: Type.Literal('FeatureCollection'),
  features: Type.Array(AreaFeatureSchema),
});
export type AreasFile = Static<typeof AreasFileSchema>;
export type AreaFeature = Static<typeof AreaFeatureSchema>;

// --- Roads ---------------------------------------------------------------------------------

export const ROAD_CLASSES = ['motorway', 'trunk', 'arterial', 'collector', 'local', 'lane'] as const;
export type RoadClass = (typeof ROAD_CLASSES)[number];

export const RoadsFileSchema = Type.Object({
  format: Type.Literal('fengsui/roads@1'),
  classes: Type.Array(Type.Enum([...ROAD_CLASSES])),
  names: Type.Array(NameSchema),
  /** Flat lon, lat in `QUANTUM`, differences from node to node. */
  nodes: PathSchema,
  /** a, b, class, km/h, one-way (1: a to b only), name or -1, points between a and b (path from a). */
  edges: Type.Array(Type.Tuple([Int, Int, Int, Int, Int, Int, PathSchema])),
});
export type RoadsFile = Static<typeof RoadsFileSchema>;

export interface RoadEdge {
  /** Indexes into `nodes`. */
  readonly a: number;
  readonly b: number;
  readonly class: RoadClass;
  /** Free-flow speed, km/h. */
  readonly speed: number;
  /** True: only from a to b. */
  readonly oneway: boolean;
  readonly name?: Name;
  /** From a to b, both included. */
  readonly line: readonly LonLat[];
  /** Metres along `line`. */
  readonly length: number;
}
export interface RoadGraph {
  readonly nodes: readonly LonLat[];
  readonly edges: readonly RoadEdge[];
}

// --- Buildings -----------------------------------------------------------------------------

// prettier-ignore
export const BUILDING_USES = [
  'residential', 'high-rise', 'village', 'historic', 'commercial', 'office', 'public', 'school',
  'hospital', 'factory', 'warehouse', 'station',
] as const;
export type BuildingUse = (typeof BUILDING_USES)[number];

export const BuildingsFileSchema = Type.Object({
  format: Type.Literal('fengsui/buildings@1'),
  uses: Type.Array(Type.Enum([...BUILDING_USES])),
  names: Type.Array(NameSchema),
  /** First part of addresses: town and street, or town and estate. */
  streets: Type.Array(Type.String()),
  /** id, rings (outer first), height dm, floors, use, name or -1, street, number, block or 0, tower or 0. */
  rows: Type.Array(
    Type.Tuple([Id, Type.Array(PathSchema), Int, Int, Int, Int, Int, Type.String(), IdOrNone, IdOrNone]),
  ),
  /** By building, where a register says it: people and households in it, -1 where it says only one of them. */
  people: Type.Optional(Type.Record(Id, Type.Tuple([Int, Int]))),
});
export type BuildingsFile = Static<typeof BuildingsFileSchema>;

export interface Building {
  readonly id: string;
  /** Outer ring first (counter-clockwise), then courtyards; not closed. */
  readonly rings: readonly (readonly LonLat[])[];
  /** Metres above ground. */
  readonly height: number;
  readonly floors: number;
  readonly use: BuildingUse;
  readonly name?: Name;
  readonly address: string;
  /** Historic block it stands in. */
  readonly blockId?: string;
  /** Its entry in `towers.json`. */
  readonly towerId?: string;
  /** On the register, by day and night alike; absent: nobody has said. */
  readonly people?: number;
  readonly households?: number;
  /** A point inside or near the middle of the outer ring. */
  readonly centre: LonLat;
}

// --- High-rises ----------------------------------------------------------------------------

export const ShaftSchema = Type.Object({
  id: Id,
  /** The `elevator` device; `fire-iot.cab` and `.detection` name it. */
  elevatorId: Id,
  lon: Type.Number(),
  lat: Type.Number(),
  /** Absent: no camera in this cab. */
  cameraId: Type.Optional(Id),
});
export const TowerSchema = Type.Object({
  id: Id,
  buildingId: Id,
  name: NameSchema,
  /** Lowest first, as written on the building: [-2, -1, 1, 2 …]. */
  floors: Type.Array(Int, { minItems: 1 }),
  /** Metres from one floor to the next. */
  floorHeight: Type.Number(),
  shafts: Type.Array(ShaftSchema),
  /** The `control-room` and `water-tank` devices. */
  controlRoomId: Id,
  tankId: Id,
  /** People on duty in the control room, this shift (invented names). */
  duty: Type.Array(Type.Object({ name: Type.String(), role: Type.String(), phone: Type.String() })),
  property: Type.Object({ name: Type.String(), phone: Type.String() }),
});
export const TowersFileSchema = Type.Object({
  format: Type.Literal('fengsui/towers@1'),
  towers: Type.Array(TowerSchema),
});
export type TowersFile = Static<typeof TowersFileSchema>;
export type Tower = Static<typeof TowerSchema>;
export type Shaft = Static<typeof ShaftSchema>;

// --- Places --------------------------------------------------------------------------------

// prettier-ignore
export const PLACE_KINDS = [
  'command-centre', 'station', 'hydrant', 'water-intake', 'shelter', 'depot', 'key-unit',
] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

export const PlaceSchema = Type.Object({
  /** Hydrants: also the id of the `hydrant` device. Key units: what `keyUnitId` names. */
  id: Id,
  kind: Type.Enum([...PLACE_KINDS]),
  name: NameSchema,
  lon: Type.Number(),
  lat: Type.Number(),
  buildingId: Type.Optional(Id),
  address: Type.Optional(Type.String()),
  /** Shelters: persons. Depots: tonnes of supplies. */
  capacity: Type.Optional(Type.Number()),
  /** Key units: the field of risk they belong to. */
  field: Type.Optional(Type.String()),
  phone: Type.Optional(Type.String()),
});
export const PlacesFileSchema = Type.Object({
  format: Type.Literal('fengsui/places@1'),
  places: Type.Array(PlaceSchema),
});
export type PlacesFile = Static<typeof PlacesFileSchema>;
export type Place = Static<typeof PlaceSchema>;

// --- Cameras, vehicles, devices ------------------------------------------------------------

export const CAMERA_KINDS = ['lookout', 'elevator', 'fire', 'control-room'] as const;
export type CameraKind = (typeof CAMERA_KINDS)[number];

export const SiteCameraSchema = Type.Object({
  id: Id,
  kind: Type.Enum([...CAMERA_KINDS]),
  name: NameSchema,
  lon: Type.Number(),
  lat: Type.Number(),
  h: Type.Number(),
  /** Degrees clockwise from north. */
  heading: Type.Number(),
  /** Horizontal field of view, degrees. */
  fov: Type.Number(),
  /** Metres of useful sight. */
  range: Type.Number(),
  /** Degrees, negative looks down. */
  pitch: Type.Number(),
  buildingId: Type.Optional(Id),
  floor: Type.Optional(Int),
  elevatorId: Type.Optional(Id),
  boxes: Type.Optional(BoxFormSchema),
});
export const CamerasFileSchema = Type.Object({
  format: Type.Literal('fengsui/cameras@1'),
  cameras: Type.Array(SiteCameraSchema),
});
export type CamerasFile = Static<typeof CamerasFileSchema>;
export type SiteCamera = Static<typeof SiteCameraSchema>;

// prettier-ignore
export const VEHICLE_TYPES = [
  'pumper', 'water-tender', 'ladder', 'platform', 'rescue', 'command', 'foam', 'motorcycle',
] as const;
export const SiteVehicleSchema = Type.Object({
  /** What `fire-iot.position.unitId` names. */
  id: Id,
  stationId: Id,
  type: Type.Enum([...VEHICLE_TYPES]),
  callsign: NameSchema,
  /** Number plate, invented. */
  plate: Type.String(),
  crew: Int,
  /** Tonnes of water carried, when it carries any. */
  water: Type.Optional(Type.Number()),
  lon: Type.Number(),
  lat: Type.Number(),
});
export const VehiclesFileSchema = Type.Object({
  format: Type.Literal('fengsui/vehicles@1'),
  vehicles: Type.Array(SiteVehicleSchema),
});
export type VehiclesFile = Static<typeof VehiclesFileSchema>;
export type SiteVehicle = Static<typeof SiteVehicleSchema>;

export const DevicesFileSchema = Type.Object({
  format: Type.Literal('fengsui/devices@1'),
  kinds: Type.Array(Type.Enum([...DEVICE_KINDS])),
  states: Type.Array(Type.String()),
  /** id, kind, name, building or 0, floor or 0, lon, lat (`QUANTUM`), h dm, key unit or 0, block or 0, state. */
  rows: Type.Array(Type.Tuple([Id, Int, Type.String(), IdOrNone, Int, Int, Int, Int, IdOrNone, IdOrNone, Int])),
});
export type DevicesFile = Static<typeof DevicesFileSchema>;

/** One registry entry, exactly the body of a `fire-iot.device` event without `ts`. */
export interface SiteDevice {
  readonly id: string;
  readonly kind: DeviceKind;
  readonly name: string;
  readonly buildingId?: string;
  readonly floor?: number;
  readonly lon: number;
  readonly lat: number;
  readonly h: number;
  readonly keyUnitId?: string;
  readonly blockId?: string;
  readonly state: string;
}
