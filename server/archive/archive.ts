/** The past in a thread of its own, so that no view of it holds up the writer; and the state that a start begins with. */
import { Worker } from 'node:worker_threads'
import type { Result } from '../../shared/errors.ts'
import type { State } from '../live/state.ts'
import type { Store } from '../store/store.ts'
import { identityAt } from '../store/watch.ts'
import { openCheckpoints } from './checkpoints.ts'
import { foldCode } from './code.ts'
import type { FromThread, Question, Start, ToThread } from './messages.ts'
import type { Past } from './past.ts'
import { workerOptions } from './thread.ts'

export interface ArchiveOptions extends Start {
  /** a line for the operator */
  say(line: string, about: object): void
}

type Answer = Result<unknown> | { fault: string }

/** The state of the newest checkpoint that holds, to be folded on; undefined without one. */
export async function newestState(
  { folder, say }: Omit<ArchiveOptions, 'data'>,
  store: Store,
): Promise<State | undefined> {
  const hashAt = async (seq: number) => (await store.read(seq - 1, 1))[0]?.hash
  const saved = await openCheckpoints({ folder, code: foldCode(), hashAt, say }).latest(() => true, 0)
  return saved?.state
}

/** Events by which the log has to grow before the thread is asked whether a checkpoint is due. */
const ASK = 1_000

/** The thread is started when it is first needed, and again when it has died. */
export function startArchive({ say, ...about }: ArchiveOptions): Past {
  const start = { ...about, identity: identityAt(about.data) }
  const waiting = new Map<number, { answer(answer: Answer): void; fail(error: unknown): void }>()
  let thread: Worker | null = null
  let asked = 0
  let grown = 0

  function started(): Worker {
    if (thread !== null) return thread
    const worker = new Worker(new URL('worker.ts', import.meta.url), workerOptions(start))
    worker.unref()
    worker.on('message', (message: FromThread) => {
      if (message.kind === 'say') return say(message.line, message.about)
      waiting.get(message.id)?.answer(message.result)
      waiting.delete(message.id)
    })
    worker.on('error', (error) => say('the thread of the past has failed', { err: error }))
    worker.on('exit', () => {
      if (thread === worker) thread = null
      for (const { fail } of waiting.values()) fail(new Error('the thread of the past has ended'))
      waiting.clear()
    })
    return (thread = worker)
  }

  const tell = (message: ToThread) => started().postMessage(message)

  function ask<T>(question: (id: number) => Question): Promise<Result<T>> {
    return new Promise((resolve, reject) => {
      const id = ++asked
      waiting.set(id, {
        // what the thread answers with is what was asked for
        answer: (answer) => ('fault' in answer ? reject(new Error(answer.fault)) : resolve(answer as Result<T>)),
        fail: reject,
      })
      tell(question(id))
    })
  }

  return {
    changes: (scope, asOf) => ask((id) => ({ kind: 'changes', id, scope, asOf })),
    span: (unit, month, address) => ask((id) => ({ kind: 'span', id, unit, month, address })),
    grown(seq) {
      if (seq - grown < Math.min(ASK, start.least ?? ASK)) return
      grown = seq
      tell({ kind: 'grown', seq })
    },
    close: async () => {
      await thread?.terminate()
    },
  }
}
