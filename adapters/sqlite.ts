// The store without a cloud: one file that survives the process, and that several processes may write at once.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Store, Write } from '../core/ports.ts';
import { checked, itemOf, type Now, seconds, storedKey, storedRange, storedText } from './stored.ts';

export type SqliteStore = Store & { close(): void };

/** How long a write waits for other processes to finish theirs, in ms. */
const PATIENCE = 5000;
/** So many writes lie between two deletions of what has expired. */
const ROUND = 1000;
/** SQLite sorts every blob after every text: the upper bound that is none. https://sqlite.org/datatype3.html */
const AFTER_ALL_TEXT = new Uint8Array(0);

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  CREATE TABLE IF NOT EXISTS item (
    partition TEXT NOT NULL,
    sort TEXT NOT NULL,
    version INTEGER NOT NULL,
    value TEXT NOT NULL,
    expires INTEGER,
    PRIMARY KEY (partition, sort)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS item_expires ON item (expires) WHERE expires IS NOT NULL;`;

type Row = { sort: string; version: number; text: string };

/**
 * The store in a file, which is created with its folder where it is not there. Throws with the path where it cannot be
 * opened, and when another process holds it for more than five seconds.
 */
export function sqliteStore(file: string, { clock = Date }: { clock?: Now } = {}): SqliteStore {
  const db = open(file);
  const run = statements(db);
  let writes = 0;
  return {
    async get(key) {
      const { partition, sort } = storedKey(key);
      const row = run.get.get(partition, sort, seconds(clock.now())) as Row | undefined;
      return row && itemOf(key.partition, { ...row, sort: key.sort });
    },
    async list(partition, range) {
      const within = storedRange(range);
      if (!within) return [];
      const { from = '', to = AFTER_ALL_TEXT, limit } = within;
      const stored = storedKey({ partition, sort: '' }).partition;
      const rows = run.list.all(stored, from, to, seconds(clock.now()), limit) as Row[];
      return rows.map((row) => itemOf(partition, row));
    },
    async write(wanted) {
      const now = seconds(clock.now());
      const checkedWrites = checked(wanted);
      writes += 1;
      return atomically(db, file, () => {
        if (writes % ROUND === 1) run.expire.run(now);
        return applyAll(run, checkedWrites, now);
      });
    },
    close: () => db.close(),
  };
}

function open(file: string): DatabaseSync {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const db = new DatabaseSync(file, { timeout: PATIENCE });
    db.exec(SCHEMA);
    return db;
  } catch (error) {
    throw new Error(`Cannot open the state file ${file}: ${messageOf(error)}`, { cause: error });
  }
}

type Statements = { [name in 'get' | 'list' | 'put' | 'delete' | 'expire']: StatementSync };

function statements(db: DatabaseSync): Statements {
  const live = '(expires IS NULL OR expires > ?)';
  return {
    get: db.prepare(`SELECT sort, version, value AS text FROM item WHERE partition = ? AND sort = ? AND ${live}`),
    list: db.prepare(
      `SELECT sort, version, value AS text FROM item WHERE partition = ? AND sort >= ? AND sort <= ? AND ${live} ORDER BY sort LIMIT ?`,
    ),
    put: db.prepare('INSERT OR REPLACE INTO item (partition, sort, version, value, expires) VALUES (?, ?, ?, ?, ?)'),
    delete: db.prepare('DELETE FROM item WHERE partition = ? AND sort = ?'),
    expire: db.prepare('DELETE FROM item WHERE expires <= ?'),
  };
}

/** Inside a transaction: all of the writes, or false at the first whose expectation does not hold. */
function applyAll(run: Statements, writes: Write[], now: number): boolean {
  return writes.every((write) => {
    const { partition, sort } = storedKey(write);
    const version = (run.get.get(partition, sort, now) as Row | undefined)?.version ?? 0;
    if (write.expect !== 'any' && write.expect !== version) return false;
    if (write.value === null) run.delete.run(partition, sort);
    else run.put.run(partition, sort, version + 1, storedText(write, write.value), write.expires ?? null);
    return true;
  });
}

/** IMMEDIATE takes the write lock at once: a transaction that reads first and writes later could be refused half-way. */
function atomically(db: DatabaseSync, file: string, act: () => boolean): boolean {
  try {
    db.exec('BEGIN IMMEDIATE');
    const done = act();
    db.exec(done ? 'COMMIT' : 'ROLLBACK');
    return done;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw new Error(`Cannot write the state file ${file}: ${messageOf(error)}`, { cause: error });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
