/**
 * The keeper: a thread that carries what was committed from the log of the file into the file itself.
 *
 * Owns: checkpoints. Guarantees (J7): they run beside the commits, never inside one; a log that has grown long
 *   although is reported, so that the writer begins it anew. Refuses: to write anything of its own.
 */
import { statSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { PAGE_BYTES } from './schema.ts';
import { giveWay } from '../base/gives-way.ts';

giveWay();
const { file } = workerData as { file: string };
const LOOK_MS = 250;
/** Below this a checkpoint is not worth its syncs. */
const WORTH_BYTES = 4 * 1024 * 1024;
const LONG_BYTES = 48 * 1024 * 1024;

const logBytes = (): number => {
  try {
    return statSync(`${file}-wal`).size;
  } catch {
    return 0;
  }
};
const timer = setInterval(() => {
  if (logBytes() < WORTH_BYTES) return;
  try {
    // Opened each time: the file may have been set aside since.
    const db = new Database(file, { fileMustExist: true, timeout: 100 });
    try {
      db.pragma('wal_autocheckpoint = 0');
      const [row] = db.pragma('wal_checkpoint(PASSIVE)') as { log: number; checkpointed: number }[];
      // By what is in it: the file itself never becomes shorter.
      if (row !== undefined && row.log * PAGE_BYTES > LONG_BYTES) parentPort?.postMessage('long');
    } finally {
      db.close();
    }
  } catch {
    // The writer meets the same trouble and tells it.
  }
}, LOOK_MS);
parentPort?.on('message', () => {
  clearInterval(timer);
  parentPort?.close();
});
