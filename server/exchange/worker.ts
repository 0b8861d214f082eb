/** The thread that reads one file: whatever the file does to it, the server goes on. */
import { parentPort, workerData } from 'node:worker_threads'
import type { FromThread, ToReader } from './messages.ts'
import { readFigures } from './read.ts'

const port = parentPort!
const tell = (message: FromThread) => port.postMessage(message)

tell({ kind: 'begins' })
tell(readFigures(workerData as ToReader))
