/** One server for a file: a lock that the system takes back when its holder dies, however it dies. */
import { mkdirSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { makePrivate, PRIVATE_FOLDER } from './private.ts'

export interface Lock {
  /** what has become of the lock's file, in the operator's words, where others can now take the lock; null = it holds */
  fault(): string | null
  release(): void
}

/** The lock's file, beside the log's. It stays when the lock is released. */
export const lockOf = (path: string): string => `${path}.lock`

/**
 * Takes the lock for the log at that path; null when somebody has it. Readers take none. The lock is one of SQLite's own
 * (`BEGIN EXCLUSIVE` on an empty file), because the runtime has no other that dies with its process.
 */
export function takeLock(path: string): Lock | null {
  mkdirSync(dirname(path), { recursive: true, mode: PRIVATE_FOLDER })
  const file = lockOf(realOf(path))
  makePrivate(file)
  const db = new DatabaseSync(file)
  try {
    db.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE;')
  } catch (error) {
    db.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === BUSY) return null
    throw error
  }
  const { ino } = statSync(file)
  return {
    fault: () => {
      const there = statSync(file, { throwIfNoEntry: false })
      if (there?.ino === ino) return null
      return `${file} was ${there === undefined ? 'deleted' : 'replaced'}: another server could start on the same log`
    },
    release: () => db.close(),
  }
}

/** By whatever name a log is called, it has one lock. */
function realOf(path: string): string {
  return statSync(path, { throwIfNoEntry: false }) === undefined
    ? join(realpathSync(dirname(path)), basename(path))
    : realpathSync(path)
}

/** SQLITE_BUSY */
const BUSY = 5
