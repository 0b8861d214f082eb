/** Has the whole log looked through after a start, in a thread of its own, and knows the result. */
import { Worker } from 'node:worker_threads'
import type { OperationReport, Verdict } from '../../shared/protocol/operation.ts'
import type { FromVerifier, Shown, Start } from './messages.ts'
import { identityAt } from '../store/watch.ts'
import { workerOptions } from './thread.ts'

export interface Verifier {
  /** how far it is, and what was found */
  report(): OperationReport['verify']
  stop(): Promise<void>
}

export interface VerifierOptions extends Start {
  now(): Date
  /** scopes as they are shown at this moment */
  shown(): Promise<Shown[]>
  found(verdict: Verdict): void
  /** it could not be done */
  failed(error: unknown): void
  /** ms until it begins: a start has more urgent things to do */
  afterMs?: number
}

export function startVerifier({ now, shown, found, failed, afterMs = 5_000, ...about }: VerifierOptions): Verifier {
  const report: OperationReport['verify'] = { began: now().toISOString(), ended: null, verdict: null }
  const start = { ...about, identity: identityAt(about.data) }
  let thread: Worker | null = null

  function begin(): void {
    const worker = new Worker(new URL('verifying.ts', import.meta.url), workerOptions(start))
    thread = worker
    worker.unref()
    worker.on('message', (message: FromVerifier) => {
      if (message.kind === 'verdict') return end(message.verdict)
      shown().then((scopes) => worker.postMessage(scopes), stopped)
    })
    worker.on('error', stopped)
  }

  function end(verdict: Verdict): void {
    report.verdict = verdict
    report.ended = now().toISOString()
    found(verdict)
  }

  function stopped(error: unknown): void {
    if (report.ended !== null) return
    report.ended = now().toISOString()
    failed(error)
    void thread?.terminate()
  }

  const timer = setTimeout(begin, afterMs).unref()
  return {
    report: () => ({ ...report }),
    stop: async () => {
      clearTimeout(timer)
      await thread?.terminate()
    },
  }
}
