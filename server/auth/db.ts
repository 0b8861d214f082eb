/** The tables of accounts, sessions, known browsers, one-time links, tokens of machines and telephone numbers, in the log's file but not part of the log. */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { copyOf, DAMAGED, damagedOf } from '../store/twice.ts'

const VERSION = 7
/** The earliest whose rows are taken over: each since has only added tables, and columns that may be blank. */
const OLDEST = 3

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
  phone: { columns: { member: 'TEXT PRIMARY KEY', phone: 'TEXT NOT NULL' } },
  token: {
    columns: {
      member: 'TEXT PRIMARY KEY',
      hash: 'TEXT NOT NULL UNIQUE',
      by_member: 'TEXT NOT NULL',
      created: 'INTEGER NOT NULL',
      expires: 'INTEGER',
      used: 'INTEGER',
      address: 'TEXT',
    },
  },
  invitation: {
    columns: {
      id: 'TEXT PRIMARY KEY',
      hash: 'TEXT NOT NULL UNIQUE',
      name: 'TEXT',
      role: 'TEXT NOT NULL',
      unit: 'TEXT NOT NULL',
      tasks: 'TEXT',
      by_member: 'TEXT',
      expires: 'INTEGER NOT NULL',
      used: 'INTEGER',
      phone: 'TEXT',
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

/** Brings the tables of an earlier version to this one, with their rows; throws where a row is damaged, and changes nothing. */
function upgrade(db: DatabaseSync): void {
  const version = Number(db.prepare('SELECT version FROM auth_schema').get()?.version)
  if (version < OLDEST || version >= VERSION) return
  for (const table of Object.keys(TABLES)) {
    // those that are computed are not named
    const stood = db
      .prepare(`PRAGMA table_info(${table})`)
      .all()
      .map(({ name }) => String(name))
    const columns = Object.keys(TABLES[table]!.columns)
    if (stood.length === columns.length) continue
    if (stood.length === 0) {
      db.exec(tableSql(table))
      continue
    }
    if (db.prepare(`SELECT 1 FROM ${table}${DAMAGED}`).get() !== undefined)
      throw new Error(`the accounts have a damaged row (${table}); put a backup back`)
    const kept = stood.join(', ')
    db.exec(`DROP VIEW ${table}${DAMAGED}; ALTER TABLE ${table} RENAME TO old_${table}; ${tableSql(table)}`)
    db.exec(`INSERT INTO ${table} (${kept}) SELECT ${kept} FROM old_${table}; DROP TABLE old_${table};`)
  }
  db.exec(`UPDATE auth_schema SET version = ${VERSION}`)
}

/** Opens or creates the file, and brings an earlier one forward; `:memory:` is lost on close. Throws for versions that it does not know. */
export function openAuthDb(path: string): DatabaseSync {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
  const db = new DatabaseSync(path)
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;')
  // what is erased is overwritten, not only given free
  db.exec('PRAGMA secure_delete = ON;')
  const made = db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'auth_schema'").get()
  if (made === undefined) inTransaction(db, () => db.exec(SCHEMA))
  else inTransaction(db, () => upgrade(db))
  const version = Number(db.prepare('SELECT version FROM auth_schema').get()?.version)
  if (version !== VERSION) throw new Error(`the accounts in ${path} have version ${version}; this is for ${VERSION}`)
  return db
}

/**
 * Signs everybody out of the file at `path`, which no server has open, and voids the links for new passwords and the
 * tokens of machines: in a backup that is put back, what has ended since would come alive again.
 */
export function forgetSessions(path: string): void {
  const db = openAuthDb(path)
  try {
    inTransaction(db, () => db.exec('DELETE FROM session; DELETE FROM reset; DELETE FROM token;'))
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
