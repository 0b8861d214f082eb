/** `npm run replay` as people run it, in a process of its own. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { type MainProcess, watched } from './mainProcess.ts'
import { type Recorded, recordedFolder } from './recorded.ts'

const TOOL = join(import.meta.dirname, '../../server/tools/replay.ts')

export interface ReplayRun extends MainProcess {
  folder: string
  /** where the log is when all was entered */
  log: string
}

/** Replays a source from a folder with its programme; `args` come after `--program`. */
export function runReplay(recorded: Recorded | string, args: readonly string[] = []): ReplayRun {
  const folder = typeof recorded === 'string' ? recorded : recordedFolder(recorded)
  const log = join(folder, 'log.db')
  const child = spawn(process.execPath, [TOOL, '--program', folder, '--store', log, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0' },
  })
  return { ...watched(child), folder, log }
}

/** The same, when it has ended: what it printed, line by line, and its exit code. */
export async function endedReplay(recorded: Recorded | string, args: readonly string[] = []) {
  const run = runReplay(recorded, args)
  const code = await run.ended
  return { ...run, code, lines: `${run.out.out}${run.out.err}`.split('\n') }
}
