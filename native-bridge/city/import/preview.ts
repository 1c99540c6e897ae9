/**
 * A picture of what was taken in: boundary, water, roads, buildings by height. For a glance, not for the wall.
 * Guarantees: north is up, one scale in both directions; the same input gives the same bytes.
 */
import { createCanvas } from '@napi-rs/canvas';
import type { AreasFile, LonLat } from '../../contract/site-files.ts';
import { ringsOf } from './district-area.ts';
import type { DistrictBuilding } from './buildings.ts';
import type { District } from './roads.ts';

export interface Pictured {
  readonly boundary: AreasFile;
  readonly water: AreasFile;
  readonly blocks: AreasFile;
  readonly roads: District;
  readonly buildings: readonly DistrictBuilding[];
  readonly places: readonly { lon: number; lat: number }[];
}

const LONG_SIDE = 1600;
const EDGE = 24;
const COLOURS = {
  land: '#0d1420',
  outline: '#6f86a6',
  water: '#17324d',
  block: '#3a2c22',
  road: '#33435a',
  place: '#e0b04c',
};
/** Metres from which a building takes the next lighter colour. */
const HEIGHTS: readonly (readonly [number, string])[] = [[54, '#d6e4f5'], [27, '#9fb9d8'], [12, '#7590b0'], [0, '#53688a']]; // prettier-ignore

export function preview({ boundary, water, blocks, roads, buildings, places }: Pictured): Buffer {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const ring of boundary.features.flatMap(ringsOf)) {
    for (const [lon, lat] of ring) {
      [west, east] = [Math.min(west, lon), Math.max(east, lon)];
      [south, north] = [Math.min(south, lat), Math.max(north, lat)];
    }
  }
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = (LONG_SIDE - 2 * EDGE) / Math.max((east - west) * squeeze, north - south, 1e-9);
  const width = Math.max(200, Math.round((east - west) * squeeze * scale + 2 * EDGE));
  const height = Math.max(200, Math.round((north - south) * scale + 2 * EDGE));
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  const x = (lon: number): number => EDGE + (lon - west) * squeeze * scale;
  const y = (lat: number): number => height - EDGE - (lat - south) * scale;
  const trace = (rings: readonly (readonly LonLat[])[], close: boolean): void => {
    pen.beginPath();
    for (const ring of rings) {
      ring.forEach((p, i) => (i === 0 ? pen.moveTo(x(p[0]), y(p[1])) : pen.lineTo(x(p[0]), y(p[1]))));
      if (close) pen.closePath();
    }
  };
  pen.fillStyle = COLOURS.land;
  pen.fillRect(0, 0, width, height);
  for (const [areas, colour] of [
    [water, COLOURS.water],
    [blocks, COLOURS.block],
  ] as const) {
    // prettier-ignore
    pen.fillStyle = colour;
    for (const area of areas.features) {
      trace(ringsOf(area), true);
      pen.fill('evenodd');
    }
  }
  pen.strokeStyle = COLOURS.road;
  pen.lineJoin = 'round';
  for (const edge of roads.edges) {
    pen.lineWidth = ['motorway', 'trunk', 'arterial'].includes(edge.class) ? 2.5 : 1;
    trace([[roads.nodes[edge.a] ?? [0, 0], ...edge.mid, roads.nodes[edge.b] ?? [0, 0]]], false);
    pen.stroke();
  }
  for (const building of buildings) {
    pen.fillStyle = HEIGHTS.find(([from]) => building.height >= from)?.[1] ?? COLOURS.road;
    trace(building.rings, true);
    pen.fill('evenodd');
  }
  pen.strokeStyle = COLOURS.outline;
  pen.lineWidth = 2;
  trace(boundary.features.flatMap(ringsOf), true);
  pen.stroke();
  pen.fillStyle = COLOURS.place;
  for (const { lon, lat } of places) pen.fillRect(x(lon) - 2, y(lat) - 2, 4, 4);
  return canvas.toBuffer('image/png');
}
