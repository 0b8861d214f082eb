/** A copy of a log as one file, without side files. */
import { DatabaseSync } from 'node:sqlite'
import { openSqlite } from './sqlite.ts'

/** Copies the log at `from`, which no server has or one that goes on, into the file `to`. */
export async function copyLog(from: string, to: string): Promise<void> {
  const store = openSqlite(from, { readOnly: true })
  try {
    await store.copyTo(to)
  } finally {
    await store.close()
  }
}

/** Makes a copy stand alone: what it has in side files is taken into it, and opening it to read makes none. */
export function closeCopy(path: string): void {
  const db = new DatabaseSync(path)
  try {
    db.exec('PRAGMA journal_mode = DELETE')
  } finally {
    db.close()
  }
}
