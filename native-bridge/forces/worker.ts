/**
 * The planner's thread.
 *
 * Owns: the land and the planner of one site. Guarantees: answers each `seen` once, also when it fails.
 * Refuses: to keep anything but what the planner keeps.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { readLand } from './land.ts';
import type { FromPlanner, ToPlanner, WorkerLoad } from './messages.ts';
import { openPlanner, type Planner } from './plan.ts';

const { folder, circleS } = workerData as WorkerLoad;
const tell = (message: FromPlanner): void => parentPort?.postMessage(message);

const open = (): Planner | null => {
  const began = performance.now();
  try {
    const land = readLand(folder, circleS);
    const planner = openPlanner(land);
    tell({ t: 'ready', nodes: land.graph.nodes.length, edges: land.graph.edges.length, ms: performance.now() - began });
    return planner;
  } catch (error) {
    tell({ t: 'none', why: error instanceof Error ? error.message : String(error) });
    return null;
  }
};
const planner = open();
parentPort?.on('message', ({ seen }: ToPlanner) => {
  if (!planner) return;
  try {
    tell({ t: 'plan', plan: planner.plan(seen) });
  } catch (error) {
    tell({ t: 'failed', why: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
