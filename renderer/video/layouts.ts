/**
 * How the tiles of a layout stand.
 *
 * Owns: columns, rows and the place of the large one. Guarantees: E8; where the box keeps `aspect`, every tile is 16 : 9.
 * Refuses: to choose cameras.
 */
import type { CSSProperties } from 'react';
import { TILES_OF, type VideoLayout } from '../../native-bridge/contract/video-layout.ts';

interface Plan {
  columns: number;
  rows: number;
  /** Columns and rows of the large tile; 1: all are alike. */
  large: readonly [number, number];
}
const PLANS: Readonly<Record<VideoLayout, Plan>> = {
  '1': { columns: 1, rows: 1, large: [1, 1] },
  '3': { columns: 3, rows: 1, large: [1, 1] },
  '4': { columns: 2, rows: 2, large: [1, 1] },
  '1+3': { columns: 3, rows: 4, large: [3, 3] },
  '1+5': { columns: 3, rows: 3, large: [2, 2] },
  '1+7': { columns: 4, rows: 4, large: [3, 3] },
  '9': { columns: 3, rows: 3, large: [1, 1] },
  '16': { columns: 4, rows: 4, large: [1, 1] },
  strip: { columns: 6, rows: 7, large: [6, 6] },
  '1+6': { columns: 2, rows: 5, large: [2, 2] },
};

/** The layout in which `count` tiles leave no hole that a smaller one would not have. */
export const fitting = (layout: VideoLayout, count: number): VideoLayout => {
  if (count <= 1) return '1';
  if (layout === '1+6' && count < TILES_OF[layout]) return fitting('1+3', count);
  if (layout === '3') return layout;
  return TILES_OF[layout] > 4 || count >= TILES_OF[layout] ? layout : '4';
};
export const hasLarge = (layout: VideoLayout): boolean => PLANS[layout].large[0] > 1;

export const gridStyle = (layout: VideoLayout): CSSProperties => {
  const { columns, rows, large } = PLANS[layout];
  return {
    '--columns': columns,
    '--rows': rows,
    '--large-columns': large[0],
    '--large-rows': large[1],
    '--aspect': (columns * 16) / (rows * 9),
  } as CSSProperties;
};
