/** At most so many at once: in all, and of one person; some more wait for their turn. */
import { refuse, type Result } from '../../shared/errors.ts'

export interface Limits {
  /** at once, in all and of one person */
  all: number
  each: number
  /** of one person that wait */
  waiting: number
}

/** ms after which somebody who was turned away may come again */
const AGAIN_MS = 500

/** Runs the work when its turn comes; refused as `command.busy` when too many of the person's wait already. */
export type Limiter = <T>(person: string, work: () => Promise<Result<T>>) => Promise<Result<T>>

export function limiter({ all, each, waiting }: Limits): Limiter {
  const running = new Map<string, number>()
  const line: { person: string; start: () => void }[] = []
  let total = 0
  const of = (person: string) => running.get(person) ?? 0
  const hasRoom = (person: string) => total < all && of(person) < each

  function started(person: string): void {
    total++
    running.set(person, of(person) + 1)
  }

  function ended(person: string): void {
    total--
    if (of(person) === 1) running.delete(person)
    else running.set(person, of(person) - 1)
    const next = line.findIndex((waits) => hasRoom(waits.person))
    if (next < 0) return
    const [first] = line.splice(next, 1)
    started(first!.person)
    first!.start()
  }

  return async (person, work) => {
    if (hasRoom(person)) started(person)
    else if (line.filter((waits) => waits.person === person).length >= waiting)
      return refuse({ code: 'command.busy', params: { ms: AGAIN_MS } })
    else await new Promise<void>((start) => line.push({ person, start }))
    try {
      return await work()
    } finally {
      ended(person)
    }
  }
}
