/**
 * The streets of the towns: bent grids with one-way pairs, and the blocks between them.
 * Guarantees: no street in the water; every block knows the streets around it.
 */
import type { RoadClass } from '../../contract/site-files.ts';
import type { Name } from '../../contract/site.ts';
import type { Land } from './land.ts';
import { streetNames } from './names.ts';
import { neighbours, reach, ROAD_WIDTH, type Network } from './network.ts';
import { add, distance, middle, mix, rotate, sub, toPlane, type XY } from './plane.ts';
import { makeNoise, type Random } from './random.ts';
import type { Town } from './towns.ts';

/** A plot between streets: four corners counter-clockwise from the lower left of the town's grid. */
export interface Block {
  town: Town;
  i: number;
  j: number;
  corners: readonly [XY, XY, XY, XY];
  /** Half widths of the streets on its four sides: south, east, north, west. */
  margins: readonly [number, number, number, number];
  /** Names of the streets: south, east, north, west. */
  streets: readonly [Name, Name, Name, Name];
  /** 0 in the middle of the town, 1 at its edge. */
  outward: number;
}

export interface Grid {
  town: Town;
  blocks: Block[];
  /** Nodes on main streets, where roads from outside may join. */
  gates: number[];
}

interface Line {
  offset: number;
  class: RoadClass;
  name: Name;
  oneway: 0 | 1 | -1;
}

const SPEED: Readonly<Record<RoadClass, number>> = {
  motorway: 100,
  trunk: 70,
  arterial: 50,
  collector: 40,
  local: 30,
  lane: 20,
};

function lines(
  half: number,
  step: number,
  names: ReturnType<typeof streetNames>,
  random: Random,
  large: boolean,
): Line[] {
  const offsets: number[] = [0];
  for (const way of [1, -1]) {
    for (let at = 0; ;) {
      at += step * random.range(0.78, 1.26);
      if (at > half) break;
      offsets.push(at * way);
    }
  }
  offsets.sort((a, b) => a - b);
  const zero = offsets.indexOf(0);
  let turn: 1 | -1 = 1;
  return offsets.map((offset, k) => {
    const rank = Math.abs(k - zero);
    const cls: RoadClass = rank % 4 === 0 ? 'arterial' : rank % 2 === 0 ? 'collector' : 'local';
    const single = large && cls === 'local' && Math.abs(offset) < half * 0.7 && random.chance(0.55);
    if (single) turn = turn === 1 ? -1 : 1;
    return { offset, class: cls, name: cls === 'local' ? names.side() : names.main(), oneway: single ? turn : 0 };
  });
}

export function layTown(town: Town, land: Land, network: Network, random: Random): Grid {
  const names = streetNames(random);
  const centre = toPlane(town.at);
  const angle = (town.turn * Math.PI) / 180;
  const bendX = makeNoise(`${town.id}/x`, 820);
  const bendY = makeNoise(`${town.id}/y`, 820);
  const edge = makeNoise(`${town.id}/edge`, 800);
  const [rx, ry] = town.radius;
  const large = rx > 1000;
  const columns = lines(rx * 1.15, town.spacing[0], names, random, large);
  const rows = lines(ry * 1.15, town.spacing[1], names, random, large);
  const amplitude = Math.min(120, rx * 0.1);

  const outwardOf = (p: XY) => Math.hypot(p[0] / rx, p[1] / ry);
  const kept = new Map<string, number>();
  const bend = (flat: XY): XY => {
    const turned = add(centre, rotate(flat, angle));
    return add(turned, [amplitude * bendX(...turned), amplitude * bendY(...turned)]);
  };
  const place = (i: number, j: number): XY => bend([columns[i]?.offset ?? 0, rows[j]?.offset ?? 0]);
  columns.forEach((column, i) => {
    rows.forEach((row, j) => {
      const p = place(i, j);
      const out = outwardOf([column.offset, row.offset]) + 0.26 * edge(...p);
      if (out < 1 && land.dry(p, 26)) kept.set(`${i},${j}`, network.node(p));
    });
  });
  const at = (i: number, j: number) => kept.get(`${i},${j}`);
  const spot = (n: number): XY => network.nodes[n] ?? [0, 0];
  const passable = (a: number, b: number) =>
    [0.2, 0.35, 0.5, 0.65, 0.8].every((t) => land.dry(mix(spot(a), spot(b), t), 8));
  const join = (a: number, b: number, line: Line, half: XY): void => {
    const main = line.class === 'arterial' || line.class === 'collector';
    // Main streets bridge canals, never the river: a bridge is at most 90 m here.
    if (!passable(a, b) && !(main && distance(spot(a), spot(b)) < 230)) return;
    if (line.class === 'local' && random.chance(0.07)) return;
    network.edges.push({
      a: line.oneway === -1 ? b : a,
      b: line.oneway === -1 ? a : b,
      class: line.class,
      speed: SPEED[line.class],
      oneway: line.oneway !== 0,
      name: line.name,
      mid: [bend(half)],
    });
  };
  const blocks: Block[] = [];
  columns.forEach((column, i) => {
    rows.forEach((row, j) => {
      const here = at(i, j);
      const east = at(i + 1, j);
      const north = at(i, j + 1);
      if (here === undefined) return;
      if (east !== undefined) join(here, east, row, [(column.offset + (columns[i + 1]?.offset ?? 0)) / 2, row.offset]);
      if (north !== undefined)
        join(here, north, column, [column.offset, (row.offset + (rows[j + 1]?.offset ?? 0)) / 2]);
      const far = at(i + 1, j + 1);
      const nextColumn = columns[i + 1];
      const nextRow = rows[j + 1];
      if (
        east === undefined ||
        north === undefined ||
        far === undefined ||
        nextColumn === undefined ||
        nextRow === undefined
      )
        return;
      const corners: Block['corners'] = [spot(here), spot(east), spot(far), spot(north)];
      const half = (line: Line) => ROAD_WIDTH[line.class] / 2 + 3;
      const mid = rotate(sub(middle(corners), centre), -angle);
      blocks.push({
        town,
        i,
        j,
        corners,
        margins: [half(row), half(nextColumn), half(nextRow), half(column)],
        streets: [row.name, nextColumn.name, nextRow.name, column.name],
        outward: outwardOf(mid),
      });
    });
  });
  // Streets cut off by water or chance are no way in: only the largest piece has gates.
  const nodes = [...kept.values()];
  const next = neighbours(network.nodes.length, network.edges, false);
  const back = neighbours(network.nodes.length, network.edges, true);
  next.forEach((list, n) => list.push(...(back[n] ?? [])));
  let body = new Set<number>();
  for (const n of nodes) {
    if (body.has(n)) continue;
    const piece = reach(n, next);
    if (piece.size > body.size) body = piece;
  }
  const gates: number[] = [];
  columns.forEach((column, i) => {
    rows.forEach((row, j) => {
      const n = at(i, j);
      if (n !== undefined && body.has(n) && (column.class === 'arterial' || row.class === 'arterial')) gates.push(n);
    });
  });
  return { town, blocks, gates };
}
