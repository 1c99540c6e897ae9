// How the windows are built: React, Cesium's engine and nothing from the network, into dist/renderer.
// Guarantees: every asset is a file beside index.html (relative URLs, so `app://` and the loopback server serve the
// same build). Refuses: the `cesium` meta package, whose widgets need `unsafe-eval`.
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { viteStaticCopy } from 'vite-plugin-static-copy';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const engine = here('../node_modules/@cesium/engine');

/** resium imports `cesium`; it gets the engine, with a `Viewer` in name only (we use resium's CesiumWidget). */
const cesiumIsEngine = (): Plugin => ({
  name: 'cesium-is-engine',
  enforce: 'pre',
  resolveId: (id) => (id === 'cesium' ? '\0cesium' : undefined),
  load: (id) => (id === '\0cesium' ? `export * from '@cesium/engine';\nexport class Viewer {}` : undefined),
});

export default defineConfig({
  root: here('.'),
  base: './',
  cacheDir: here('../.cache/vite'),
  define: { CESIUM_BASE_URL: JSON.stringify('./cesium/') },
  plugins: [
    cesiumIsEngine(),
    react(),
    viteStaticCopy({
      targets: [
        { src: `${engine}/Build/Workers/**/*`, dest: 'cesium', rename: { stripBase: 4 } },
        { src: `${engine}/Build/ThirdParty/**/*`, dest: 'cesium', rename: { stripBase: 4 } },
        { src: `${engine}/Source/Assets/**/*`, dest: 'cesium', rename: { stripBase: 4 } },
      ],
    }),
  ],
  worker: { format: 'es' },
  optimizeDeps: { exclude: ['resium'] },
  build: {
    outDir: here('../dist/renderer'),
    emptyOutDir: true,
    target: 'chrome130',
    chunkSizeWarningLimit: 6000,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    sourcemap: true,
  },
});
