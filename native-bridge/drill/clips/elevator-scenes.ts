/**
 * Owns: the stories told in the cab: somebody brings an e-bike, a bicycle, a stroller, a wheelchair, or
 * just rides.
 * Guarantees: every story begins and ends with the doors closed; its `ride` section loops on its own.
 * Refuses: drawing the cab, which is `cab`'s.
 */
import { drawCab, drawRiders } from './cab.ts';
import type { CabState } from './cab.ts';
import { person } from './figures.ts';
import type { Clothes, Pose } from './figures.ts';
import { guests, wardrobe } from './guests.ts';
import type { Guest, Thing } from './guests.ts';
import { FPS, between, observe } from './stage.ts';
import type { Scene } from './stage.ts';
import type { ClipBox, ClipFact } from '../clip.ts';

interface Times {
  /** Seconds: the first step over the sill, standing inside, moving off again, out, end of the clip. */
  readonly enter: number;
  readonly parked: number;
  readonly leave: number;
  readonly gone: number;
  readonly end: number;
}
interface Story {
  readonly name: string;
  readonly floors: readonly [number, number, number, number];
  readonly times: Times;
  readonly guest: Guest;
  /** Who is in the cab all the time. */
  readonly resident?: { readonly pose: Pose; readonly wear: Clothes };
}

function cabAt(story: Story, t: number): CabState {
  const { enter, parked, leave, gone, end } = story.times;
  const open = between(t, [
    [enter - 1.4, 0],
    [enter - 0.2, 1],
    [parked + 0.2, 1],
    [parked + 1.4, 0],
    [leave - 1.6, 0],
    [leave - 0.4, 1],
    [gone, 1],
    [gone + 1.2, 0],
  ]);
  const [first, low, top, last] = story.floors;
  const height = between(t, [
    [0, first],
    [enter - 1.6, low],
    [parked + 1.6, low],
    [leave - 1.8, top],
    [gone + 1.4, top],
    [end, last],
  ]);
  const ahead =
    height -
    between(t - 1 / FPS, [
      [0, first],
      [enter - 1.6, low],
      [parked + 1.6, low],
      [leave - 1.8, top],
      [gone + 1.4, top],
      [end, last],
    ]);
  return {
    open,
    floor: Math.round(height),
    passing: height - Math.floor(height),
    direction: Math.abs(ahead) < 0.004 ? 'idle' : ahead > 0 ? 'up' : 'down',
  };
}

function guestAt(story: Story, t: number): { pose: Pose; stride: number | undefined } | null {
  const { enter, parked, leave, gone } = story.times;
  if (t < enter - 1.2 || t > gone + 0.2) return null;
  const { at, turn } = story.guest;
  const z = between(t, [
    [enter - 1.2, -3.1],
    [parked - 0.4, at[1]],
    [leave + 0.2, at[1]],
    [gone + 0.2, -3.3],
  ]);
  const share = between(t, [
    [enter + 0.9, 0],
    [parked, 1],
    [leave, 1],
    [leave + 1.7, 0],
  ]);
  const walks = (t < parked - 0.3 && t > enter - 1.2) || t > leave + 0.25;
  return {
    pose: { at: [at[0] * share, z], turn: turn * share },
    stride: walks ? z * 4.4 : undefined,
  };
}

function scene(story: Story): Scene {
  const { enter, parked, leave, gone, end } = story.times;
  const cut = (s: number): number => Math.round(s / 2) * 2 * FPS;
  const resident: Thing[] = story.resident
    ? [
        {
          label: 'person',
          track: 'p0',
          sure: 0.92,
          solids: person(story.resident.pose, story.resident.wear),
        },
      ]
    : [];
  const at = (frame: number) => {
    const t = frame / FPS;
    const guest = guestAt(story, t);
    const things = [...(guest ? story.guest.things(guest.pose, guest.stride) : []), ...resident];
    return { cab: cabAt(story, t), guest, things };
  };
  return {
    name: story.name,
    kind: 'elevator',
    frames: end * FPS,
    sections: {
      before: [0, cut(enter - 2)],
      enter: [cut(enter - 2), cut(parked + 2)],
      ride: [cut(parked + 2), cut(leave - 2)],
      leave: [cut(leave - 2), cut(gone + 2)],
      after: [cut(gone + 2), end * FPS],
    },
    draw(pen, frame) {
      const { cab, guest, things } = at(frame);
      const shadows: (readonly [number, number, number])[] = [
        ...(guest ? story.guest.shadow(guest.pose) : []),
        ...(story.resident ? [[...story.resident.pose.at, 0.3] as const] : []),
      ];
      drawCab(
        pen,
        cab,
        things.flatMap((thing) => thing.solids),
        shadows,
      );
      const seen: ClipBox[] = [];
      things.forEach((thing, i) => {
        const box = observe(thing.label, thing.track, frame * 7 + i, thing.sure, (measure) =>
          drawRiders(measure, cab.open, thing.solids),
        );
        if (box) seen.push(box);
      });
      return seen;
    },
    fact(frame): Omit<ClipFact, 'from'> {
      const { cab, guest } = at(frame);
      const inside = guest && guest.pose.at[1] > -1.1 ? story.guest.load : 0;
      return {
        floor: cab.floor,
        door: cab.open > 0.5 ? 'open' : 'closed',
        direction: cab.direction,
        load: inside + (story.resident ? 66 : 0),
      };
    },
  };
}

const corner: Pose = { at: [0.8, 0.02], turn: -1.9 };

export const elevatorScenes: readonly Scene[] = [
  scene({
    name: 'elevator-ebike',
    floors: [5, 1, 16, 9],
    times: { enter: 4, parked: 8, leave: 24, gone: 28, end: 36 },
    guest: guests.eBike,
    resident: { pose: corner, wear: wardrobe.woman },
  }),
  scene({
    name: 'elevator-bicycle',
    floors: [3, 1, 8, 5],
    times: { enter: 4, parked: 8, leave: 16, gone: 20, end: 24 },
    guest: guests.bicycle,
  }),
  scene({
    name: 'elevator-stroller',
    floors: [2, 1, 11, 8],
    times: { enter: 4, parked: 8, leave: 16, gone: 20, end: 24 },
    guest: guests.stroller,
    resident: { pose: { at: [0.8, 0.02], turn: -1.9 }, wear: wardrobe.elder },
  }),
  scene({
    name: 'elevator-wheelchair',
    floors: [4, 1, 6, 3],
    times: { enter: 4, parked: 8, leave: 16, gone: 20, end: 24 },
    guest: guests.wheelchair,
  }),
  scene({
    name: 'elevator-people',
    floors: [9, 1, 12, 9],
    times: { enter: 4, parked: 6, leave: 16, gone: 18, end: 24 },
    guest: guests.walker,
    resident: { pose: { at: [0.5, -0.5], turn: 0.2 }, wear: wardrobe.woman },
  }),
];
