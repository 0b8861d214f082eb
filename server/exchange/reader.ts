/** Reads files beside the server: a thread for each, with bounds on its memory and its time. */
import { Worker } from 'node:worker_threads'
import { tableFault } from '../../shared/reading/fault.ts'
import type { FromReader, FromThread, ToReader } from './messages.ts'

/** ms that a file may take: it is answered within 5 s, whatever it is. And those that a thread may take to be there. */
const MOST_MS = 4_000
const START_MS = 20_000
/** MB */
const LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 }

export interface FileReader {
  /** never rejects: `file.tooHard` for what takes too long or too much memory */
  read(file: ToReader): Promise<FromReader>
  /** ends whatever is being read */
  close(): Promise<void>
}

export function createReader(mostMs = MOST_MS): FileReader {
  const running = new Set<Worker>()
  return {
    read: (file) =>
      new Promise((resolve) => {
        // what strips the types of an installed package is named at the start of the process; nothing else of it is wanted
        const from = process.execArgv.indexOf('--import')
        const worker = new Worker(new URL('worker.ts', import.meta.url), {
          workerData: file,
          resourceLimits: LIMITS,
          execArgv: from < 0 ? [] : process.execArgv.slice(from, from + 2),
        })
        running.add(worker)
        const end = () => void worker.terminate()
        let late = setTimeout(end, START_MS)
        worker.on('message', (message: FromThread) => {
          if (message.kind !== 'begins') return resolve(message)
          clearTimeout(late)
          late = setTimeout(end, mostMs)
        })
        worker.on('error', () => undefined)
        worker.once('exit', () => {
          clearTimeout(late)
          running.delete(worker)
          // after an answer this changes nothing
          resolve({ kind: 'fault', fault: tableFault('file.tooHard') })
        })
      }),
    close: async () => {
      await Promise.all([...running].map((worker) => worker.terminate()))
    },
  }
}
