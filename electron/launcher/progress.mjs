// Says what takes long. Owns: the console lines of long steps.
// Guarantees: a step under two seconds stays silent; a longer one shows that it goes on and how long it took.
// Refuses: to swallow errors; a failing step rejects with the step's own error.

const QUIET_MS = 2000;
const REPEAT_MS = 10_000;

/**
 * @template T
 * @param {string} label what is being done, in a few words
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export const step = async (label, work) => {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  let shown = false;
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const tick = () => {
    console.log(shown ? `  … ${label}: ${seconds()} s` : `  ${label} …`);
    shown = true;
    timer = setTimeout(tick, REPEAT_MS);
  };
  timer = setTimeout(tick, QUIET_MS);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    if (shown) console.log(`  ${label}: ${seconds()} s`);
  }
};
