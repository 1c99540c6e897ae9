/**
 * The city with all that is said of it, and what comes up over a whole window: the same in every view that has them.
 *
 * Owns: which notes belong to the map, and which questions to a window. Guarantees: none is forgotten in one of the views.
 * Refuses: to know where it stands.
 */
import { Ask } from './panels/ask/ask.tsx';
import { MapCredit } from './panels/credit/credit.tsx';
import { DarkNote } from './panels/dark/dark-note.tsx';
import { Help } from './panels/keys/help.tsx';
import { KEYMAP } from './panels/keys/keymap.ts';
import { LayerPanel } from './panels/layers/layer-panel.tsx';
import { LookNote } from './panels/look/look-note.tsx';
import { Notices } from './panels/notices/notices.tsx';
import { Palette } from './panels/palette/palette.tsx';
import { CoverNote } from './panels/routes/cover-note.tsx';
import { DrawBar } from './panels/sketch/draw-bar.tsx';
import { Scene } from './scene/scene.tsx';

/** `drawn`: it can be drawn on. */
export const MapView = ({ drawn = false }: { drawn?: boolean }) => (
  <>
    <Scene />
    <MapCredit />
    <CoverNote />
    <DarkNote />
    <LookNote />
    {drawn && <DrawBar />}
    <LayerPanel />
  </>
);

/** `notices`: what was asked stands here; where a page lies over it, that shows them. */
export const OverAll = ({ notices = true }: { notices?: boolean }) => (
  <>
    {notices && <Notices />}
    <Help />
    <Ask />
    <Palette acts={KEYMAP} />
  </>
);
