/** How far the log has got, kept outside its file: a log that is gone, or has become shorter, shows at the next start. */
import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
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
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  const [seq = '', ofLog = '', at = '', path = '', sum] = text.split('\n')
  if (hash('sha256', [seq, ofLog, at, path].join('\n')) !== sum || !/^\d{1,15}$/.test(seq))
    throw new Error(`${file} is damaged`)
  return { seq: Number(seq), hash: ofLog, at }
}

/** Replaces what was kept, in one step and on the disk. `path`: the log's, for whoever opens the file. */
export async function writeHead(file: string, path: string, { seq, hash: ofLog, at }: KeptHead): Promise<void> {
  const body = [seq, ofLog, at, resolve(path)].join('\n')
  const draft = `${file}.${process.pid}.draft`
  await mkdir(dirname(file), { recursive: true, mode: PRIVATE_FOLDER })
  await writeFile(draft, `${body}\n${hash('sha256', body)}\n`, { mode: PRIVATE, flush: true })
  await rename(draft, file)
}

/** Why a log is not the one whose head was kept, in the operator's words; null when it is. */
export function headFault(kept: KeptHead, found: Head, hashAt: (seq: number) => string | undefined): string | null {
  const was = `the server had got to event ${kept.seq} (${kept.at})`
  if (found.seq < kept.seq)
    return found.seq === 0 ? `there is no log in it, but ${was}` : `it ends at event ${found.seq}, but ${was}`
  if (kept.seq > 0 && hashAt(kept.seq) !== kept.hash) return `event ${kept.seq} is another one than when ${was}`
  return null
}

export interface HeadKeeper {
  /** the log has grown: its head is kept at once, or soon when that was done just now */
  grown(): void
  /** keeps the head as it is, and stops */
  stop(): Promise<void>
}

export interface HeadKeeperOptions {
  file: string
  /** of the log */
  path: string
  head(): Head
  now(): Date
  failed(error: unknown): void
  /** ms between two times at the least */
  everyMs?: number
}

/** Keeps the head while the log grows. */
export function keepHead({ file, path, head, now, failed, everyMs = 2_000 }: HeadKeeperOptions): HeadKeeper {
  let timer: NodeJS.Timeout | undefined
  let working: Promise<void> = Promise.resolve()
  let isDue = false

  function keep(): void {
    isDue = false
    timer = setTimeout(() => {
      timer = undefined
      if (isDue) keep()
    }, everyMs).unref()
    working = working.then(() => writeHead(file, path, { ...head(), at: now().toISOString() })).catch(failed)
  }

  return {
    grown() {
      isDue = true
      if (timer === undefined) keep()
    },
    async stop() {
      clearTimeout(timer)
      keep()
      clearTimeout(timer)
      await working
    },
  }
}
