/**
 * Owns: the site profile that leads a console to the drill.
 * Guarantees: written whole or not at all; readable by its owner. Refuses: secrets; it names the public key only.
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { stringify } from 'yaml';
import type { ProfileSource } from '../contract/site.ts';
import type { PlatformEndpoint } from '../platform/platform.ts';

/** Sites of the house are extended by name, others by the path of their profile. */
export function extendsOf(siteDir: string): string {
  const house = resolve(import.meta.dirname, '../../resources/sites');
  return dirname(siteDir) === house ? basename(siteDir) : join(siteDir, 'site.yaml');
}

export function writeProfile(
  file: string,
  siteDir: string,
  endpoints: Readonly<Record<string, PlatformEndpoint>>,
): void {
  const profile: ProfileSource = {
    id: 'drill',
    extends: extendsOf(siteDir),
    drill: true,
    feeds: Object.entries(endpoints).map(([source, { events, request, serverKey }]) => ({
      source,
      events,
      request,
      crs: 'wgs84' as const,
      ...(serverKey === undefined ? {} : { serverKey }),
    })),
  };
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.new`;
  writeFileSync(draft, `# Written by the drill player at each start.\n${stringify(profile)}`, { mode: 0o600 });
  renameSync(draft, file);
}
