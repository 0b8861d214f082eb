/** At most so many at once: in all, and of one person; some more wait, and who was served last is served after the others. */
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

export interface Line {
  /** resolves when it is the person's turn, with what ends it; null when too many of theirs wait already */
  enter(person: string): Promise<(() => void) | null>
  /** how many wait, of all people */
  waiting(): number
}

export function createLine({ all, each, waiting }: Limits): Line {
  const running = new Map<string, number>()
  /** of each person the first first; who was served last comes last */
  const lines = new Map<string, (() => void)[]>()
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
    for (const [next, line] of lines) {
      if (!hasRoom(next)) continue
      const start = line.shift()!
      lines.delete(next)
      if (line.length > 0) lines.set(next, line)
      started(next)
      return start()
    }
  }

  return {
    async enter(person) {
      const line = lines.get(person) ?? []
      if (hasRoom(person)) started(person)
      else if (line.length >= waiting) return null
      else await new Promise<void>((start) => lines.set(person, [...line, start]))
      let isOver = false
      return () => {
        if (!isOver) ended(person)
        isOver = true
      }
    },
    waiting: () => lines.values().reduce((n, line) => n + line.length, 0),
  }
}

/** Runs the work when its turn comes; refused as `command.busy` when too many of the person's wait already. */
export type Limiter = <T>(person: string, work: () => Promise<Result<T>>) => Promise<Result<T>>

export function limiter(limits: Limits): Limiter {
  const line = createLine(limits)
  return async (person, work) => {
    const leave = await line.enter(person)
    if (leave === null) return refuse({ code: 'command.busy', params: { ms: AGAIN_MS } })
    try {
      return await work()
    } finally {
      leave()
    }
  }
}
