/**
 * The file of what was shown: its tables and how a connection is set up.
 *
 * Owns: SQL of the structure. Guarantees: a file of another version or another program is refused rather than spoilt.
 * Refuses: queries; those live with their users.
 */
import Database from 'better-sqlite3';

export type Connection = Database.Database;
export const PAST_FILE = 'past.db';

const VERSION = 1;
/** 'FNGP': tells it from the journal. */
const APPLICATION_ID = 0x464e4750;
const TABLES = `
  -- A whole picture and what changed after it; its pages are those from first_page up to the next chapter's.
  CREATE TABLE chapter (
    id INTEGER PRIMARY KEY, begun INTEGER NOT NULL, until INTEGER NOT NULL,
    first_page INTEGER NOT NULL, parts INTEGER NOT NULL, records INTEGER NOT NULL, bytes INTEGER NOT NULL
  ) STRICT;
  -- kind 0: a part of the whole picture; 1: what changed up to at.
  CREATE TABLE page (
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind INTEGER NOT NULL, sum INTEGER NOT NULL, data BLOB NOT NULL
  ) STRICT;
`;
export const KIND = { whole: 0, change: 1 } as const;

/**
 * Pages that a connection keeps in memory, kB. Unless told it is 16 MB each, which the steps fill within half an hour and nobody
 * reads again; the system holds what is read.
 */
const CACHE = { writing: 'cache_size = -1000', reading: 'cache_size = -4000' } as const;

/** Opens for writing and makes the tables. Throws SQLite's errors, and one for a file that is not ours. */
export function openWritable(file: string): Connection {
  const db = new Database(file, { timeout: 2000 });
  try {
    db.pragma('auto_vacuum = INCREMENTAL');
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma('journal_size_limit = 16777216');
    db.pragma(CACHE.writing);
    const version = Number(db.pragma('user_version', { simple: true }));
    if (version > VERSION) throw new Error(`a past of version ${version}, this program knows ${VERSION}`);
    if (version < VERSION) {
      db.transaction(() => {
        db.exec(TABLES);
        db.pragma(`application_id = ${APPLICATION_ID}`);
        db.pragma(`user_version = ${VERSION}`);
      })();
    }
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** A reader of its own: sees what is committed, never blocks the writer. */
export function openReadable(file: string): Connection {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: 2000 });
  db.pragma(CACHE.reading);
  return db;
}
