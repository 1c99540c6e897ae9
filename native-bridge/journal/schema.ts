/**
 * The file: its tables, their versions, and how a connection is set up.
 *
 * Owns: SQL of the structure. Guarantees: an old file is brought up to date step by step, each step in a transaction;
 *   a file from the future is refused rather than spoilt. Refuses: queries; those live with their users.
 */
import Database from 'better-sqlite3';

/** One step a version; steps are only ever added. */
const STEPS: readonly string[] = [
  `
  -- A log: one epoch of one source.
  CREATE TABLE log (
    id INTEGER PRIMARY KEY, source TEXT NOT NULL, epoch TEXT NOT NULL,
    events INTEGER NOT NULL DEFAULT 0, snapshot INTEGER, heard INTEGER NOT NULL DEFAULT 0,
    UNIQUE (source, epoch)
  ) STRICT;
  -- Received messages as they came, many to a row; id is the position. No second index: see limits of inserting.
  CREATE TABLE segment (
    id INTEGER PRIMARY KEY, log INTEGER NOT NULL, seq_from INTEGER NOT NULL, seq_to INTEGER NOT NULL,
    frames INTEGER NOT NULL, events INTEGER NOT NULL,
    heard_from INTEGER NOT NULL, heard_to INTEGER NOT NULL, at_from INTEGER NOT NULL, at_to INTEGER NOT NULL,
    packing INTEGER NOT NULL, sum INTEGER NOT NULL, data BLOB NOT NULL
  ) STRICT;
  -- Which numbers of a log are 0 held, 1 broken, 2 gone upstream; 3 those of 0 whose segments were retired.
  CREATE TABLE coverage (
    log INTEGER NOT NULL, kind INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
    PRIMARY KEY (log, kind, first)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE state (
    collection TEXT NOT NULL, id TEXT NOT NULL, record BLOB NOT NULL,
    PRIMARY KEY (collection, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE fact (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE orders (
    turn INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, open INTEGER NOT NULL, body BLOB NOT NULL
  ) STRICT;
  CREATE INDEX orders_open ON orders (turn) WHERE open = 1;
  CREATE TABLE audit (
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, by TEXT NOT NULL, act TEXT NOT NULL, detail BLOB NOT NULL
  ) STRICT;
  CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
  CREATE TRIGGER audit_keeps BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
  CREATE TABLE quarantine (
    id INTEGER PRIMARY KEY, source TEXT NOT NULL, topic TEXT NOT NULL, epoch TEXT, seq INTEGER,
    reason TEXT NOT NULL, path TEXT NOT NULL, detail TEXT NOT NULL, heard INTEGER NOT NULL, raw BLOB NOT NULL
  ) STRICT;
  CREATE TABLE quarantine_count (
    source TEXT NOT NULL, reason TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (source, reason)
  ) STRICT, WITHOUT ROWID;
  `,
];
export const SCHEMA_VERSION = STEPS.length;
export const PAGE_BYTES = 8192;
/** 4 MB a connection: it fills within minutes and stays; with 16 nothing is quicker, the system holds the pages anyway. */
const CACHE = 'cache_size = -4000';
/** 'FNGS': tells a journal from any other SQLite file. */
const APPLICATION_ID = 0x464e4753;

export type Connection = Database.Database;
export type Durability = 'process' | 'power-loss';

/** Opens for writing, makes or migrates the tables. Throws SQLite's errors. */
export function openWritable(file: string, durability: Durability): Connection {
  const db = new Database(file, { timeout: 2000 });
  try {
    // Both only take effect while the file is empty.
    db.pragma(`page_size = ${PAGE_BYTES}`);
    db.pragma('auto_vacuum = INCREMENTAL');
    db.pragma('journal_mode = WAL');
    db.pragma(`synchronous = ${durability === 'power-loss' ? 'FULL' : 'NORMAL'}`);
    // The keeper does it, off the commit path.
    db.pragma('wal_autocheckpoint = 0');
    db.pragma('journal_size_limit = 67108864');
    db.pragma(CACHE);
    db.pragma('temp_store = MEMORY');
    const version = Number(db.pragma('user_version', { simple: true }));
    if (version > SCHEMA_VERSION)
      throw new Error(`journal of version ${version}, this program knows ${SCHEMA_VERSION}`);
    for (let step = version; step < SCHEMA_VERSION; step++) {
      db.transaction(() => {
        db.exec(STEPS[step] as string);
        db.pragma(`application_id = ${APPLICATION_ID}`);
        db.pragma(`user_version = ${step + 1}`);
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
  db.pragma(CACHE);
  return db;
}

export const KIND = { held: 0, broken: 1, gone: 2, retired: 3 } as const;
export const PACKING = { raw: 0, zstd: 1 } as const;
