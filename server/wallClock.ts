/** Whether the machine's clock is believed: it has to go on as time has passed, or the server has to have been stopped (C16). */
import type { Day } from '../shared/progress/day.ts'
import type { ClockNow } from './core/core.ts'

/** What the machine says. */
export interface Reading {
  /** its clock, ms since epoch */
  wall: number
  /** the day of that in the programme's time zone */
  day: Day
  /** ms since some moment, that go on while the machine sleeps and whatever its clock is set to */
  elapsed: number
}

export interface WallClock {
  /** `life`: the last sign of life of a server on this store, ms since epoch; null = none */
  isBelieved(reading: Reading, now: ClockNow, life: LastLife | null): boolean
}

export interface LastLife {
  at: number
  /** of that moment in the programme's time zone */
  day: Day
}

/** By as much the clock may differ from what has passed: it is set right now and then, and hours are skipped by mistake. */
const TOLERANCE_MS = 3_600_000

/** Remembers the last reading that was believed, until a person sets the clock. */
export function createWallClock(): WallClock {
  let anchor: Pick<Reading, 'wall' | 'elapsed'> | null = null
  let setAt = 0

  return {
    isBelieved(reading, now, life) {
      if (now.setAt !== setAt) anchor = null
      setAt = now.setAt
      const isBelieved = anchor === null ? isExplained(reading, now, life) : hasPassed(reading, anchor)
      if (isBelieved) anchor = reading
      return isBelieved
    },
  }
}

const hasPassed = ({ wall, elapsed }: Reading, since: Pick<Reading, 'wall' | 'elapsed'>): boolean =>
  Math.abs(wall - since.wall - (elapsed - since.elapsed)) <= TOLERANCE_MS

/**
 * The server was stopped, for as long as the clock says, unless that goes back behind the last sign of life or behind
 * today. While a day is doubted, or was taken back, only an earlier one is believed; signs of life from then on are of the
 * clock that was wrong.
 */
function isExplained({ wall, day }: Reading, { today, doubted }: ClockNow, life: LastLife | null): boolean {
  const isBack = doubted !== null && (today === null || doubted > today)
  if (isBack && day >= doubted) return false
  const last = life === null || (isBack && life.day >= doubted) ? null : life
  if (last !== null && wall < last.at - TOLERANCE_MS) return false
  if (today === null || day >= today) return true
  // a clock set back a little over midnight
  return last !== null && doubted === null
}
