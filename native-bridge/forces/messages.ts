/**
 * Between the bridge and its planner's thread.
 *
 * Owns: these shapes. Guarantees: one answer to every `seen`. Refuses: anything else.
 */
import type { Plan, Seen } from './scene.ts';

export interface WorkerLoad {
  /** The site's folder. */
  readonly folder: string;
  readonly circleS: number;
}
export type ToPlanner = { readonly t: 'seen'; readonly seen: Seen };
export type FromPlanner =
  | { readonly t: 'ready'; readonly nodes: number; readonly edges: number; readonly ms: number }
  /** The site cannot be planned for: why. */
  | { readonly t: 'none'; readonly why: string }
  | { readonly t: 'plan'; readonly plan: Plan }
  /** This one could not be worked out: a mistake to be mended; the next may. */
  | { readonly t: 'failed'; readonly why: string };
