/** The log on the database that is built into the runtime: nothing to install, one file. */
import { backup, DatabaseSync, type SQLOutputValue } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Happening } from '../../shared/command.ts'
import { LogFault, readEvent, type Recorded, subjectOf } from '../../shared/event.ts'
import { AnswerDamaged, answerHash, chained, GENESIS, type KeptAnswer, payloadOf } from './chain.ts'
import type { Head } from './head.ts'
import { makePrivate } from './private.ts'
import type { Answered, Entry, LeftOut, Store, Stood } from './store.ts'
import { prepareTables } from './tables.ts'
import type { Guard } from './watch.ts'

/** ms for which another process may hold the file: while it is opened, and within one look. */
const OPENING_MS = 5_000
const BUSY_MS = 10
/** Looks at a file that another process writes to before an append is given up, and ms between two. */
const TRIES = 100
const PAUSE_MS = 50
/** Bytes that are written to see whether the disk takes something. */
const BALLAST = 65_536
/** Pages copied without letting others have their turns. */
const COPY_PAGES = 500
const READ_ONLY = 'the store was opened for reading only'
/** SQLITE_BUSY */
const BUSY = 5

export interface SqliteOptions {
  /** for whoever looks on beside the writer; the file has to be there */
  readOnly?: boolean
  /** ms between two looks for what other processes have appended, while somebody listens */
  pollMs?: number
  /** asked around every transaction; without one everything is written that the disk takes */
  guard?: Guard
}

/** A store in a file, or in memory. */
export interface SqliteStore extends Store {
  /** the last event; of an empty log what comes before the first */
  last(): Head
  /** Copies all that the store holds, whatever has become of its file, into a new file; others have their turns meanwhile. */
  copyTo(path: string): Promise<void>
  /** writes something and takes it away again; throws where the disk refuses */
  probe(): void
}

/** Opens or makes the file; `:memory:` for a store that is gone on close. Throws where the file is not such a log. */
export function openSqlite(path: string, options: SqliteOptions = {}): SqliteStore {
  const { readOnly = false, pollMs = 250, guard } = options
  if (path !== ':memory:' && !readOnly) makePrivate(path)
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

  const selectCommand = db.prepare('SELECT * FROM command WHERE id = ?')
  const selectSubjects = db.prepare('SELECT seq, subject FROM event WHERE seq > ? AND seq <= ? ORDER BY seq')
  const selectHead = db.prepare('SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1')
  const selectHash = db.prepare('SELECT hash FROM event WHERE seq = ?')
  const selectAfter = db.prepare('SELECT * FROM event WHERE seq > ? ORDER BY seq LIMIT ?')
  const selectSubject = db.prepare('SELECT * FROM event WHERE subject = ? ORDER BY seq')
  const selectLife = db.prepare('SELECT at FROM life')
  const updateLife = readOnly ? null : db.prepare('INSERT OR REPLACE INTO life (one, at) VALUES (1, ?)')
  const insertBallast = readOnly ? null : db.prepare('INSERT INTO ballast (one, body) VALUES (1, zeroblob(?))')
  const deleteBallast = readOnly ? null : db.prepare('DELETE FROM ballast')
  const selectDataVersion = db.prepare('PRAGMA data_version')
  const write = readOnly ? null : writer(db)
  const headNow = (): Head => {
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
      const event = toFollowing(before, row)
      before = event.hash
      return event
    })
  }

  /** Each is checked by the hash of the one before it, whatever that is about. */
  function readAbout(subject: string): Recorded[] {
    return selectSubject.all(subject).map((row) => {
      const before = row.seq === 1 ? GENESIS : String(selectHash.get(Number(row.seq) - 1)?.hash)
      return toFollowing(before, row)
    })
  }

  function answersTo(ids: readonly string[]): Map<string, Answered> {
    const found = new Map<string, Answered>()
    for (const id of ids) {
      const row = selectCommand.get(id)
      if (row === undefined) continue
      const kept = toKept(row)
      if (answerHash(kept) !== row.hash) throw new AnswerDamaged(id)
      const { fingerprint, actor, seq, events } = kept
      const happened = selectSubjects.all(seq - events, events === 0 ? 0 : seq).map(toHappened)
      const stood = kept.stood === null ? null : (JSON.parse(kept.stood) as Stood)
      const refused = kept.refused === null ? null : (JSON.parse(kept.refused) as LeftOut)
      found.set(id, { fingerprint, actor, seq, happened, stood, refused })
    }
    return found
  }

  const listeners = new Set<(head: number) => void>()
  let announced = headNow().seq
  const tell = (head: number) => {
    if (head === announced) return
    announced = head
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
    try {
      guard?.check()
      await begin()
      const result = work()
      guard?.check()
      db.exec('COMMIT')
      return result
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK')
      guard?.refused(error)
      throw error
    }
  }

  /** What was found to be damaged stops all writing. */
  async function reading<T>(work: () => T): Promise<T> {
    try {
      return work()
    } catch (error) {
      guard?.refused(error)
      throw error
    }
  }

  return {
    head: () => reading(() => headNow().seq),
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
    answers: (ids) => reading(() => answersTo(ids)),
    read: (after, limit) => reading(() => readAfter(after, limit)),
    bySubject: (subject) => reading(() => readAbout(subject)),
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
    last: headNow,
    copyTo: async (target) => {
      await backup(db, target, { rate: COPY_PAGES })
    },
    probe: () => {
      insertBallast?.run(BALLAST)
      deleteBallast?.run()
    },
    close: async () => {
      clearInterval(poll)
      listeners.clear()
      db.close()
    },
  }
}

/** Writes entries after the event with that hash; to be called within a transaction. */
function writer(db: DatabaseSync): (before: string, entries: readonly Entry[]) => Recorded[] {
  const insertEvent = db.prepare(
    'INSERT INTO event (seq, at, actor, command, type, v, data, hash, subject) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const insertCommand = db.prepare(
    'INSERT INTO command (id, fingerprint, actor, seq, events, stood, refused, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  return (before, entries) => {
    const recorded: Recorded[] = []
    for (const entry of entries) {
      const { id, fingerprint, actor, seq } = entry
      const stood = entry.stood === null ? null : JSON.stringify(entry.stood)
      const refused = entry.refused === null ? null : JSON.stringify(entry.refused)
      const events = entry.events.length
      const check = answerHash({ id, fingerprint, actor, seq, events, stood, refused })
      insertCommand.run(id, fingerprint, actor, seq, events, stood, refused, check)
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

/** A row of the table of commands. Its hash is left out. */
export const toKept = (row: Record<string, SQLOutputValue>): KeptAnswer => ({
  id: String(row.id),
  fingerprint: String(row.fingerprint),
  actor: String(row.actor),
  seq: Number(row.seq),
  events: Number(row.events),
  stood: row.stood === null ? null : String(row.stood),
  refused: row.refused === null ? null : String(row.refused),
})

const toHappened = (row: Record<string, SQLOutputValue>): Happening => ({
  subject: row.subject === null ? null : String(row.subject),
  version: Number(row.seq),
})

/** Throws where it does not follow from the event with the hash `before`. */
function toFollowing(before: string, row: Record<string, SQLOutputValue>): Recorded {
  const event = toRecorded(row)
  const v = Number(row.v)
  const written = event.v === v ? event : { ...event, v }
  if (chained(before, written, String(row.data)) !== event.hash) throw new LogFault(event.seq, event.type, v, 'damaged')
  return event
}

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
