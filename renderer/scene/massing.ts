/**
 * Buildings as plain blocks, from their footprints.
 *
 * Owns: the block model that stands in when a site has no city pack or it cannot be read.
 * Guarantees: the same shapes as the pack's, shaded by the direction of each wall and darker at the foot; one draw call.
 * Refuses: style by feature; marks over it come from the overlay.
 */
import type { Primitive } from '@cesium/engine';
import type { Building } from '../../native-bridge/contract/site-files.ts';
import { mix } from '../design/colour.ts';
import { ink, type Ground } from '../design/tokens.ts';
import { meshBuilder } from './mesh.ts';
import { bytes } from './paint.ts';
import type { Plane } from './plane.ts';

/** From where the moon shines, as a compass direction, degrees. */
const LIGHT = 215;
export const baseColour = ({ use, floors }: Pick<Building, 'use' | 'floors'>, ground: Ground): string =>
  use === 'historic' ? ground.historic : floors >= 12 ? ground.buildingHigh : ground.building;

/** How much light a wall of that direction (degrees) takes, 0–1. */
export const wallLight = (facing: number): number => 0.5 + 0.5 * Math.cos(((facing - LIGHT) * Math.PI) / 180);

export const blocksOf = (plane: Plane, buildings: readonly Building[], ground: Ground): Primitive => {
  const mesh = meshBuilder();
  for (const building of buildings) {
    const colour = baseColour(building, ground);
    const roof = bytes(mix(colour, ink.label, 0.1));
    const foot = mix(colour, ground.far, 0.6);
    const house = building.rings[0] ?? [];
    for (const ring of building.rings) {
      const feet = plane.floor(ring, 0, house);
      const eaves = plane.floor(ring, building.height, house);
      feet.forEach((p, i) => {
        const q = feet[(i + 1) % feet.length];
        const top = eaves[i];
        const topNext = eaves[(i + 1) % eaves.length];
        if (!q || !top || !topNext) return;
        // Counter-clockwise rings: the outside lies to the right of the way.
        const facing = (Math.atan2(q[1] - p[1], -(q[0] - p[0])) * 180) / Math.PI;
        const wall = mix(mix(colour, ground.far, 0.35), mix(colour, ink.label, 0.16), wallLight(facing));
        const high = bytes(wall);
        const low = bytes(mix(foot, wall, 0.25));
        const a = mesh.vertex(p, low);
        const b = mesh.vertex(q, low);
        const c = mesh.vertex(topNext, high);
        const d = mesh.vertex(top, high);
        mesh.triangle(a, b, c);
        mesh.triangle(a, c, d);
      });
    }
    mesh.polygon(
      building.rings.map((ring) => plane.floor(ring, building.height, house)),
      roof,
    );
  }
  return mesh.build(plane, 'solid');
};
