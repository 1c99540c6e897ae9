// `npm start`: from a bare clone to the wall. Owns: what must run on the stock Node before anything is installed.
// Then hands over to run.ts on Node 24, in this process when it already is Node 24.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install, node24 } from './install.mjs';

try {
  await install();
} catch (error) {
  console.error(`fengsui: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

process.env['PATH'] = dirname(node24) + delimiter + (process.env['PATH'] ?? '');

if (Number(process.versions.node.split('.')[0]) >= 24) {
  await import('./run.ts');
} else {
  const run = fileURLToPath(new URL('./run.ts', import.meta.url));
  const child = spawn(node24, [run, ...process.argv.slice(2)], { stdio: 'inherit' });
  // The terminal sends SIGINT to both; SIGTERM comes to this process alone. Either way the child decides when it is over.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGTERM'));
  child.once('exit', (code, signal) => process.exit(code ?? (signal ? 128 + constants.signals[signal] : 1)));
}
