/** How old what comes in is: a clock of the page that nobody can set, and the server's clock seen from it. */

export interface Clocks {
  /** ms; never goes back */
  monotonic(): number
  /** ms since epoch; may be set */
  wall(): number
}

/** ms by which the wall clock may run ahead between two looks before the page counts as having slept */
const SLEPT_MS = 2_000

/**
 * ms of a clock that never goes back and, unlike the browser's, goes on while the machine sleeps. A wall clock that is
 * set forward counts as sleep; one that is set back counts as nothing.
 */
export function createPageClock({ monotonic, wall }: Clocks): () => number {
  let slept = 0
  let before = { monotonic: monotonic(), wall: wall() }
  return () => {
    const now = { monotonic: monotonic(), wall: wall() }
    const ahead = now.wall - before.wall - (now.monotonic - before.monotonic)
    if (ahead > SLEPT_MS) slept += ahead
    before = now
    return now.monotonic + slept
  }
}

/** The server's clock of one connection. It is known within the time that a question and its answer took. */
export interface ServerClock {
  /** an answer, `server` ms by the server's clock, to a question that was asked and answered at these moments of the page's */
  answered(asked: number, server: number, at: number): void
  /** ms of the page's clock, the earliest moment that it can have been; -Infinity while nothing is known */
  earliest(server: number, at: number): number
  /** ms between the earliest and the latest it can have been */
  width(): number
  /** a new connection may lead to another server */
  forget(): void
}

/** ms after which a worse measurement replaces a better one, since clocks drift */
const OLD_MS = 300_000
/** ms by which something may come in before it was sent, for rounding */
const ROUNDING_MS = 5

export function createServerClock(): ServerClock {
  let offset = -Infinity
  let width = Infinity
  let measuredAt = 0
  const forget = () => {
    offset = -Infinity
    width = Infinity
  }
  return {
    answered(asked, server, at) {
      if (at - asked > width && at - measuredAt < OLD_MS) return
      offset = asked - server
      width = at - asked
      measuredAt = at
    },
    earliest(server, at) {
      // what came before it was sent says that a clock has stood still
      if (server + offset > at + ROUNDING_MS) forget()
      return server + offset
    },
    width: () => width,
    forget,
  }
}
