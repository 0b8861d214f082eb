/** The log on the database that is built into the runtime: nothing to install, one file. */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite'
import { type Placed, type Recorded, subjectOf } from '../../shared/event.ts'
import { chained, GENESIS, payloadOf } from './chain.ts'
import type { Answered, Entry, Store } from './store.ts'

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS event (
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
  CREATE INDEX IF NOT EXISTS event_subject ON event (subject) WHERE subject IS NOT NULL;
  CREATE TABLE IF NOT EXISTS command (
    id TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    answer TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
`

/** Opens or makes the file; `:memory:` for a store that is gone on close. */
export function openSqlite(path: string): Store {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
  const db = new DatabaseSync(path)
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;')
  db.exec(SCHEMA)
  const insertEvent = db.prepare(
    'INSERT INTO event (seq, at, actor, command, type, v, data, hash, subject) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const insertCommand = db.prepare('INSERT INTO command (id, fingerprint, answer) VALUES (?, ?, ?)')
  const selectCommand = db.prepare('SELECT fingerprint, answer FROM command WHERE id = ?')
  const selectHead = db.prepare('SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1')
  const selectAfter = db.prepare('SELECT * FROM event WHERE seq > ? ORDER BY seq LIMIT ?')
  const selectSubject = db.prepare('SELECT * FROM event WHERE subject = ? ORDER BY seq')
  const headNow = () => {
    const row = selectHead.get()
    return row === undefined ? { seq: 0, hash: GENESIS } : { seq: Number(row.seq), hash: String(row.hash) }
  }
  let head = headNow()

  function write(entries: readonly Entry[]): Recorded[] {
    const recorded: Recorded[] = []
    let before = head.hash
    for (const entry of entries) {
      insertCommand.run(entry.id, entry.fingerprint, JSON.stringify(entry.answer))
      for (const event of entry.events) {
        const payload = payloadOf(event)
        const hash = chained(before, event, payload)
        const { seq, at, actor, command, type, v } = event
        insertEvent.run(seq, at, actor, command, type, v, payload, hash, subjectOf(event))
        recorded.push(Object.assign(event, { hash }))
        before = hash
      }
    }
    return recorded
  }

  return {
    head: async () => head.seq,
    append: async (expected, entries) => {
      db.exec('BEGIN IMMEDIATE')
      try {
        head = headNow()
        if (head.seq !== expected) {
          db.exec('ROLLBACK')
          return 'conflict'
        }
        const recorded = write(entries)
        db.exec('COMMIT')
        const last = recorded.at(-1)
        if (last !== undefined) head = { seq: last.seq, hash: last.hash }
        return recorded
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK')
        throw error
      }
    },
    answers: async (ids) => {
      const found = new Map<string, Answered>()
      for (const id of ids) {
        const row = selectCommand.get(id)
        if (row !== undefined)
          found.set(id, {
            fingerprint: String(row.fingerprint),
            answer: JSON.parse(String(row.answer)) as Answered['answer'],
          })
      }
      return found
    },
    read: async (after, limit) => selectAfter.all(after, limit).map(toRecorded),
    bySubject: async (subject) => selectSubject.all(subject).map(toRecorded),
    close: async () => db.close(),
  }
}

function toRecorded(row: Record<string, SQLOutputValue>): Recorded {
  const event = {
    type: row.type,
    data: JSON.parse(String(row.data)) as unknown,
    seq: row.seq,
    at: row.at,
    actor: row.actor,
    command: row.command,
    v: row.v,
    hash: row.hash,
  }
  // what stands in the table was written by `append` from a typed event
  return event as Placed & { hash: string }
}
