/** States of earlier seqs in files beside the log. They save time and hold nothing of their own: a doubtful one is discarded. */
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { restoreState, saveState, type State } from '../live/state.ts'
import { PRIVATE, PRIVATE_FOLDER } from '../store/private.ts'
import { CheckpointFault, decodeFile, encodeFile, readHeader } from './file.ts'
import type { Position } from './position.ts'
import { isWanted, leastMissed } from './spread.ts'

export interface Checkpoints {
  /**
   * The latest state whose position `reached` lets through and whose seq is above `above`; undefined without one. What does
   * not hold is discarded on the way.
   */
  latest(reached: (position: Position) => boolean, above: number): Promise<Saved | undefined>
  /** Is there none near this seq, of a log that reaches to `head`? */
  wanted(seq: number, head: number): boolean
  /** Writes one, and removes another when there are too many; says so when it cannot. */
  save(saved: Saved): void
  /** where there are some, ascending */
  seqs(): number[]
}

/** A state and its position in the log. */
export interface Saved {
  position: Position
  state: State
}

export interface CheckpointOptions {
  folder: string
  /** see `foldCode`; a checkpoint of another code is discarded */
  code: string
  /** hash of the log's event with that seq; undefined when there is none */
  hashAt(seq: number): Promise<string | undefined>
  /** a line for the operator */
  say(line: string, about: { file: string; why: string }): void
  /** events between two checkpoints at the least */
  least?: number
}

/** Kept at most. */
const MOST = 12

const NAME = /^(\d{1,15})\.state$/

/** Looks what is in the folder, which is made when something is to be saved. */
export function openCheckpoints({ folder, code, hashAt, say, least = 10_000 }: CheckpointOptions): Checkpoints {
  const positions = new Map<number, Position>()
  const fileOf = (seq: number) => checkpointFile(folder, seq)
  const seqs = () => [...positions.keys()].sort((a, b) => a - b)
  removeDrafts(folder)
  for (const seq of seqsIn(folder)) {
    const header = attempt(seq, () => readHeader(fileOf(seq)))
    if (header !== undefined) positions.set(seq, header)
  }

  function discard(seq: number, why: string): void {
    positions.delete(seq)
    say('checkpoint discarded', { file: fileOf(seq), why })
    remove(fileOf(seq))
  }

  /** What the file gives, or undefined and the file discarded. */
  function attempt<T>(seq: number, read: () => T): T | undefined {
    try {
      return read()
    } catch (error) {
      discard(seq, whyNot(error))
      return undefined
    }
  }

  async function load(seq: number): Promise<Saved | undefined> {
    const logHash = await hashAt(seq)
    return attempt(seq, () => readSaved(fileOf(seq), seq, code, logHash))
  }

  function thin(): void {
    const all = seqs()
    const least = all.length > MOST ? leastMissed(all) : undefined
    if (least === undefined) return
    positions.delete(least)
    remove(fileOf(least))
  }

  return {
    seqs,
    async latest(reached, above) {
      for (const seq of seqs().reverse()) {
        if (seq <= above) return undefined
        if (!reached(positions.get(seq)!)) continue
        const saved = await load(seq)
        if (saved !== undefined && reached(saved.position)) return saved
      }
      return undefined
    },
    wanted(seq, head) {
      const all = seqs()
      const gap = Math.max(least, Math.ceil(head / MOST))
      // at the end of the log more often: a start has to fold what comes after the newest
      const newest = all.at(-1) ?? 0
      return seq > newest ? seq - newest >= Math.max(least, gap / 2) : isWanted(all, seq, gap)
    },
    save({ position, state }) {
      const file = fileOf(position.seq)
      const draft = `${file}.${process.pid}.draft`
      try {
        mkdirSync(folder, { recursive: true, mode: PRIVATE_FOLDER })
        write(draft, encodeFile({ ...position, code }, serialize(saveState(state))))
        renameSync(draft, file)
        positions.set(position.seq, position)
        thin()
      } catch (error) {
        say('checkpoint not written', { file, why: String(error) })
        remove(draft)
      }
    },
  }
}

/** The state in a checkpoint's file. Throws a CheckpointFault where it is not one of this seq, code and log. */
export function readSaved(file: string, seq: number, code: string, logHash: string | undefined): Saved {
  const { header, body } = decodeFile(readFileSync(file))
  if (header.seq !== seq) throw new CheckpointFault('of another position in the log')
  if (header.code !== code) throw new CheckpointFault('made by another version')
  if (header.hash !== logHash) throw new CheckpointFault('of another log')
  const state = restoreState(deserialize(body))
  if (state.world.seq !== seq) throw new CheckpointFault('of another position in the log')
  return { position: { seq, hash: header.hash, moment: header.moment }, state }
}

function whyNot(error: unknown): string {
  if (error instanceof CheckpointFault) return error.message
  // another server on the same folder has thinned them out
  return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no longer there' : `cannot be read: ${String(error)}`
}

/** The file of the checkpoint of that seq. */
export const checkpointFile = (folder: string, seq: number): string => join(folder, `${seq}.state`)

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** Drafts that a killed process has left. */
function removeDrafts(folder: string): void {
  for (const name of namesIn(folder)) if (name.endsWith('.draft')) remove(join(folder, name))
}

/** Seqs of the folder's checkpoints, in any order. */
export function seqsIn(folder: string): number[] {
  return namesIn(folder).flatMap((name) => {
    const seq = NAME.exec(name)?.[1]
    return seq === undefined ? [] : [Number(seq)]
  })
}

/** Not forced to the disk: that would hold up the commits of the log, and a torn file shows by its hash. */
function write(path: string, parts: readonly Buffer[]): void {
  const file = openSync(path, 'w', PRIVATE)
  try {
    for (const part of parts) writeFileSync(file, part)
  } finally {
    closeSync(file)
  }
}

/** Where it cannot be removed it stays, and is discarded again at the next look. */
function remove(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    return
  }
}
