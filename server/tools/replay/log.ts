/** The log of a replay: it has its name only when all was entered, so that a run that ends on the way leaves none. */
import { existsSync, renameSync, rmSync } from 'node:fs'
import { lockOf, takeLock } from '../../store/lock.ts'
import { giveUp } from '../arguments.ts'
import { removeFiles, removeLog } from '../remove.ts'

export interface ReplayLog {
  /** where it is written; removed by `drop`, or by the next run */
  unfinished: string
  /** gives the closed log its name, in the place of an earlier one */
  keep(): void
  drop(): void
}

/** `isOwn`: a replay's own place, where an earlier log is replaced. Ends the process when the place is taken. */
export function beginLog(path: string, isOwn: boolean): ReplayLog {
  if (!isOwn && existsSync(path)) giveUp(`--store: ${path} is there already; a replay begins with an empty log`)
  const lock = takeLock(path) ?? giveUp(`${path}: another replay, or a server, is using it. Stop that one first.`)
  const unfinished = `${path}.unfinished`
  removeLog(unfinished)
  return {
    unfinished,
    keep() {
      removeFiles(path)
      renameSync(unfinished, path)
      removeFiles(unfinished)
      lock.release()
    },
    drop() {
      removeFiles(unfinished)
      rmSync(lockOf(path), { force: true })
      lock.release()
    },
  }
}
