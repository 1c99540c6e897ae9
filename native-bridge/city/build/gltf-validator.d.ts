/** The Khronos validator brings no types; this is what the tests use of it. */
declare module 'gltf-validator' {
  interface Report {
    issues: { numErrors: number; numWarnings: number; messages: { code: string; message: string; severity: number }[] };
  }
  const validator: { validateBytes(bytes: Uint8Array, options?: { uri?: string }): Promise<Report> };
  export default validator;
}
