import { readFileSync, readdirSync } from 'node:fs';
import { getPriority } from 'node:os';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';

/** Nice values of all threads of this process. */
const niceOf = (task: string): number => {
  const line = readFileSync(`/proc/self/task/${task}/stat`, 'utf8');
  // The name, in brackets, may have blanks.
  return Number(line.slice(line.lastIndexOf(')') + 2).split(' ')[16]);
};

// Where the whole run gives way already there is nothing to tell apart.
test.skipIf(process.platform !== 'linux' || getPriority() >= 10)(
  'one thread gives way, the others keep their place',
  async () => {
    const before = new Set(readdirSync('/proc/self/task'));
    const script = `
    import('${new URL('gives-way.ts', import.meta.url).href}').then(({ giveWay }) => {
      giveWay();
      require('node:worker_threads').parentPort.postMessage('done');
      setInterval(() => 0, 1000);
    });`;
    const worker = new Worker(script, { eval: true });
    await new Promise((resolve) => worker.once('message', resolve));
    const nices = readdirSync('/proc/self/task').map((task) => [before.has(task), niceOf(task)]);
    await worker.terminate();
    expect(nices.filter(([, nice]) => nice === 10)).toEqual([[false, 10]]);
    expect(nices.every(([, nice]) => nice === 10 || nice === niceOf(String(process.pid)))).toBe(true);
  },
);
