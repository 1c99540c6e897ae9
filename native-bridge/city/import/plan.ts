/**
 * `city.yaml`: which files a district has, in which datum, and how their fields are called.
 * Guarantees: a checked plan with every path absolute; what is wrong is one line with file, field, fault and remedy.
 * Refuses: unknown fields, files that are not there, a plan without buildings or without origin and licence.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Type, type Static, type TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { parseDocument } from 'yaml';
import { BUILDING_USES, PLACE_KINDS, ROAD_CLASSES, type BuildingUse } from '../../contract/site-files.ts';
import { NameSchema, ProvenanceSchema } from '../../contract/site.ts';
import { CityError } from './trouble.ts';

export const PLAN_FILE = 'city.yaml';
const closed = { additionalProperties: false } as const;
const Text = Type.String({ minLength: 1 });
const Fields = Type.Optional(Type.Union([Text, Type.Array(Text, { minItems: 1 })]));

/** What the field of a layer may be called in the district's own file; the first that is there counts. */
/** How a height is written in a colour: Mapbox Terrain-RGB (0.1 m steps from −10,000 m), or Terrarium (1/256 m from −32,768 m). */
export type HeightCode = 'mapbox' | 'terrarium';
export const HEIGHT_CODES: readonly HeightCode[] = ['mapbox', 'terrarium'];

const TakeSchema = Type.Object(
  {
    ...{ id: Fields, name: Fields, nameEn: Fields, height: Fields, floors: Fields, use: Fields },
    ...{ street: Fields, number: Fields, address: Fields, people: Fields, households: Fields },
    ...{ class: Fields, speed: Fields, oneway: Fields, kind: Fields, capacity: Fields, phone: Fields, field: Fields },
    ...{ stationId: Fields, contact: Fields, contractor: Fields },
  },
  closed,
);
const LayerSchema = Type.Object(
  {
    file: Text,
    /** wgs84, gcj02, bd09 or EPSG:<number>. */
    crs: Type.Optional(Text),
    /** Of a .dbf whose .cpg is missing or wrong: gbk, utf-8 … */
    encoding: Type.Optional(Text),
    /** Only features whose property has this value, or one of these. */
    where: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    take: Type.Optional(TakeSchema),
    /** The file's own words → ours, for use, class or kind. */
    words: Type.Optional(Type.Record(Type.String(), Type.String())),
    /** What everything in this file is, when no property says so. */
    kind: Type.Optional(Text),
  },
  closed,
);
const Layers = Type.Optional(Type.Union([Text, LayerSchema, Type.Array(Type.Union([Text, LayerSchema]))]));

export const PlanSchema = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][a-z0-9-]*$' }),
    name: Type.Optional(NameSchema),
    synthetic: Type.Optional(Type.Boolean()),
    /** WGS-84; default: the middle building. */
    centre: Type.Optional(Type.Object({ lon: Type.Number(), lat: Type.Number() }, closed)),
    provenance: ProvenanceSchema,
    /** Datum of every file that does not say its own. */
    crs: Type.Optional(Text),
    /** One OSM extract for all layers that are not named. */
    osm: Type.Optional(Text),
    ...{ buildings: Layers, roads: Layers, boundary: Layers, water: Layers, blocks: Layers, zones: Layers },
    places: Layers,
    /** Buildings and places outside the boundary are dropped, unless true. */
    keepOutside: Type.Optional(Type.Boolean()),
    /** Where the files say nothing: floors by use, metres a storey, the use itself. */
    defaults: Type.Optional(
      Type.Object(
        {
          storey: Type.Optional(Type.Number({ minimum: 2, maximum: 10 })),
          floors: Type.Optional(Type.Record(Type.String(), Type.Integer({ minimum: 1, maximum: 150 }))),
          use: Type.Optional(Type.Enum([...BUILDING_USES])),
        },
        closed,
      ),
    ),
    /** Raster tiles (.mbtiles or .pmtiles), with the datum they were cut in; of terrain also how a colour tells a height. */
    tiles: Type.Optional(
      Type.Array(
        Type.Object(
          {
            ...{ file: Text, kind: Type.Enum(['imagery', 'terrain']), crs: Type.Optional(Text) },
            encoding: Type.Optional(Type.Enum([...HEIGHT_CODES])),
            /** When it is not that of the whole. */
            provenance: Type.Optional(ProvenanceSchema),
          },
          closed,
        ),
      ),
    ),
    /** Folders of ready-made 3D Tiles (with a tileset.json), carried along and shown with the buildings. */
    tiles3d: Type.Optional(Type.Union([Text, Type.Array(Text)])),
  },
  closed,
);
type PlanSource = Static<typeof PlanSchema>;

