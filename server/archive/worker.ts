/** The thread that holds the past: it reads the log beside the writer, and writes checkpoints. */
import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { openSqlite } from '../store/sqlite.ts'
import { openCheckpoints } from './checkpoints.ts'
import { foldCode } from './code.ts'
import type { FromThread, Question, Start, ToThread } from './messages.ts'
import { createPast } from './past.ts'
import { assertSame } from './thread.ts'

const port = parentPort!
const start = workerData as Start
const { data, folder, least } = start
const tell = (message: FromThread) => port.postMessage(message)
const say = (line: string, about: object) => tell({ kind: 'say', line, about })

// here it is this thread alone; elsewhere it would be the whole process
if (process.platform === 'linux') setPriority(10)

assertSame(start)
const store = openSqlite(data, { readOnly: true })
assertSame(start)
const past = createPast({
  store,
  checkpoints: openCheckpoints({
    folder,
    code: foldCode(),
    hashAt: async (seq) => (await store.read(seq - 1, 1))[0]?.hash,
    say,
    ...(least === undefined ? {} : { least }),
  }),
  failed: (error) => say('checkpoint not made', { why: String(error) }),
})

async function answer(question: Question): Promise<void> {
  try {
    const result =
      question.kind === 'changes'
        ? await past.changes(question.scope, question.asOf)
        : await past.span(question.unit, question.month, question.address)
    tell({ kind: 'answer', id: question.id, result })
  } catch (error) {
    tell({ kind: 'answer', id: question.id, result: { fault: String(error) } })
  }
}

port.on('message', (message: ToThread) => {
  if (message.kind === 'grown') past.grown(message.seq)
  else void answer(message)
})
