/** The file of a log as it is, row by row, for whoever checks it beside its server. */
import { type SQLOutputValue, DatabaseSync } from 'node:sqlite'
import type { RawEvent } from '../../shared/event.ts'
import { GENESIS, type KeptAnswer } from './chain.ts'
import type { Head } from './head.ts'
import { toKept } from './sqlite.ts'
import { FORMAT, formatOf, tableFault, unequalTables } from './tables.ts'

/** An event as it stands in the file; nothing about it is sure. */
export interface StoredEvent extends Omit<RawEvent, 'data'> {
  /** what should be JSON */
  text: string
  /** under which it is found again; null = under none */
  subject: string | null
}

export interface StoredAnswer extends KeptAnswer {
  hash: string
}

export interface Audit {
  /** false where nothing was ever written to the file */
  isMade: boolean
  /** what is wrong with the format or the tables, in the operator's words; null = nothing. The rest throws if there is */
  fault: string | null
  head(): Head
  hashAt(seq: number): string | undefined
  /** every type and version that occurs, with the seq of the first such event */
  versions(): { type: string; v: number; seq: number }[]
  eventsAfter(seq: number, limit: number): StoredEvent[]
  answerTo(command: string): StoredAnswer | undefined
  /** what is kept of commands, in the order of their ids */
  answersAfter(id: string, limit: number): StoredAnswer[]
  /** what the database itself finds wrong with its pages and indices, the first few things */
  pageFaults(): string[]
  /** tables, of whatever is in the file, with rows that are not what was written */
  rowFaults(): string[]
  close(): void
}

/** Opens the file for reading alone; it has to be there. Throws where it is no database. */
export function openAudit(path: string): Audit {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    db.exec('PRAGMA busy_timeout = 5000;')
    const format = formatOf(db)
    const isMade = format !== 0 || db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined
    const other = `it holds a log of format ${format}, and this version reads ${FORMAT}`
    return audit(db, isMade, isMade && format !== FORMAT ? other : tableFault(db))
  } catch (error) {
    db.close()
    throw error
  }
}

/** SQLITE_ERROR (what is read has not the tables that were found a moment ago), SQLITE_CORRUPT or SQLITE_NOTADB */
export const isDamage = (error: unknown): error is Error =>
  error instanceof Error && 'errcode' in error && [1, 11, 26].includes(Number(error.errcode) & 0xff)

function audit(db: DatabaseSync, isMade: boolean, fault: string | null): Audit {
  const all = (sql: string, ...values: (string | number)[]) => db.prepare(sql).all(...values)
  return {
    isMade,
    fault,
    head: () => {
      const [row] = isMade ? all('SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1') : []
      return row === undefined ? { seq: 0, hash: GENESIS } : { seq: Number(row.seq), hash: String(row.hash) }
    },
    hashAt: (seq) => {
      const [row] = all('SELECT hash FROM event WHERE seq = ?', seq)
      return row === undefined ? undefined : String(row.hash)
    },
    versions: () =>
      all('SELECT type, v, min(seq) AS seq FROM event GROUP BY type, v ORDER BY seq').map((row) => ({
        type: String(row.type),
        v: Number(row.v),
        seq: Number(row.seq),
      })),
    eventsAfter: (seq, limit) =>
      all('SELECT * FROM event WHERE seq > ? ORDER BY seq LIMIT ?', seq, limit).map(toStored),
    answerTo: (command) => all('SELECT * FROM command WHERE id = ?', command).map(toAnswer)[0],
    answersAfter: (id, limit) => all('SELECT * FROM command WHERE id > ? ORDER BY id LIMIT ?', id, limit).map(toAnswer),
    pageFaults: () =>
      all(`PRAGMA integrity_check(${FAULTS})`)
        .map((row) => String(row.integrity_check))
        .filter((line) => line !== 'ok'),
    rowFaults: () => unequalTables(db),
    close: () => db.close(),
  }
}

/** Lines of the database's own findings at most. */
const FAULTS = 5

const toStored = (row: Record<string, SQLOutputValue>): StoredEvent => ({
  seq: Number(row.seq),
  at: String(row.at),
  actor: String(row.actor),
  command: String(row.command),
  type: String(row.type),
  v: Number(row.v),
  text: String(row.data),
  hash: String(row.hash),
  subject: row.subject === null ? null : String(row.subject),
})

const toAnswer = (row: Record<string, SQLOutputValue>): StoredAnswer => ({ ...toKept(row), hash: String(row.hash) })