export type LayerName = 'buildings' | 'roads' | 'boundary' | 'water' | 'blocks' | 'zones' | 'places';
export const LAYERS: readonly LayerName[] = ['boundary', 'water', 'blocks', 'zones', 'buildings', 'roads', 'places'];
export type Take = { readonly [K in keyof Static<typeof TakeSchema>]?: readonly string[] };

export interface Layer {
  readonly layer: LayerName;
  /** Absolute; `shown` is as it was written. */
  readonly file: string;
  readonly shown: string;
  /** Where in the plan it stands, for complaints. */
  readonly field: string;
  readonly crs?: string;
  readonly encoding?: string;
  readonly where: Readonly<Record<string, readonly string[]>>;
  readonly take: Take;
  readonly words: Readonly<Record<string, string>>;
  readonly kind?: string;
  /** It came from `osm:`; tags tell what belongs to the layer. */
  readonly fromOsm: boolean;
}

export interface TilesFile {
  /** Absolute; `shown` is as it was written. */
  readonly file: string;
  readonly shown: string;
  readonly kind: 'imagery' | 'terrain';
  readonly crs?: string;
  readonly encoding?: HeightCode;
  readonly provenance?: Static<typeof ProvenanceSchema>;
}

export interface CityPlan extends Omit<PlanSource, LayerName | 'defaults' | 'tiles3d' | 'tiles'> {
  /** Path of city.yaml. */
  readonly path: string;
  readonly layers: Readonly<Record<LayerName, readonly Layer[]>>;
  readonly storey: number | undefined;
  readonly floors: Readonly<Partial<Record<BuildingUse, number>>>;
  readonly use: BuildingUse;
  readonly tiles: readonly TilesFile[];
  readonly tiles3d: readonly string[];
}

/** Turns a schema's complaint into words; the bridge's own (config-words.ts), handed in by the command. */
export type Explain = (
  schema: TSchema,
  value: unknown,
  findings: readonly { keyword: string; instancePath: string; message: string; params: object }[],
) => { field: string; wrong: string; right: string };

const checker = Compile(PlanSchema);
const layerChecker = Compile(LayerSchema);
const many = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T];

