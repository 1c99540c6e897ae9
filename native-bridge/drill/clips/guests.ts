/**
 * Owns: who comes into the cab and what they bring along: bodies, shadows, weight, how sure a detector is.
 * Guarantees: the pose is that of the thing; who pushes it stands where its bars are within reach.
 * Refuses: time; the scene says where everything is.
 */
import { stroller, wheelchair } from './carriers.ts';
import { bicycle, bicycleBar, eBike, eBikeBar, grips, person, seated, strollerBar, wheelchairBar } from './figures.ts';
import type { Clothes, Pose } from './figures.ts';
import type { Solid } from './solid.ts';
import type { ClipLabel } from '../clip.ts';

export interface Thing {
  readonly label: ClipLabel;
  readonly track: string;
  /** How sure a good detector is of this kind of thing. */
  readonly sure: number;
  readonly solids: readonly Solid[];
}
export interface Guest {
  /** Where it stands once inside, and how far it has turned by then. */
  readonly at: readonly [number, number];
  readonly turn: number;
  readonly load: number;
  things(pose: Pose, stride: number | undefined): Thing[];
  shadow(pose: Pose): (readonly [number, number, number])[];
}
export const wardrobe = {
  rider: { coat: '#2f6fb0', legs: '#2b2f3a', hair: '#f2c230', skin: '#e2b48d', helmet: true },
  woman: { coat: '#b23a5a', legs: '#3b3f4c', hair: '#2a1c16', skin: '#efc7a4', height: 1.62 },
  man: { coat: '#47604a', legs: '#50483e', hair: '#1c1815', skin: '#dcae86', height: 1.74 },
  elder: { coat: '#7d6a94', legs: '#3a3a44', hair: '#c9c9c9', skin: '#e5ba96', height: 1.6 },
  office: { coat: '#d8dbe0', legs: '#23293a', hair: '#18130f', skin: '#e6bb93', height: 1.72 },
} as const satisfies Record<string, Clothes>;

const beside = (pose: Pose, u: number, w: number): Pose => {
  const [sin, cos] = [Math.sin(pose.turn), Math.cos(pose.turn)];
  return {
    at: [pose.at[0] + sin * u + cos * w, pose.at[1] + cos * u - sin * w],
    turn: pose.turn,
  };
};
const walking = (pose: Pose, stride: number | undefined): Pose => (stride === undefined ? pose : { ...pose, stride });

export const guests = {
  eBike: {
    at: [-0.2, -0.3],
    turn: -1.16,
    load: 132,
    things: (pose, stride) => [
      { label: 'e-bike', track: 'eb1', sure: 0.95, solids: eBike(pose, '#c9302c') },
      {
        label: 'person',
        track: 'p1',
        sure: 0.93,
        solids: person(walking(beside(pose, -0.12, -0.42), stride), wardrobe.rider, grips(pose, eBikeBar)),
      },
    ],
    shadow: (pose) => [
      [...beside(pose, 0.45, 0).at, 0.42],
      [...beside(pose, -0.45, 0).at, 0.42],
      [...beside(pose, -0.12, -0.42).at, 0.3],
    ],
  },
  bicycle: {
    at: [0.0, -0.26],
    turn: -1.12,
    load: 88,
    things: (pose, stride) => [
      { label: 'bicycle', track: 'b1', sure: 0.91, solids: bicycle(pose, '#2e8f5b') },
      {
        label: 'person',
        track: 'p1',
        sure: 0.93,
        solids: person(walking(beside(pose, -0.1, -0.42), stride), wardrobe.man, grips(pose, bicycleBar)),
      },
    ],
    shadow: (pose) => [
      [...beside(pose, 0.5, 0).at, 0.34],
      [...beside(pose, -0.5, 0).at, 0.34],
      [...beside(pose, -0.1, -0.42).at, 0.3],
    ],
  },
  stroller: {
    at: [-0.3, -0.34],
    turn: -0.95,
    load: 79,
    things: (pose, stride) => [
      { label: 'stroller', track: 's1', sure: 0.9, solids: stroller(pose, '#1f7a8c') },
      {
        label: 'person',
        track: 'p1',
        sure: 0.93,
        solids: person(walking(beside(pose, -0.86, 0), stride), wardrobe.woman, grips(pose, strollerBar)),
      },
    ],
    shadow: (pose) => [
      [...pose.at, 0.46],
      [...beside(pose, -0.86, 0).at, 0.3],
    ],
  },
  wheelchair: {
    at: [-0.26, -0.36],
    turn: -0.92,
    load: 158,
    things: (pose, stride) => [
      {
        label: 'wheelchair',
        track: 'w1',
        sure: 0.9,
        solids: [...wheelchair(pose), ...seated(beside(pose, -0.06, 0), wardrobe.elder, 0.52)],
      },
      {
        label: 'person',
        track: 'p1',
        sure: 0.93,
        solids: person(walking(beside(pose, -0.8, 0), stride), wardrobe.man, grips(pose, wheelchairBar)),
      },
    ],
    shadow: (pose) => [
      [...pose.at, 0.52],
      [...beside(pose, -0.8, 0).at, 0.3],
    ],
  },
  walker: {
    at: [-0.36, -0.3],
    turn: 0.5,
    load: 68,
    things: (pose, stride) => [
      {
        label: 'person',
        track: 'p1',
        sure: 0.95,
        solids: person(walking(pose, stride), wardrobe.office),
      },
    ],
    shadow: (pose) => [[...pose.at, 0.32]],
  },
} as const satisfies Record<string, Guest>;
