/**
 * Owns: the cameras that play clips: frames on time, the boxes of each frame, the cab a ride is filmed in.
 * Guarantees: `pts` steady at the clip's rate and `fseq` without gaps; a clip changes only at a key frame; a box
 *   is sent with the `pts` of the very frame it was drawn on; cab events agree with the picture's floor and door.
 * Refuses: district speed; a film runs at one second a second.
 */
import { cameraId, detectionId, elevatorId, eventTime } from '../../contract/brand.ts';
import { WIRE_VERSION, type VideoHeader } from '../../contract/wire.ts';
import type { Clip, ClipBox, ClipFact } from '../clip.ts';
import type { Lifts } from './lifts.ts';
import type { World } from './world.ts';

/** Frames [from, to) of a clip. */
export interface Reel {
  readonly clip: Clip;
  readonly from: number;
  readonly to: number;
}
/** What one frame shows, for whoever tells the story. */
export interface Seen {
  readonly frame: number;
  readonly boxes: readonly ClipBox[];
  readonly fact: ClipFact | undefined;
}
export interface Play {
  readonly reels: readonly Reel[];
  /** The last reel again and again until `next` is asked for. */
  readonly isEndless?: boolean;
  onFrame?(seen: Seen): void;
  onEnd?(): void;
}
export interface Channel {
  /** After what is playing and what is queued; an endless play ends at its next round. */
  play(next: Play): void;
}
type SendFrame = (header: VideoHeader, unit: Uint8Array) => void;

/** People are looked for five times a second; everything else on every frame. */
const PEOPLE_EVERY = 3;
/** A driven cab speaks again after so many frames without a change (4 s). */
const SPEAK_FRAMES = 60;
/** A process that was held up longer does not send what nobody waits for. */
const LATE_MS = 1500;

export class Cameras {
  readonly #world: World;
  readonly #lifts: Lifts;
  readonly #send: SendFrame;
  readonly #channels: Player[] = [];

  constructor(world: World, lifts: Lifts, send: SendFrame) {
    this.#world = world;
    this.#lifts = lifts;
    this.#send = send;
  }

