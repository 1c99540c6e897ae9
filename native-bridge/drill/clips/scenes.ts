/**
 * Owns: the list of all clips.
 * Guarantees: unique names.
 * Refuses: drawing.
 */
import { controlRoomScene } from './control-room-scene.ts';
import { corridorScene } from './corridor-scene.ts';
import { elevatorScenes } from './elevator-scenes.ts';
import { lookoutScene } from './lookout-scene.ts';
import type { Scene } from './stage.ts';

export const scenes: readonly Scene[] = [...elevatorScenes, lookoutScene, corridorScene, controlRoomScene];
