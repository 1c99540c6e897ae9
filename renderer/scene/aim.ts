/**
 * Cesium's camera, given the eye.
 *
 * Owns: which of two frustums it has and how wide that is. Guarantees: what Cesium draws agrees with what `eye.ts` projects,
 *   in depth and in plan. Refuses: to move by itself.
 */
import { Cartesian3, Matrix4, OrthographicFrustum, PerspectiveFrustum, type Camera } from '@cesium/engine';
import { FOV_Y, type Eye } from './eye.ts';

/** How far is drawn, metres. */
const FAR = 400_000;
/** Of the range, what stands between the eye and an opened building and is cut away; and what is when none is open. */
const CUT = { open: 0.72, closed: 0.02 } as const;

/** `open`: a building stands open. */
export const aimer = (camera: Camera, toEarth: Matrix4): ((eye: Eye, open: boolean) => void) => {
  const perspective = camera.frustum instanceof PerspectiveFrustum ? camera.frustum : new PerspectiveFrustum();
  const plan = new OrthographicFrustum();
  const turned = (v: readonly number[]): Cartesian3 =>
    Matrix4.multiplyByPointAsVector(toEarth, Cartesian3.fromArray([...v]), new Cartesian3());
  return (eye, open) => {
    const aspect = eye.width / eye.height;
    const { frustum, near } = eye.plan
      ? { frustum: plan, near: 1 }
      : { frustum: perspective, near: Math.max(2, eye.pose.range * (open ? CUT.open : CUT.closed)) };
    frustum.near = near;
    frustum.far = FAR;
    frustum.aspectRatio = aspect;
    plan.width = (eye.width / eye.focal) * eye.pose.range;
    perspective.fov = aspect > 1 ? 2 * Math.atan(Math.tan(FOV_Y / 2) * aspect) : FOV_Y;
    camera.frustum = frustum;
    const place = Matrix4.multiplyByPoint(toEarth, Cartesian3.fromArray(eye.position), new Cartesian3());
    const direction = turned(eye.forward);
    const up = turned(eye.up);
    if (eye.plan) {
      // `setView` would measure the width of a plan by itself, and goes through angles, which straight down are none.
      Cartesian3.clone(place, camera.position);
      Cartesian3.clone(direction, camera.direction);
      Cartesian3.clone(up, camera.up);
      Cartesian3.clone(turned(eye.right), camera.right);
    } else camera.setView({ destination: place, orientation: { direction, up } });
  };
};
