/**
 * What the chosen camera sees, on the ground.
 *
 * Owns: the cone and the last line of sight. Guarantees: what houses and hills hide is cut out of it (S18); it is computed once a
 *   camera; before the houses are known the whole cone is drawn as an outline only.
 * Refuses: cabs and rooms, whose cameras see a few metres.
 */
import type { SiteCamera } from '../../../native-bridge/contract/site-files.ts';
import { ink } from '../../design/tokens.ts';
import { css } from '../paint.ts';
import type { Picker } from '../pick.ts';
import type { Land, Vec3 } from '../plane.ts';
import { sightOf, type SightRay } from '../sight.ts';
import type { Frame } from './overlay.ts';

const RAD = Math.PI / 180;

export const cones = (picker: () => Picker | null): ((frame: Frame, camera: SiteCamera, at: Vec3) => void) => {
  let last: { camera: string; rays: readonly SightRay[] } | null = null;

  const raysOf = (camera: SiteCamera, [x, y]: Vec3, land: Land): readonly SightRay[] | null => {
    if (last?.camera === camera.id) return last.rays;
    const blocks = picker()?.near(x, y, camera.range);
    if (!blocks) return null;
    const { h, heading, fov, range } = camera;
    const { z, steepest } = land;
    const under = z(x, y);
    const hilly = steepest > 0;
    const houses = [...blocks].map(({ ring, low, high }) => ({ ring, height: high - (hilly ? under : low) }));
    const rise = hilly ? (px: number, py: number) => z(px, py) - under : undefined;
    last = { camera: camera.id, rays: sightOf({ x, y, h, heading, fov, range }, houses, rise) };
    return last.rays;
  };

  return ({ context, eye, spot, scale }, camera, at) => {
    const [x, y] = at;
    const ground = (angle: number, away: number): boolean => {
      const [px, py] = [x + Math.sin(angle) * away, y + Math.cos(angle) * away];
      return eye.project(px, py, eye.land.z(px, py), spot);
    };
    const line = (angle: number, away: number, first: boolean): void => {
      if (!ground(angle, away)) return;
      if (first) context.moveTo(spot[0] ?? 0, spot[1] ?? 0);
      else context.lineTo(spot[0] ?? 0, spot[1] ?? 0);
    };
    const rays = raysOf(camera, at, eye.land);
    if (rays) {
      const half = ((camera.fov * RAD) / (rays.length - 1)) * 0.52;
      context.beginPath();
      for (const { angle, seen } of rays) {
        for (const [from, to] of seen) {
          line(angle - half, from, true);
          line(angle - half, to, false);
          line(angle + half, to, false);
          line(angle + half, from, false);
          context.closePath();
        }
      }
      context.fillStyle = css(ink.accent, 0.22);
      context.fill();
    }
    const first = (camera.heading - camera.fov / 2) * RAD;
    const steps = 24;
    context.beginPath();
    line(first, 0, true);
    for (let i = 0; i <= steps; i++) line(first + (camera.fov * RAD * i) / steps, camera.range, false);
    context.closePath();
    context.strokeStyle = css(ink.accent, 0.65);
    context.lineWidth = Math.max(1.5, scale.line);
    context.stroke();
  };
};
