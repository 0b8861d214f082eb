/** At most so many at once: in all, and of one person. */
import { refuse, type Result } from '../../shared/errors.ts'

/** ms after which somebody who was turned away may come again */
const AGAIN_MS = 500

/** Runs the work, or refuses it as `command.busy`. */
export type Limiter = <T>(person: string, work: () => Promise<Result<T>>) => Promise<Result<T>>

export function limiter(most: number, each: number): Limiter {
  const running = new Map<string, number>()
  let all = 0
  const count = (person: string, by: 1 | -1) => {
    all += by
    const mine = (running.get(person) ?? 0) + by
    if (mine === 0) running.delete(person)
    else running.set(person, mine)
  }
  return async (person, work) => {
    if (all >= most || (running.get(person) ?? 0) >= each)
      return refuse({ code: 'command.busy', params: { ms: AGAIN_MS } })
    count(person, 1)
    try {
      return await work()
    } finally {
      count(person, -1)
    }
  }
}
