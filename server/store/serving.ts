/** The log as a server has it: locked against other servers, looked over before it is touched, watched, its head kept outside. */
import { statSync } from 'node:fs'
import { EVENTS, type EventType, LogFault } from '../../shared/event.ts'
import { type Audit, isDamage, openAudit } from './audit.ts'
import { answerHash, chained, GENESIS } from './chain.ts'
import { doorOf, openDoor } from './door.ts'
import {
  type Head,
  headFault,
  headFileOf,
  type HeadKeeper,
  type HeadKeeperOptions,
  keepHead,
  type KeptHead,
  readHead,
} from './head.ts'
import { type Lock, takeLock } from './lock.ts'
import { SIDE_FILES } from './private.ts'
import { openSqlite, type SqliteStore } from './sqlite.ts'
import type { Store } from './store.ts'
import { startWatch, type StoreCause, type Watch } from './watch.ts'

export interface Serving {
  store: Store
  /** may anything be written to the file now? Whoever writes to it beside the store asks first */
  mayWrite(): boolean
  /** the whole log was looked through, and damage was found */
  damaged(fault: string): void
  /** what is kept outside the file; null = nothing, or nowhere */
  kept(): KeptHead | null
  /** closes the store and gives the lock back; whoever else has the file open closes it first */
  close(): Promise<void>
}

export interface ServingOptions {
  path: string
  /** folder of what is kept outside the file; null = nothing is */
  state: string | null
  /** the last seq of a log that is taken although it is not the one that the server had; null = none is */
  acceptOlder: number | null
  now(): Date
  /** for the server's health */
  report(cause: StoreCause, fault: string | null): void
  /** a line for the operator */
  say(line: string, about: object): void
  /** ms between two looks at the file */
  everyMs?: number
}

/** Why a log is not served, in the operator's words; nothing was changed. */
export class ServingFault extends Error {
  /** the setting that the operator would look at */
  readonly setting: string
  constructor(setting: string, fault: string) {
    super(fault)
    this.setting = setting
  }
}

/** Events and answers at the end of the log that are checked at every start. */
const TAIL = 1_000

/** Rejects with a ServingFault, or with a LogFault for an event that is damaged or not understood. */
export async function openServing(options: ServingOptions): Promise<Serving> {
  const { path } = options
  const lock = takeLock(path)
  if (lock === null)
    throw new ServingFault(
      'DATA',
      `${path}: another server is using it. One log has one server; verify and backup work beside it.`,
    )
  try {
    lookOver(options)
    return await serve(options, lock)
  } catch (error) {
    lock.release()
    throw databaseFault(path, error) ?? error
  }
}

async function serve({ path, state, now, report, say, everyMs }: ServingOptions, lock: Lock): Promise<Serving> {
  const seen: { watch?: Watch } = {}
  const guard = { check: () => seen.watch?.check(), refused: (error: unknown) => seen.watch?.refused(error) }
  const store = openSqlite(path, { guard })
  const watch = startWatch({ path, lock, report, probe: store.probe, ...(everyMs && { everyMs }) })
  seen.watch = watch
  const file = state === null ? null : headFileOf(state, path)
  const failed = (error: unknown) => say('the head of the log is not kept', { why: String(error) })
  const keeper = file === null ? null : await keeperOf({ file, path, head: store.last, now, failed }, watch, store)
  const close = async () => {
    watch.stop()
    await keeper?.stop()
    await store.close()
  }
  store.tail(() => keeper?.grown())
  const door = await openDoor(doorOf(state, path), store.copyTo, (why) => say('no copy can be asked for', { why }))
  return {
    store,
    mayWrite: watch.mayWrite,
    damaged: watch.damaged,
    kept: () => (file === null ? null : keptIn(file)),
    close: async () => {
      door.close()
      await close()
      lock.release()
    },
  }
}

/** Keeps the head from now on; where that cannot be, everything is closed. */
async function keeperOf(options: HeadKeeperOptions, watch: Watch, store: SqliteStore): Promise<HeadKeeper> {
  try {
    return await keepHead(options)
  } catch (error) {
    watch.stop()
    await store.close()
    throw notKept(options.file, error)
  }
}

