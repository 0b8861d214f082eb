/** Those on this page who wait for the answers to their commands. */
import type { Answer } from '../../shared/command.ts'

export interface Submission {
  id: string
  /** resolves once it is durable or refused, however long that takes; never rejects */
  answer: Promise<Answer>
  /** the same, or `network.lost` when the next try found no answer and the command goes on waiting */
  firstTry: Promise<Answer>
  /** resolves when it is on the device, or has found no room there: neither the end of the page nor of the browser takes it then */
  kept: Promise<void>
}

export interface Senders {
  /** one more who waits for the answer to that command */
  hear(id: string, kept: Promise<void>): Submission
  has(id: string): boolean
  /** tells all who wait for it; false when nobody on this page does */
  answer(id: string, answer: Answer): boolean
  /** the next try of that command found no answer */
  lose(id: string): void
  /** of all commands */
  loseAll(): void
}

interface Waiting {
  answer: Promise<Answer>
  resolve: (answer: Answer) => void
  /** those who wait for the next try alone */
  tries: ((answer: Answer) => void)[]
}

export const LOST: Answer = { ok: false, refusals: [{ code: 'network.lost' }] }

export function openSenders(): Senders {
  const waiting = new Map<string, Waiting>()
  const lose = (id: string) => {
    for (const tried of waiting.get(id)?.tries.splice(0) ?? []) tried(LOST)
  }
  return {
    hear(id, kept) {
      let sender = waiting.get(id)
      if (sender === undefined) {
        const { promise, resolve } = Promise.withResolvers<Answer>()
        waiting.set(id, (sender = { answer: promise, resolve, tries: [] }))
      }
      const { promise, resolve } = Promise.withResolvers<Answer>()
      sender.tries.push(resolve)
      return { id, answer: sender.answer, firstTry: promise, kept }
    },
    has: (id) => waiting.has(id),
    answer(id, answer) {
      const sender = waiting.get(id)
      waiting.delete(id)
      sender?.resolve(answer)
      for (const tried of sender?.tries ?? []) tried(answer)
      return sender !== undefined
    },
    lose,
    loseAll: () => [...waiting.keys()].forEach(lose),
  }
}
