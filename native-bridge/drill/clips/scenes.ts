/**
 * Owns: the list of all clips.
 * Guarantees: unique names.
 * Refuses: drawing.
 */
import { elevatorScenes } from './elevator-scenes.ts';
import type { Scene } from './stage.ts';

export const scenes: readonly Scene[] = [...elevatorScenes];
