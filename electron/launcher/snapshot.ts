// `--snapshot`: one picture of the living wall. Guarantees: never throws; tells what the picture shows; leaves time to
// stop before `--exit-after`.
import type { Shell } from './shell.ts';

/** Time kept for taking the picture before `--exit-after`. */
const SPARE_MS = 10_000;
/** Without `--exit-after`: how long the wall may take to become live. */
const PATIENCE_MS = 180_000;

/** @returns true when no picture was asked for, or it shows a live wall */
export const takeSnapshot = async (
  shell: Shell | undefined,
  file: string | undefined,
  exitAt: number | undefined,
  say: (text: string) => void,
): Promise<boolean> => {
  if (file === undefined) return true;
  if (!shell) {
    say('no picture: there is no window');
    return false;
  }
  const deadline = exitAt === undefined ? Date.now() + PATIENCE_MS : exitAt - SPARE_MS;
  try {
    const { live, boxed } = await shell.snapshot(file, deadline);
    const what = live ? `live, ${String(boxed)} video with a boxed e-bike` : 'the wall was NOT live yet';
    say(`picture saved: ${file} (${what})`);
    return live;
  } catch (error) {
    say(`no picture: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
};