/** @throws {CityError} */
export function readPlan(folder: string, explain: Explain): CityPlan {
  const path = join(folder, PLAN_FILE);
  const fail = (field: string, wrong: string, right: string): never => {
    throw new CityError(path, field, wrong, right);
  };
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return fail('(file)', 'cannot be read', 'see resources/sites/README.md for what it holds');
  }
  const document = parseDocument(text);
  const [problem] = document.errors;
  if (problem !== undefined) {
    const first = (problem.message.split('\n')[0] ?? 'not YAML').replace(/ at line.*$/, '');
    return fail(`line ${problem.linePos?.[0].line ?? '?'}`, first, 'write it as YAML');
  }
  const value: unknown = document.toJS();
  if (!checker.Check(value)) {
    const { field, wrong, right } = betterComplaint(value, explain);
    return fail(field, wrong, right);
  }
  const layersOf = (name: LayerName): Layer[] => {
    const own = many<Static<typeof LayerSchema> | string>(value[name]);
    const listed = own.map((entry, i): Layer => {
      const layer = typeof entry === 'string' ? { file: entry } : entry;
      const field = own.length > 1 ? `${name}[${i}]` : name;
      const words = layer.words ?? {};
      const allowed: readonly string[] =
        name === 'buildings' ? BUILDING_USES : name === 'roads' ? ROAD_CLASSES : PLACE_KINDS;
      const strict = name === 'buildings' || name === 'roads' || name === 'places';
      const odd = strict ? Object.values(words).find((w) => !allowed.includes(w) && w !== '-') : undefined;
      if (odd !== undefined) fail(`${field}.words`, `"${odd}" is not known`, `use one of: ${allowed.join(', ')}, -`);
      if (strict && layer.kind !== undefined && !allowed.includes(layer.kind))
        fail(`${field}.kind`, `"${layer.kind}" is not known`, `use one of: ${allowed.join(', ')}`);
      return {
        layer: name,
        file: here(folder, layer.file, `${field}.file`, fail),
        shown: layer.file,
        field,
        ...(layer.crs === undefined ? {} : { crs: layer.crs }),
        ...(layer.encoding === undefined ? {} : { encoding: layer.encoding }),
        where: Object.fromEntries(Object.entries(layer.where ?? {}).map(([k, v]) => [k, many(v).map(String)])),
        take: Object.fromEntries(Object.entries(layer.take ?? {}).map(([k, v]) => [k, many(v)])),
        words,
        ...(layer.kind === undefined ? {} : { kind: layer.kind }),
        fromOsm: false,
      };
    });
    const { osm } = value;
    const implied = ['buildings', 'roads', 'water', 'places'].includes(name);
    if (listed.length > 0 || osm === undefined || !implied) return listed;
    const file = here(folder, osm, 'osm', fail);
    return [{ layer: name, file, shown: osm, field: 'osm', where: {}, take: {}, words: {}, fromOsm: true }];
  };
  const odd = Object.keys(value.defaults?.floors ?? {}).find((use) => !BUILDING_USES.some((known) => known === use));
  if (odd !== undefined) fail(`defaults.floors.${odd}`, 'no such use', `use one of: ${BUILDING_USES.join(', ')}`);
  const layers = {
    ...{ buildings: layersOf('buildings'), roads: layersOf('roads'), boundary: layersOf('boundary') },
    ...{ water: layersOf('water'), blocks: layersOf('blocks'), zones: layersOf('zones'), places: layersOf('places') },
  };
  if (layers.buildings.length === 0)
    fail('buildings', 'is missing', 'name the file of building footprints (GeoJSON, .shp or OSM), or osm: <extract>');
  return {
    ...value,
    path,
    layers,
    storey: value.defaults?.storey,
    floors: value.defaults?.floors ?? {},
    use: value.defaults?.use ?? 'residential',
    tiles: (value.tiles ?? []).map((one, i) => ({
      ...one,
      shown: one.file,
      file: here(folder, one.file, `tiles[${i}].file`, fail),
    })),
    tiles3d: many<string>(value.tiles3d).map((one, i) => {
      const found = here(folder, one, `tiles3d[${i}]`, fail);
      if (!existsSync(join(found, 'tileset.json')))
        fail(`tiles3d[${i}]`, `${one} holds no tileset.json`, 'name the folder of a 3D Tiles tileset');
      return found;
    }),
  };
}

type Fail = (field: string, wrong: string, right: string) => never;

function here(folder: string, file: string, field: string, fail: Fail): string {
  const path = resolve(folder, file);
  if (!existsSync(path)) fail(field, `there is no ${file}`, `paths count from the folder of ${PLAN_FILE}`);
  return path;
}

/** A union's complaint says nothing; the entry that is wrong is looked at alone. */
function betterComplaint(value: unknown, explain: Explain): { field: string; wrong: string; right: string } {
  if (typeof value === 'object' && value !== null) {
    for (const [name, held] of Object.entries(value)) {
      if (!LAYERS.some((layer) => layer === name)) continue;
      const list = many<unknown>(held);
      for (const [i, entry] of list.entries()) {
        if (typeof entry === 'string' || layerChecker.Check(entry)) continue;
        const { field, wrong, right } = explain(LayerSchema, entry, [...layerChecker.Errors(entry)]);
        const at = list.length > 1 ? `${name}[${i}]` : name;
        return { field: field === '(top)' ? at : `${at}.${field}`, wrong, right };
      }
    }
  }
  return explain(PlanSchema, value, [...checker.Errors(value)]);
}
