/**
 * The rooms that are not panels, as the wall places them.
 *
 * Owns: nothing. Guarantees: a part that is not built in leaves its place empty, with nothing that could be taken for data.
 * Refuses: to load anything at run time that the build did not contain.
 */
import type { ComponentType } from 'react';

const found = import.meta.glob<Record<string, ComponentType>>(['./scene/scene.tsx', './video/video-grid.tsx', './panels/ribbon/ribbon.tsx'], { eager: true });
const Nothing = (): null => null;
const part = (path: string, name: string): ComponentType => found[path]?.[name] ?? Nothing;

export const Parts = {
  Scene: part('./scene/scene.tsx', 'Scene'),
  Video: part('./video/video-grid.tsx', 'VideoGrid'),
  Ribbon: part('./panels/ribbon/ribbon.tsx', 'Ribbon'),
};
