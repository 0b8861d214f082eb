/** The log on the database that is built into the runtime: nothing to install, one file. */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Happening } from '../../shared/command.ts'
import { LogFault, readEvent, type Recorded, subjectOf } from '../../shared/event.ts'
import { chained, GENESIS, payloadOf } from './chain.ts'
import type { Answered, Entry, Store, Stood } from './store.ts'

/** Raised whenever the tables change. */
const FORMAT = 4

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
    stood TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE life (one INTEGER PRIMARY KEY CHECK (one = 1), at TEXT NOT NULL) STRICT;
  PRAGMA user_version = ${FORMAT};
`

/** ms for which another process may hold the file: while it is opened, and within one look. */
const OPENING_MS = 5_000
const BUSY_MS = 10
/** Looks at a file that another process writes to before an append is given up, and ms between two. */
const TRIES = 100
const PAUSE_MS = 50
const READ_ONLY = 'the store was opened for reading only'
/** SQLITE_BUSY */
const BUSY = 5

export interface SqliteOptions {
  /** for whoever looks on beside the writer; the file has to be there */
  readOnly?: boolean
  /** ms between two looks for what other processes have appended, while somebody listens */
  pollMs?: number
}

/** Opens or makes the file; `:memory:` for a store that is gone on close. Throws where the file is not such a log. */
export function openSqlite(path: string, { readOnly = false, pollMs = 250 }: SqliteOptions = {}): Store {
  if (path !== ':memory:' && !readOnly) mkdirSync(dirname(path), { recursive: true })
  const db = new DatabaseSync(path, { readOnly })
  db.exec(`PRAGMA busy_timeout = ${OPENING_MS};`)
  if (!readOnly) db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;')
  try {
    prepareTables(db, readOnly)
  } catch (error) {
    db.close()
    throw error
  }
  // from here on whoever waits for another process waits outside of this thread
  db.exec(`PRAGMA busy_timeout = ${BUSY_MS};`)

  const selectCommand = db.prepare('SELECT fingerprint, actor, seq, events, stood FROM command WHERE id = ?')
  const selectSubjects = db.prepare('SELECT seq, subject FROM event WHERE seq > ? AND seq <= ? ORDER BY seq')
  const selectHead = db.prepare('SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1')
  const selectHash = db.prepare('SELECT hash FROM event WHERE seq = ?')
  const selectAfter = db.prepare('SELECT * FROM event WHERE seq > ? ORDER BY seq LIMIT ?')
  const selectSubject = db.prepare('SELECT * FROM event WHERE subject = ? ORDER BY seq')
  const selectLife = db.prepare('SELECT at FROM life')
  const updateLife = readOnly ? null : db.prepare('INSERT OR REPLACE INTO life (one, at) VALUES (1, ?)')
  const selectDataVersion = db.prepare('PRAGMA data_version')
  const write = readOnly ? null : writer(db)
  const headNow = () => {
    const row = selectHead.get()
    return row === undefined ? { seq: 0, hash: GENESIS } : { seq: Number(row.seq), hash: String(row.hash) }
  }

  /** Waits for its turn without holding up this thread. Rejects when it does not come. */
  async function begin(): Promise<void> {
    for (let tries = 1; ; tries++)
      try {
        db.exec('BEGIN IMMEDIATE')
        return
      } catch (error) {
        if (tries === TRIES || !(error instanceof Error && 'errcode' in error && error.errcode === BUSY)) throw error
        await sleep(PAUSE_MS)
      }
  }

  /** Events after a seq that is held; throws at one that does not follow from the one before it. */
  function readAfter(after: number, limit: number): Recorded[] {
    const rows = selectAfter.all(after, limit)
    if (rows.length === 0) return []
    let before = after === 0 ? GENESIS : String(selectHash.get(after)?.hash)
    return rows.map((row) => {
      const event = toRecorded(row)
      const v = Number(row.v)
      const written = event.v === v ? event : { ...event, v }
      if (chained(before, written, String(row.data)) !== event.hash)
        throw new LogFault(event.seq, event.type, v, 'damaged')
      before = event.hash
      return event
    })
  }

  const listeners = new Set<(head: number) => void>()
  let told = headNow().seq
  const tell = (head: number) => {
    if (head === told) return
    told = head
    for (const listener of listeners) listener(head)
  }
  // changes with every commit of another connection, and costs no look into the tables; accounts are in the same file,
  // so it may also be nothing of the log's
  const dataVersion = () => Number(selectDataVersion.get()!.data_version)
  let seen = dataVersion()
  let poll: NodeJS.Timeout | undefined
  const look = () => {
    const version = dataVersion()
    if (version === seen) return
    seen = version
    tell(headNow().seq)
  }

  /** Both or neither: what the work writes, and its result. */
  async function inTransaction<T>(work: () => T): Promise<T> {
    await begin()
    try {
      const result = work()
      db.exec('COMMIT')
      return result
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK')
      throw error
    }
  }

  return {
    head: async () => headNow().seq,
    append: async (expected, entries) => {
      if (write === null) throw new Error(READ_ONLY)
      const recorded = await inTransaction(() => {
        const head = headNow()
        return head.seq === expected ? write(head.hash, entries) : 'conflict'
      })
      if (recorded === 'conflict') return recorded
      const last = recorded.at(-1)
      if (last !== undefined) tell(last.seq)
      return recorded
    },
    answers: async (ids) => {
      const found = new Map<string, Answered>()
      for (const id of ids) {
        const row = selectCommand.get(id)
        if (row === undefined) continue
        const [seq, events] = [Number(row.seq), Number(row.events)]
        const happened = selectSubjects.all(seq - events, events === 0 ? 0 : seq).map(toHappened)
        const stood = row.stood === null ? null : (JSON.parse(String(row.stood)) as Stood)
        found.set(id, { fingerprint: String(row.fingerprint), actor: String(row.actor), seq, happened, stood })
      }
      return found
    },
    read: async (after, limit) => readAfter(after, limit),
    bySubject: async (subject) => selectSubject.all(subject).map(toRecorded),
    tail: (listener) => {
      listeners.add(listener)
      if (path !== ':memory:') poll ??= setInterval(look, pollMs).unref()
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        clearInterval(poll)
        poll = undefined
      }
    },
    life: async () => {
      const row = selectLife.get()
      return row === undefined ? null : String(row.at)
    },
    alive: async (at) => {
      if (updateLife === null) throw new Error(READ_ONLY)
      await inTransaction(() => updateLife.run(at))
    },
    close: async () => {
      clearInterval(poll)
      listeners.clear()
      db.close()
    },
  }
}

function prepareTables(db: DatabaseSync, readOnly: boolean): void {
  const format = Number(db.prepare('PRAGMA user_version').get()!.user_version)
  if (format === FORMAT) return
  const empty =
    format === 0 && db.prepare('SELECT count(*) AS n FROM sqlite_schema WHERE name = ?').get('event')!.n === 0
  if (!empty || readOnly) throw new Error(`the file holds a log of format ${format}, and this version reads ${FORMAT}`)
  db.exec(`BEGIN IMMEDIATE; ${SCHEMA} COMMIT;`)
}

/** Writes entries after the event with that hash; to be called within a transaction. */
function writer(db: DatabaseSync): (before: string, entries: readonly Entry[]) => Recorded[] {
  const insertEvent = db.prepare(
    'INSERT INTO event (seq, at, actor, command, type, v, data, hash, subject) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const insertCommand = db.prepare(
    'INSERT INTO command (id, fingerprint, actor, seq, events, stood) VALUES (?, ?, ?, ?, ?, ?)',
  )
  return (before, entries) => {
    const recorded: Recorded[] = []
    for (const entry of entries) {
      const stood = entry.stood === null ? null : JSON.stringify(entry.stood)
      insertCommand.run(entry.id, entry.fingerprint, entry.actor, entry.seq, entry.events.length, stood)
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
}

const toHappened = (row: Record<string, SQLOutputValue>): Happening => ({
  subject: row.subject === null ? null : String(row.subject),
  version: Number(row.seq),
})

function toRecorded(row: Record<string, SQLOutputValue>): Recorded {
  const [type, seq, v] = [String(row.type), Number(row.seq), Number(row.v)]
  const [at, actor, command, hash] = [String(row.at), String(row.actor), String(row.command), String(row.hash)]
  let data: unknown
  try {
    data = JSON.parse(String(row.data))
  } catch {
    throw new LogFault(seq, type, v, 'damaged')
  }
  return readEvent({ type, data, seq, at, actor, command, v, hash })
}
