/** Removes a log that a tool made, with its checkpoints. */
import { rmSync } from 'node:fs'
import { checkpointsOf } from '../build.ts'

/** `path`: the log's file, which need not exist. */
export function removeLog(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true })
  rmSync(checkpointsOf(path), { recursive: true, force: true })
}
