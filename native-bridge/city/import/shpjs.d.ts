/** shpjs brings no types; this is what is used of it. */
declare module 'shpjs' {
  export default function shp(parts: { shp: Uint8Array; dbf?: Uint8Array; cpg?: string }): Promise<unknown>;
}
