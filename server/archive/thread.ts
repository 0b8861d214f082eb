/** How a thread of the server is started. */
import type { WorkerOptions } from 'node:worker_threads'
import { identityAt } from '../store/watch.ts'
import type { Start } from './messages.ts'

/** What strips the types of an installed package is named at the start of the process; nothing else of it is wanted. */
export function workerOptions(workerData: Start): WorkerOptions {
  // what is folded and dropped again would otherwise lie about in each of them
  const resourceLimits = { maxYoungGenerationSizeMb: 8 }
  const at = process.execArgv.indexOf('--import')
  return { workerData, resourceLimits, execArgv: at < 0 ? [] : process.execArgv.slice(at, at + 2) }
}

/** Throws where another file, or none, has taken the place of the one that the server has open. */
export function assertSame({ data, identity }: Start): void {
  if (identity !== undefined && identityAt(data) !== identity)
    throw new Error(`${data} is not the file any more that the server has open`)
}
