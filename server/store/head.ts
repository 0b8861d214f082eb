/** How far the log has got, kept outside its file: a log that is gone, or has become shorter, shows at the next start. */
import { hash } from 'node:crypto'
import { fstatSync, readFileSync, statSync, writeSync } from 'node:fs'
import { mkdir, open as openFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { PRIVATE, PRIVATE_FOLDER } from './private.ts'

/** The last event of a log. */
export interface Head {
  seq: number
  hash: string
}

export interface KeptHead extends Head {
  /** when it was written, ISO 8601, UTC */
  at: string
}

/** The file for the log at that path. */
export const headFileOf = (folder: string, path: string): string =>
  join(folder, `${hash('sha256', resolve(path))}.head`)

/** Null where none was kept. Throws where the file cannot be read or is not what was written. */
export function readHead(file: string): KeptHead | null {
  for (let tries = 1; ; tries++) {
    const kept = headIn(file)
    if (kept !== 'damaged') return kept
    // a server may be writing it at this moment
    if (tries === TRIES) throw new Error(`${file} is damaged`)
  }
}

const TRIES = 3

function headIn(file: string): KeptHead | null | 'damaged' {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  const [seq = '', ofLog = '', at = '', path = '', sum] = text.split('\n')
  const isWhole = sumOf([seq, ofLog, at, path]) === sum && /^\d{1,15}$/.test(seq)
  return isWhole ? { seq: Number(seq), hash: ofLog, at } : 'damaged'
}

const sumOf = (lines: readonly string[]): string => hash('sha256', lines.join('\n'))

/** What the file holds. `path`: the log's, for whoever opens the file. */
function textOf(path: string, { seq, hash: ofLog, at }: KeptHead): string {
  const lines = [String(seq), ofLog, at, resolve(path)]
  return `${lines.join('\n')}\n${sumOf(lines)}\n`
}

/** Replaces what was kept, in one step and on the disk. */
export async function writeHead(file: string, path: string, kept: KeptHead): Promise<void> {
  const draft = `${file}.${process.pid}.draft`
  await mkdir(dirname(file), { recursive: true, mode: PRIVATE_FOLDER })
  await writeFile(draft, textOf(path, kept), { mode: PRIVATE, flush: true })
  await rename(draft, file)
}

/** Why a log is not the one whose head was kept, in the operator's words; null when it is. */
export function headFault(kept: KeptHead, found: Head, hashAt: (seq: number) => string | undefined): string | null {
  const was = `the server had got to event ${kept.seq} (${kept.at})`
  if (found.seq < kept.seq)
    return found.seq === 0 ? `no log is there, but ${was}` : `it ends at event ${found.seq}, but ${was}`
  if (kept.seq > 0 && hashAt(kept.seq) !== kept.hash) return `event ${kept.seq} is another one than when ${was}`
  return null
}

export interface HeadKeeper {
  /** The log has grown: its head is kept when this returns, though not yet on the disk. */
  grown(): void
  /** keeps the head as it is, on the disk, and stops */
  stop(): Promise<void>
}

export interface HeadKeeperOptions {
  file: string
  /** of the log */
  path: string
  head(): Head
  now(): Date
  /** told once of what stays the same fault */
  failed(error: unknown): void
  /** ms after which what was kept is on the disk */
  everyMs?: number
}

/**
 * Keeps the head while the log grows. Rejects where it cannot be kept. Each commit overwrites the few bytes in place, which
 * costs microseconds and outlives the process; the disk is asked for now and then, as only the machine's own fall needs it.
 */
export async function keepHead(options: HeadKeeperOptions): Promise<HeadKeeper> {
  const { file, path, head, now, failed, everyMs = 2_000 } = options
  const kept = (): KeptHead => ({ ...head(), at: now().toISOString() })
  await writeHead(file, path, kept())
  let open = await openFile(file, 'r+')
  let isOnDisk = true
  let isWell = true

  function fail(error: unknown): void {
    if (isWell) failed(error)
    isWell = false
  }

  function grown(): void {
    isOnDisk = false
    try {
      writeSync(open.fd, textOf(path, kept()), 0)
    } catch (error) {
      fail(error)
    }
  }

  /** Where somebody has taken the file away, it is made anew. */
  async function toDisk(): Promise<void> {
    if (isOnDisk && isThere(file, open.fd)) return
    isOnDisk = true
    try {
      if (isThere(file, open.fd)) await open.datasync()
      else {
        await writeHead(file, path, kept())
        const before = open
        open = await openFile(file, 'r+')
        await before.close()
        grown()
      }
      isWell = true
    } catch (error) {
      isOnDisk = false
      fail(error)
    }
  }

  let working: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    working = working.then(toDisk)
  }, everyMs).unref()
  return {
    grown,
    async stop() {
      clearInterval(timer)
      await working
      grown()
      await toDisk()
      await open.close()
    },
  }
}

function isThere(file: string, fd: number): boolean {
  const [there, ours] = [statSync(file, { throwIfNoEntry: false }), fstatSync(fd)]
  return there?.ino === ours.ino && there.dev === ours.dev
}
