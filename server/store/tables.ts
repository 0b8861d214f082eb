/** The tables of the log in a SQLite file, and whether a file has them. */
import { DatabaseSync } from 'node:sqlite'
import { copyOf, DAMAGED, damagedOf } from './twice.ts'

/** Raised whenever the tables change. */
export const FORMAT = 7

const SCHEMA = `
  CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    command TEXT NOT NULL,
    type TEXT NOT NULL,
    v INTEGER NOT NULL,
    data TEXT NOT NULL,
    hash TEXT NOT NULL,
    subject TEXT
  ) STRICT;
  CREATE INDEX event_subject ON event (subject) WHERE subject IS NOT NULL;
  CREATE TABLE command (
    id TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    actor TEXT NOT NULL,
    seq INTEGER NOT NULL,
    events INTEGER NOT NULL,
    stood TEXT,
    refused TEXT,
    hash TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE life (one INTEGER PRIMARY KEY CHECK (one = 1), at TEXT NOT NULL, ${copyOf(['at'])}) STRICT;
  ${damagedOf('life', ['at'])}
  CREATE TABLE ballast (one INTEGER PRIMARY KEY CHECK (one = 1), body BLOB NOT NULL) STRICT;
`

/** Makes the tables in a file that has none. Throws where it holds something else than this version's log. */
export function prepareTables(db: DatabaseSync, readOnly: boolean): void {
  if (formatOf(db) === FORMAT) {
    const fault = tableFault(db)
    if (fault !== null) throw new Error(fault)
    return
  }
  const isEmpty = formatOf(db) === 0 && tablesOf(db).size === 0
  if (!isEmpty || readOnly)
    throw new Error(`the file holds a log of format ${formatOf(db)}, and this version reads ${FORMAT}`)
  db.exec(`BEGIN IMMEDIATE; ${SCHEMA} PRAGMA user_version = ${FORMAT}; COMMIT;`)
}

/** 0 where nothing was ever made. */
export function formatOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()!.user_version)
}

/** What is missing or changed among the log's tables, in the operator's words; null when nothing is. */
export function tableFault(db: DatabaseSync): string | null {
  const there = tablesOf(db)
  const model = new DatabaseSync(':memory:')
  model.exec(SCHEMA)
  const wanted = tablesOf(model)
  model.close()
  for (const [name, sql] of wanted) {
    if (!there.has(name)) return `its table or index "${name}" is missing`
    if (there.get(name) !== sql) return `its table or index "${name}" was changed`
  }
  return null
}

/** Tables with rows that are not twice the same, be they the log's or others in its file. */
export function unequalTables(db: DatabaseSync): string[] {
  const views = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'view' AND name LIKE ?`).all(`%${DAMAGED}`)
  return views
    .map((row) => String(row.name))
    .filter((view) => db.prepare(`SELECT 1 FROM "${view}" LIMIT 1`).get() !== undefined)
    .map((view) => view.slice(0, -DAMAGED.length))
}

/** Definitions of the log's tables and indices, by name; those of the accounts are in the same file and none of ours. */
function tablesOf(db: DatabaseSync): Map<string, string> {
  const rows = db
    .prepare(
      "SELECT name, sql FROM sqlite_schema WHERE tbl_name IN ('event', 'command', 'life', 'life_damaged', 'ballast') AND sql IS NOT NULL",
    )
    .all()
  return new Map(rows.map((row) => [String(row.name), String(row.sql).replace(/\s+/g, ' ')]))
}