  /** `idle` plays whenever nothing else does; `beginS`: how far into it the camera is at the opening. */
  add(camera: string, elevator: string | null, idle: Reel, beginS: number): Channel {
    const player = new Player(this.#world, this.#lifts, this.#send, camera, elevator, idle, beginS);
    if (elevator !== null) this.#lifts.takeOver(elevator, player.floor);
    this.#channels.push(player);
    return player;
  }

  /** Sends what is due at `wall` (ms UTC). */
  step(wall: number): void {
    for (const channel of this.#channels) channel.step(wall);
  }
}

class Player implements Channel {
  readonly #world: World;
  readonly #lifts: Lifts;
  readonly #send: SendFrame;
  readonly #camera: string;
  readonly #elevator: string | null;
  readonly #idle: Play;
  readonly #queue: Play[] = [];
  #play: Play;
  #reel = 0;
  #frame: number;
  /** Wall time of the first frame, set when the film begins. */
  #began = 0;
  #sent = 0;
  #fseq = 0;
  #cab = '';
  #cabFrames = 0;
  #floorBefore: number;

  constructor(
    world: World,
    lifts: Lifts,
    send: SendFrame,
    camera: string,
    elevator: string | null,
    idle: Reel,
    beginS: number,
  ) {
    this.#world = world;
    this.#lifts = lifts;
    this.#send = send;
    this.#camera = camera;
    this.#elevator = elevator;
    this.#idle = { reels: [idle], isEndless: true };
    this.#play = this.#idle;
    this.#frame = keyAt(idle.clip, Math.min(idle.to - 1, idle.from + Math.round(beginS * idle.clip.fps)));
    this.#floorBefore = idle.clip.fact(this.#frame)?.floor ?? 1;
  }

  /** Of the cab, at the opening. */
  get floor(): number {
    return this.#floorBefore;
  }

  play(next: Play): void {
    this.#queue.push(next);
  }

  step(wall: number): void {
    const fps = this.#play.reels[0]?.clip.fps ?? 15;
    if (this.#began === 0 || wall - this.#due(fps) > LATE_MS) {
      this.#began = wall;
      this.#sent = 0;
    }
    while (this.#due(fps) <= wall) {
      this.#show(Math.round(this.#due(fps)));
      this.#sent++;
      this.#advance();
    }
  }

  #due(fps: number): number {
    return this.#began + (this.#sent * 1000) / fps;
  }

  #show(pts: number): void {
    const { clip } = this.#now();
    const frame = this.#frame;
    const { w, h, codec } = clip;
    this.#fseq++;
    this.#send(
      { v: WIRE_VERSION, cameraId: cameraId(this.#camera), pts, key: clip.isKey(frame), codec, w, h, fseq: this.#fseq },
      clip.unit(frame),
    );
    const fact = this.#ride(clip, frame, pts);
    const boxes = clip.boxes(frame);
    const isPeopleOnly = boxes.every((box) => box.label === 'person');
    if (!isPeopleOnly || this.#fseq % PEOPLE_EVERY === 0) this.#detect(pts, boxes, fact);
    this.#play.onFrame?.({ frame, boxes, fact });
  }

  #detect(pts: number, boxes: readonly ClipBox[], fact: ClipFact | undefined): void {
    for (const { label, track, box, confidence } of boxes) {
      const [x, y, w, h] = box;
      this.#world.emit(
        'fire-iot.detection',
        {
          id: detectionId(`${this.#camera}-${pts.toString(36)}-${track}`),
          cameraId: cameraId(this.#camera),
          ts: eventTime(pts),
          pts,
          label,
          confidence,
          box: [x, y, w, h],
          track,
          ...(this.#elevator === null ? {} : { elevatorId: elevatorId(this.#elevator) }),
          ...(fact?.floor === undefined ? {} : { floor: fact.floor }),
        },
        true,
      );
    }
  }

  /** What the picture shows of the cab is what the cab does. */
  #ride(clip: Clip, frame: number, pts: number): ClipFact | undefined {
    const told = clip.fact(frame);
    if (this.#elevator === null || told?.floor === undefined) return told;
    // A clip begins where another ended elsewhere: the cab gets there by the time the doors first open.
    const before = clip.sections['before'];
    const opens = clip.sections['enter']?.[0] ?? before?.[1] ?? 0;
    const end = clip.fact(opens)?.floor ?? told.floor;
    const floor = frame < opens ? passed(this.#floorBefore, end, frame / Math.max(1, opens)) : told.floor;
    if (frame >= opens) this.#floorBefore = floor;
    const isHeld = told.door === 'open' && this.#lifts.isHeld(this.#elevator);
    const door = isHeld ? 'held' : (told.door ?? 'closed');
    const direction = told.direction ?? 'idle';
    const load = told.load ?? 0;
    const state = `${floor}/${direction}/${door}/${load}`;
    this.#cabFrames++;
    if (state !== this.#cab || this.#cabFrames >= SPEAK_FRAMES) {
      this.#cab = state;
      this.#cabFrames = 0;
      this.#lifts.drive(this.#elevator, eventTime(pts), floor, direction, door, load);
    }
    return { ...told, floor };
  }

  #now(): Reel {
    const reel = this.#play.reels[this.#reel];
    if (reel === undefined) throw new Error(`${this.#camera}: nothing to play`);
    return reel;
  }

  #advance(): void {
    const { clip, to } = this.#now();
    const next = this.#frame + 1;
    const round = this.#heldRound(clip, next);
    if (round !== null) {
      this.#frame = round;
      return;
    }
    this.#frame = next;
    if (next < to) return;
    const isLast = this.#reel === this.#play.reels.length - 1;
    if (!isLast) this.#reel++;
    else if (this.#play.isEndless !== true || this.#queue.length > 0) {
      this.#play.onEnd?.();
      this.#play = this.#queue.shift() ?? this.#idle;
      this.#reel = 0;
    }
    this.#frame = this.#now().from;
  }

  /** While the doors are held the picture stays in its two seconds with open doors. */
  #heldRound(clip: Clip, next: number): number | null {
    if (this.#elevator === null || !this.#lifts.isHeld(this.#elevator)) return null;
    if (next >= clip.frames || !clip.isKey(next) || clip.fact(next - 1)?.door !== 'open') return null;
    const start = keyAt(clip, next - 1);
    return clip.fact(start)?.door === 'open' ? start : null;
  }
}

function keyAt(clip: Clip, frame: number): number {
  let at = frame;
  while (at > 0 && !clip.isKey(at)) at--;
  return at;
}

/** The floor a share of the way from a to b; there is no floor 0. */
function passed(a: number, b: number, share: number): number {
  const from = a < 0 ? a + 1 : a;
  const to = b < 0 ? b + 1 : b;
  const floor = Math.round(from + (to - from) * share);
  return floor < 1 ? floor - 1 : floor;
}
