/** A copy of a log as one file, without side files. */
import { DatabaseSync } from 'node:sqlite'

/** Makes a copy stand alone: what it has in side files is taken into it, and opening it to read makes none. */
export function closeCopy(path: string): void {
  const db = new DatabaseSync(path)
  try {
    db.exec('PRAGMA journal_mode = DELETE')
  } finally {
    db.close()
  }
}
