// resium asks for the `cesium` meta package; it is given `@cesium/engine` (see vite.config.ts), so its types are too.
declare module 'cesium' {
  export * from '@cesium/engine';
  export class Viewer {
    private constructor();
  }
}
