/** Removes a log that a tool made, with everything beside it. */
import { rmSync } from 'node:fs'
import { checkpointsOf } from '../build.ts'
import { lockOf, takeLock } from '../store/lock.ts'
import { giveUp } from './arguments.ts'

/** `path`: the log's file, which need not exist. Ends the process when a server is using it. */
export function removeLog(path: string): void {
  const lock = takeLock(path) ?? giveUp(`${path}: a server is using it. Stop that one first.`)
  removeFiles(path)
  lock.release()
}

/** The same for whoever has the log to themselves. */
export function removeFiles(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true })
  rmSync(checkpointsOf(path), { recursive: true, force: true })
  rmSync(lockOf(path), { force: true })
}
