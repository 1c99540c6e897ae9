/**
 * The line of the links and the flood strip, at the foot of every view.
 *
 * Owns: when they stand on two lines. Guarantees: both are always in sight. Refuses: to know what they show.
 */
import type { ReactNode } from 'react';
import type { Scale } from './design/scale.ts';
import { LinkBar } from './panels/links/link-bar.tsx';
import { FloodStrip } from './panels/strip/flood-strip.tsx';

/** Below this width, in label sizes, links and flood strip do not stand on one line. */
const SHORT = 104;
/** Seen from afar they stand beside one another, each on lines of its own. */
export const isShort = ({ form, across }: Scale): boolean => form === 'normal' && across < SHORT;

/** `children`: what else stands there, before them. */
export const ViewFoot = ({ children }: { children?: ReactNode }) => (
  <div className="view-foot">
    {children}
    <LinkBar />
    <FloodStrip />
  </div>
);
