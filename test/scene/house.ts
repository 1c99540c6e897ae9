// Serves the two pages of the scene benchmark on a loopback port: ours on the wall's own stage and the demonstration pack,
// the peer's on the `cesium` package. Guarantees: both are bundled and minified alike; nothing comes from elsewhere.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import sirv from 'sirv';
import { writeAir } from './air.ts';
import { buildingsGeoJson, districtOf, towersWith } from './district.ts';

const root = join(import.meta.dirname, '../..');
const SIZES = { devices: 50_000, units: 500, shafts: 8 } as const;

export interface House {
  /** With a slash at its end. */
  ours: string;
  /** Ours with an aerial picture under the whole district, and without, from the same place. */
  imaged: string;
  plain: string;
  /** Ours on hills, from the same place. */
  hilly: string;
  peer: string;
  close: () => void;
}

const bundled = async (): Promise<Map<string, Uint8Array>> => {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'test/scene/ours.ts'), join(root, 'test/scene/peer.ts')],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'chrome130',
    define: { CESIUM_BASE_URL: '"./cesium/"' },
    // Optional of an optional: a Node branch inside the package.
    external: ['url', 'zlib', 'http', 'https'],
    outdir: '/',
    entryNames: '[name]',
    write: false,
    logLevel: 'error',
  });
  return new Map(outputFiles.map(({ path, contents }) => [path.slice(path.lastIndexOf('/') + 1), contents]));
};

const pageOf = (who: string, style: string): string =>
  `<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="${style}">` +
  '<style>body{margin:0;background:#0a0f15}.scene,.scene>div{position:absolute;inset:0}' +
  '.scene .cesium-widget,.scene canvas{position:absolute;inset:0;width:100%;height:100%}' +
  `.scene-overlay{pointer-events:none}</style><div class="scene"></div><script type="module" src="${who}.js"></script>`;

export const openHouse = async (): Promise<House> => {
  if (!existsSync(join(root, 'dist/city/demo/tileset.json')))
    execFileSync(process.execPath, ['native-bridge/city/main.ts', 'build', '--site', 'resources/sites/demo'], {
      cwd: root,
      stdio: 'ignore',
    });
  const air = mkdtempSync(join(tmpdir(), 'fengsui-air-'));
  writeAir(air, '../../air/');
  const scripts = await bundled();
  const made = new Map<string, string>([
    ['/ours/', pageOf('ours', 'font/index.css')],
    ['/peer/', pageOf('peer', 'cesium/Widgets/widgets.css')],
    ['/ours/site/towers.json', JSON.stringify(towersWith(SIZES.shafts))],
    ['/peer/buildings.geojson', JSON.stringify(buildingsGeoJson())],
  ]);
  const district = JSON.stringify(districtOf(SIZES.devices, SIZES.units, SIZES.shafts));
  for (const who of ['ours', 'peer']) made.set(`/${who}/district.json`, district);
  const engine = 'node_modules/@cesium/engine';
  const packed = (
    [
      ['/ours/site', 'resources/sites/demo'],
      ['/ours/city', 'dist/city'],
      ['/ours/font', 'node_modules/@fontsource-variable/noto-sans-sc'],
      ['/ours/cesium/Workers', `${engine}/Build/Workers`],
      ['/ours/cesium/ThirdParty', `${engine}/Build/ThirdParty`],
      ['/ours/cesium/Assets', `${engine}/Source/Assets`],
      ['/peer/cesium', 'node_modules/cesium/Build/Cesium'],
    ] as const
  ).map(([at, folder]) => ({ at, serve: sirv(join(root, folder), { dev: true }) }));
  const folders = [...packed, { at: '/ours/air', serve: sirv(air, { dev: true }) }];
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://house').pathname;
    const text = made.get(path);
    const script = scripts.get(path.slice(path.lastIndexOf('/') + 1));
    if (text !== undefined) {
      response.setHeader('content-type', path.endsWith('/') ? 'text/html' : 'application/json');
      response.end(text);
    } else if (script && /^\/(ours|peer)\/\w+\.js$/.test(path)) {
      response.setHeader('content-type', 'text/javascript');
      response.end(script);
    } else {
      const folder = folders.find(({ at }) => path.startsWith(`${at}/`));
      const none = (): void => void response.writeHead(404).end();
      if (!folder) return none();
      request.url = path.slice(folder.at.length);
      folder.serve(request, response, none);
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const url = `http://127.0.0.1:${String(address.port)}`;
  return {
    ours: `${url}/ours/`,
    imaged: `${url}/ours/?imagery`,
    plain: `${url}/ours/?plain`,
    hilly: `${url}/ours/?hills`,
    peer: `${url}/peer/`,
    close: () => {
      server.close();
      rmSync(air, { recursive: true, force: true });
    },
  };
};
