/** What the file keeps of sessions: each once begun, as last written, until it ends. */
import type { DatabaseSync } from 'node:sqlite'
import { inTransaction } from './db.ts'
import type { Session } from './session.ts'

/** What is to be written of a session. */
export type Change = { is: 'new' | 'used'; session: Session } | { is: 'over'; hash: string }

export interface SessionRows {
  all(): Session[]
  /** all or nothing; throws when the file cannot be written */
  write(changes: Iterable<Change>): void
  /** how many rows were ever deleted, by whomever; throws when the file cannot be read */
  deleted(): number
  hashes(): Set<string>
}

export function openSessionRows(db: DatabaseSync): SessionRows {
  const select = db.prepare('SELECT hash, member, address, browser, system, created, seen FROM session')
  const selectHashes = db.prepare('SELECT hash FROM session')
  const insert = db.prepare(
    'INSERT INTO session (hash, member, address, browser, system, created, seen) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  // never an insert: who was deleted by somebody else stays so
  const use = db.prepare('UPDATE session SET address = ?, seen = ? WHERE hash = ?')
  const remove = db.prepare('DELETE FROM session WHERE hash = ?')
  const selectDeleted = db.prepare('SELECT count FROM session_deleted')

  function writeOne(change: Change): void {
    if (change.is === 'over') return void remove.run(change.hash)
    const { hash, member, address, browser, system, created, seen } = change.session
    if (change.is === 'new') insert.run(hash, member, address, browser, system, created, seen)
    else use.run(address, seen, hash)
  }

  return {
    all: () => select.all() as unknown as Session[],
    write: (changes) => inTransaction(db, () => [...changes].forEach(writeOne)),
    deleted: () => Number(selectDeleted.get()?.count),
    hashes: () => new Set(selectHashes.all().map((row) => String(row.hash))),
  }
}
