// Runs a short-lived command. Guarantees: resolves with exit code and the last of its output, never throws.
import { spawn } from 'node:child_process';

const KEPT = 16_384;

/**
 * @param {string} file
 * @param {string[]} args
 * @param {{ cwd?: string; env?: NodeJS.ProcessEnv; timeoutMs?: number; show?: boolean }} [options]
 *   `show`: pass the output through to the console as well
 * @returns {Promise<{ code: number; output: string }>} 127 when it cannot be started, 124 when it ran out of time
 */
export const run = (file, args, options = {}) =>
  new Promise((done) => {
    let output = '';
    let timedOut = false;
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const timer = options.timeoutMs
      ? setTimeout(() => {
          timedOut = true;
          child.kill('SIGKILL');
        }, options.timeoutMs)
      : undefined;
    /** @param {NodeJS.WriteStream} to */
    const keep = (to) => (/** @type {Buffer} */ chunk) => {
      output = (output + chunk.toString()).slice(-KEPT);
      if (options.show) to.write(chunk);
    };
    child.stdout.on('data', keep(process.stdout));
    child.stderr.on('data', keep(process.stderr));
    child.once('error', (error) => {
      clearTimeout(timer);
      done({ code: 127, output: error.message });
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      done({ code: timedOut ? 124 : (code ?? 1), output });
    });
  });