/** Looks before anything is changed. */
function lookOver({ path, state, acceptOlder, say }: ServingOptions): void {
  const there = statSync(path, { throwIfNoEntry: false })
  if (there?.isFile() === true && there.nlink > 1)
    throw new ServingFault(
      'DATA',
      `${path} has another name (a hard link), under which it could be damaged. Remove one.`,
    )
  const audit = there === undefined || there.size === 0 ? null : openAudit(path)
  try {
    if (audit !== null && audit.fault !== null && audit.isMade)
      throw new ServingFault('DATA', `${path}: ${audit.fault}`)
    const head = audit?.head() ?? { seq: 0, hash: GENESIS }
    const kept = state === null ? null : keptBefore(headFileOf(state, path), head, acceptOlder)
    const fault = kept && headFault(kept, head, (seq) => audit?.hashAt(seq))
    if (fault !== null && acceptOlder !== head.seq)
      throw new ServingFault(
        'DATA',
        `${path}: ${fault}. Put the right file back or restore a backup. ${howToGoOn(head)}`,
      )
    if (audit !== null && audit.isMade) {
      checkTail(audit)
      const tables = audit.rowFaults()
      if (tables.length > 0)
        throw new ServingFault(
          'DATA',
          `${path}: a row is not what was written, in: ${tables.join(', ')}. Restore a backup.`,
        )
    }
    if (state !== null && kept === null && acceptOlder !== head.seq && head.seq > 0)
      say('nothing outside the file vouches for the log up to here', {
        data: path,
        seq: head.seq,
      })
  } finally {
    audit?.close()
  }
}

/** For whoever knows that the log as it is is the right one. */
const howToGoOn = ({ seq }: Pick<Head, 'seq'>): string =>
  `To ${seq === 0 ? 'begin anew with an empty log' : `go on with this one, which ends at event ${seq}`}, start once with: npm start -- --accept-older ${seq}`

/** What was kept of the log until now; null = nothing, or it is damaged and the log is taken all the same. */
function keptBefore(file: string, found: Head, acceptOlder: number | null): KeptHead | null {
  try {
    return readHead(file)
  } catch (error) {
    // nor could anything be kept there
    if (error instanceof Error && 'syscall' in error) throw notKept(file, error)
    if (acceptOlder === found.seq) return null
    throw new ServingFault('STATE', `${wordsOf(error)}, so nobody knows how far the log had got. ${howToGoOn(found)}`)
  }
}

const notKept = (file: string, error: unknown): ServingFault =>
  new ServingFault(
    'STATE',
    `${file}: ${wordsOf(error)}. There the server keeps how far the log has got: STATE names a folder that it may read and write.`,
  )

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

function keptIn(file: string): KeptHead | null {
  try {
    return readHead(file)
  } catch {
    return null
  }
}

/** Throws a LogFault: a type or version that is not understood, anywhere; an event or answer at the end that is damaged. */
function checkTail(audit: Audit): void {
  for (const { type, v, seq } of audit.versions()) if (!isKnown(type, v)) throw new LogFault(seq, type, v)
  const begin = Math.max(0, audit.head().seq - TAIL)
  let before = begin === 0 ? GENESIS : audit.hashAt(begin)
  let seq = begin
  for (const { text, ...event } of audit.eventsAfter(begin, TAIL)) {
    const fault = new LogFault(event.seq, event.type, event.v, 'damaged')
    if (before === undefined || event.seq !== ++seq || chained(before, event, text) !== event.hash) throw fault
    const answer = audit.answerTo(event.command)
    if (answer === undefined || answerHash(answer) !== answer.hash) throw fault
    before = event.hash
  }
}

/** What an error of the database or of its files says at a start; null where it is none. */
export function databaseFault(path: string, error: unknown): ServingFault | null {
  if (isDamage(error)) return new ServingFault('DATA', `${path} is damaged (${error.message}). Restore a backup.`)
  if (!(error instanceof Error && ('errcode' in error || 'syscall' in error))) return null
  return new ServingFault('DATA', `${path} cannot be used (${error.message}). Look at its disk and its rights.`)
}

function isKnown(type: string, v: number): boolean {
  return Object.hasOwn(EVENTS, type) && v >= 1 && v <= EVENTS[type as EventType].version
}

/** All files of a log by its path, for whoever moves or copies it. */
export const filesOf = (path: string): string[] => [path, ...SIDE_FILES.map((end) => path + end)]
