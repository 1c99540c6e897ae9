// One folder for everything that tests put into the system's temporary folder; gone when they are done.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default (): (() => void) => {
  const folder = mkdtempSync(join(tmpdir(), 'fengsui-test-'));
  process.env['TMPDIR'] = folder;
  return () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 100 });
  };
};
