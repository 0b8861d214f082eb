/** Keeps an eye on the file of a log that is being served: what became of it stops all writing until it can be trusted again. */
import { accessSync, constants, type Stats, statfsSync, statSync } from 'node:fs'
import { LogFault } from '../../shared/event.ts'
import { AnswerDamaged } from './chain.ts'
import type { HealthCause } from '../health.ts'
import type { Lock } from './lock.ts'
import { SIDE_FILES } from './private.ts'

/** Why nothing may be written. */
export type StoreCause = Exclude<HealthCause, 'foldBehind' | 'notOpen' | 'closing'>

/** Asked by a store around every transaction. */
export interface Guard {
  /** throws a `Suspended` where nothing may be written */
  check(): void
  /** the database has refused, or holds what it should not: why is judged by the error */
  refused(error: unknown): void
}

/** Nothing is written: there is a cause. */
export class Suspended extends Error {
  readonly because: StoreCause
  constructor(cause: StoreCause, fault: string) {
    super(`nothing is written: ${fault}`)
    this.name = 'Suspended'
    // no fault of the program: where it was met says nothing, and it is met by everybody
    this.stack = ''
    this.because = cause
  }
}

export interface Watch extends Guard {
  /** looks at once; afterwards as often as it was told */
  look(): void
  /** the log was found to be damaged */
  damaged(fault: string): void
  /** is there no cause, as far as one looks now? */
  mayWrite(): boolean
  stop(): void
}

export interface WatchOptions {
  /** the log's file, which SQLite has open with all its side files */
  path: string
  lock: Pick<Lock, 'fault'>
  /** a cause holds, with what was seen, or (null) does not hold any more */
  report(cause: StoreCause, fault: string | null): void
  /** writes something and takes it away again; throws where the disk refuses */
  probe(): void
  /** ms between two looks */
  everyMs?: number
}

/** Bytes below which a disk is full: what a log needs to be tidied up, and its server to say so; and from which it is not any more. */
const RESERVE = 1_000_000
const ROOM = 2 * RESERVE

/** Primary codes of SQLite (https://sqlite.org/rescode.html). */
const CODES: Record<number, StoreCause> = {
  8: 'readOnly',
  10: 'readOnly',
  11: 'logDamaged',
  13: 'diskFull',
  26: 'logDamaged',
}

export function startWatch({ path, lock, report, probe, everyMs = 500 }: WatchOptions): Watch {
  const files = [path, ...SIDE_FILES.map((end) => path + end)]
  const known = files.map((file) => identity(statSync(file)))
  const causes = new Map<StoreCause, string>()
  /** causes that the database itself gave: only a write that succeeds ends them */
  const refusedBy = new Set<StoreCause>()

  function set(cause: StoreCause, fault: string | null): void {
    if ((fault === null) !== causes.has(cause)) return
    if (fault === null) causes.delete(cause)
    else causes.set(cause, fault)
    report(cause, fault)
  }

  /** Gone or replaced is never taken back: what is open may not be what is at the path, and that needs a person and a start. */
  function lookAtFiles(): void {
    for (const [i, file] of files.entries()) {
      const there = statSync(file, { throwIfNoEntry: false })
      if (there === undefined) set('fileGone', `${file} was deleted or moved away`)
      else if (identity(there) !== known[i]) set('fileReplaced', `${file} was replaced by another file`)
    }
    set('lockLost', lock.fault())
  }

  function lookAtRoom(): void {
    const denied = deniedAt(path)
    if (denied !== null) set('readOnly', denied)
    else if (!refusedBy.has('readOnly')) set('readOnly', null)
    const free = freeAt(path)
    const isFull = free < (causes.has('diskFull') ? ROOM : RESERVE)
    if (isFull) set('diskFull', `${path}: ${Math.floor(free / 1_000)} kB are left on the disk`)
    else if (!refusedBy.has('diskFull')) set('diskFull', null)
    if (refusedBy.size > 0 && denied === null && !isFull) tryAgain()
  }

  function tryAgain(): void {
    try {
      probe()
    } catch {
      return
    }
    for (const cause of refusedBy) {
      refusedBy.delete(cause)
      set(cause, null)
    }
  }

  function look(): void {
    try {
      lookAtFiles()
      if (!causes.has('fileGone')) lookAtRoom()
    } catch (error) {
      // the folder itself cannot be looked at
      set('fileGone', `${path}: ${String(error)}`)
    }
  }

  const timer = setInterval(look, everyMs).unref()
  return {
    look,
    check() {
      lookAtFiles()
      const [first] = causes
      if (first !== undefined) throw new Suspended(...first)
    },
    refused(error) {
      const cause = causeOf(error)
      if (cause === undefined) return
      if (cause !== 'logDamaged') refusedBy.add(cause)
      set(cause, `${path}: ${(error as Error).message}`)
    },
    mayWrite() {
      lookAtFiles()
      return causes.size === 0
    },
    damaged: (fault) => set('logDamaged', fault),
    stop: () => clearInterval(timer),
  }
}

/** Is it a cause that was reported when it was first seen? */
export const isReported = (error: unknown): boolean => error instanceof Suspended || causeOf(error) !== undefined

/** What an error of the database says of the file; undefined when nothing, as of a file that is busy. */
function causeOf(error: unknown): StoreCause | undefined {
  if (error instanceof AnswerDamaged || (error instanceof LogFault && error.reason === 'damaged')) return 'logDamaged'
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) : NaN
  return CODES[code & 0xff]
}

const identity = ({ dev, ino }: Stats): string => `${dev}/${ino}`

/** Tells the file at a path from another that takes its place; null where there is none. */
export function identityAt(path: string): string | null {
  const there = statSync(path, { throwIfNoEntry: false })
  return there === undefined ? null : identity(there)
}

/** Why the file cannot be written, in the operator's words; null when it can. Root is let through by rights, not by us. */
function deniedAt(path: string): string | null {
  if ((statSync(path).mode & 0o222) === 0) return `${path} is read-only`
  try {
    accessSync(path, constants.W_OK)
    return null
  } catch (error) {
    return `${path}: ${(error as Error).message}`
  }
}

/** Bytes left to this user on the file's disk. */
function freeAt(path: string): number {
  const { bavail, bsize } = statfsSync(path)
  return bavail * bsize
}
