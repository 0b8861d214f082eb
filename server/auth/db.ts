/** The tables of accounts, sessions, known browsers and one-time links, in the log's file but not part of the log. */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { copyOf, damagedOf } from '../store/twice.ts'

const VERSION = 3

/** Columns by table, with what each is; `rest`: constraints over several of them. None of this is in the log's chain. */
const TABLES: Record<string, { columns: Record<string, string>; rest?: string }> = {
  account: {
    columns: {
      member: 'TEXT PRIMARY KEY',
      login: 'TEXT NOT NULL',
      login_key: 'TEXT NOT NULL UNIQUE',
      password: 'TEXT NOT NULL',
      created: 'INTEGER NOT NULL',
    },
  },
  session: {
    columns: {
      hash: 'TEXT PRIMARY KEY',
      member: 'TEXT NOT NULL',
      address: 'TEXT NOT NULL',
      browser: 'TEXT',
      system: 'TEXT',
      created: 'INTEGER NOT NULL',
      seen: 'INTEGER NOT NULL',
    },
  },
  device: {
    columns: { hash: 'TEXT NOT NULL', member: 'TEXT NOT NULL', seen: 'INTEGER NOT NULL' },
    rest: 'PRIMARY KEY (hash, member)',
  },
  reset: {
    columns: {
      member: 'TEXT PRIMARY KEY',
      hash: 'TEXT NOT NULL UNIQUE',
      by_member: 'TEXT NOT NULL',
      expires: 'INTEGER NOT NULL',
    },
  },
  invitation: {
    columns: {
      id: 'TEXT PRIMARY KEY',
      hash: 'TEXT NOT NULL UNIQUE',
      name: 'TEXT',
      role: 'TEXT NOT NULL',
      unit: 'TEXT NOT NULL',
      by_member: 'TEXT',
      expires: 'INTEGER NOT NULL',
      used: 'INTEGER',
    },
  },
}

const SCHEMA = `
  CREATE TABLE auth_schema (version INTEGER NOT NULL) STRICT;
  INSERT INTO auth_schema (version) VALUES (${VERSION});
  ${Object.keys(TABLES).map(tableSql).join('')}
  CREATE TABLE session_deleted (count INTEGER NOT NULL) STRICT;
  INSERT INTO session_deleted (count) VALUES (0);
  CREATE TRIGGER session_deleted AFTER DELETE ON session BEGIN UPDATE session_deleted SET count = count + 1; END;
  CREATE INDEX device_member ON device (member, seen);
`

function tableSql(table: string): string {
  const { columns, rest } = TABLES[table]!
  const names = Object.keys(columns)
  const lines = [
    ...names.map((name) => `${name} ${columns[name]}`),
    copyOf(names),
    ...(rest === undefined ? [] : [rest]),
  ]
  return `CREATE TABLE ${table} (${lines.join(', ')}) STRICT, WITHOUT ROWID; ${damagedOf(table, names)}`
}

/** Opens or creates the file; `:memory:` is lost on close. Throws when another version made the tables. */
export function openAuthDb(path: string): DatabaseSync {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
  const db = new DatabaseSync(path)
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;')
  const made = db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'auth_schema'").get()
  if (made === undefined) inTransaction(db, () => db.exec(SCHEMA))
  const version = Number(db.prepare('SELECT version FROM auth_schema').get()?.version)
  if (version !== VERSION) throw new Error(`the accounts in ${path} have version ${version}; this is for ${VERSION}`)
  return db
}

/**
 * Signs everybody out of the file at `path`, which no server has open, and voids the links for new passwords: in a backup
 * that is put back, what has ended since would come alive again.
 */
export function forgetSessions(path: string): void {
  const db = openAuthDb(path)
  try {
    inTransaction(db, () => db.exec('DELETE FROM session; DELETE FROM reset;'))
  } finally {
    db.close()
  }
}

/** Runs `work` in a transaction; rolls back and rethrows when it throws. */
export function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    db.exec('COMMIT')
    return result
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}
