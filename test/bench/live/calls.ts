/** Questions from one process to another that it has forked: each is answered once, in any order. */
import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'

export type Answers<Q> = { [K in keyof Q]: Q[K] extends (input: infer I) => infer O ? (input: I) => O : never }

interface Question {
  n: number
  name: string
  input: unknown
}
type Reply = { n: number; value: unknown } | { n: number; fault: string }

/** In the child: answers what the parent asks, for as long as the parent lives. */
export function answer(handlers: Record<string, (input: never) => unknown>): void {
  process.on('message', (question: Question) => {
    const handle = handlers[question.name] as ((input: unknown) => unknown) | undefined
    void Promise.resolve()
      .then(() => {
        if (handle === undefined) throw new Error(`nobody answers ${question.name}`)
        return handle(question.input)
      })
      .then(
        (value): Reply => ({ n: question.n, value }),
        (error: unknown): Reply => ({ n: question.n, fault: error instanceof Error ? error.message : String(error) }),
      )
      .then((reply) => process.send!(reply))
  })
  process.on('disconnect', () => process.exit(0))
}

export interface Child {
  ask<O>(name: string, input?: unknown): Promise<O>
  end(): Promise<void>
}

/** Forks a script of this folder. */
export function start(script: string): Child {
  const child: ChildProcess = fork(join(import.meta.dirname, script), { serialization: 'advanced' })
  const waiting = new Map<number, { done: (value: never) => void; failed: (error: Error) => void }>()
  let n = 0
  child.on('message', (reply: Reply) => {
    const asked = waiting.get(reply.n)
    waiting.delete(reply.n)
    if ('fault' in reply) asked?.failed(new Error(reply.fault))
    else asked?.done(reply.value as never)
  })
  child.on('exit', (code) => {
    for (const { failed } of waiting.values()) failed(new Error(`${script} ended with ${code}`))
  })
  return {
    ask: (name, input) =>
      new Promise((done, failed) => {
        waiting.set(++n, { done, failed })
        child.send({ n, name, input } satisfies Question)
      }),
    end: () =>
      new Promise((done) => {
        child.once('exit', () => done())
        child.disconnect()
      }),
  }
}
