// The demonstration site with three vehicles a station: what is sent is missed at once.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VehiclesFile } from '../../native-bridge/contract/site-files.ts';
import { root } from './product.ts';

const A_STATION = 3;

/** The path of its profile; its folder is written anew each time. */
export const fewVehicles = (): string => {
  const folder = join(root, '.cache/few-vehicles');
  cpSync(join(root, 'resources/sites/demo'), folder, { recursive: true });
  const change = (file: string, edit: (text: string) => string): void => {
    writeFileSync(join(folder, file), edit(readFileSync(join(folder, file), 'utf8')));
  };
  change('vehicles.json', (text) => {
    const file = JSON.parse(text) as VehiclesFile;
    const seen = new Map<string, number>();
    const vehicles = file.vehicles.filter(({ stationId }) => {
      const place = (seen.get(stationId) ?? 0) + 1;
      seen.set(stationId, place);
      return place <= A_STATION;
    });
    return JSON.stringify({ ...file, vehicles });
  });
  change('site.yaml', (text) => text.replace('id: demo', 'id: few'));
  return join(folder, 'site.yaml');
};
