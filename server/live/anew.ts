/** A ledger summed anew from its world, when days were taken back: nothing of what they caused is left. */
import { BLANK } from '../../shared/domain/cells.ts'
import { dueThrough } from '../../shared/domain/world.ts'
import { dayNumber, dayOf } from '../../shared/progress/day.ts'
import { addressAt } from './addresses.ts'
import { asOpen } from './changes.ts'
import { NEVER } from './goals.ts'
import {
  accountOf,
  type Cause,
  createLedger,
  figuresOf,
  type Ledger,
  type LedgerData,
  monthOf,
  takeClock,
  takeReport,
} from './ledger.ts'

/**
 * Sums, what is owed, estimates and days reached as they follow from the world; of before stay only which reports were in
 * time, and the marks of what took back a day that has begun. `cause` is the event that took the days back. Takes as long as all reports together.
 */
export function sumAnew(ledger: Ledger, cause: Cause): void {
  const { world, data: before } = ledger
  const fresh = createLedger(world)
  const { units, counters } = world.setting!
  const blank = Array.from(counters, () => BLANK)
  for (const unit of units.leaves(units.root)) {
    const span = world.cells.span(unit)
    for (let day = span?.first ?? 0; span !== null && day <= span.last; day++) {
      const figures = figuresOf(world, unit, day)
      if (figures.every((figure) => figure === BLANK)) continue
      takeReport(fresh, cause, { unit, day }, blank, figures)
      // what was withdrawn has been there
      for (const up of units.chain(unit)) accountOf(fresh, up).months.set(monthOf(day), addressAt(cause))
    }
  }
  takeClock(fresh, cause)
  fresh.data.judging = { command: '', before: new Map() }
  keepMarks(fresh, before)
  keepTimes(fresh, before)
  ledger.data = fresh.data
}

/** When a report came is no part of the world: of days that are still due it stays as it was. */
function keepTimes({ data }: Ledger, before: LedgerData): void {
  data.accounts.forEach((account, i) => {
    const { notInTime } = before.accounts[i]!
    account.notInTime = new Set(notInTime.values().filter((day) => data.due !== null && day <= data.due))
  })
}

/** Marks of days that were reached and have begun, unless they are reached by then again. */
function keepMarks({ data, world }: Ledger, before: LedgerData): void {
  const today = world.today === null ? 0 : dayNumber(world.today)
  data.accounts.forEach(({ reached, takenBack }, i) => {
    for (const [goal, mark] of before.accounts[i]!.takenBack) {
      const is = reached[goal]!
      if (dayNumber(mark.was) > today || (is !== NEVER && dayOf(is) <= mark.was)) continue
      takenBack.set(goal, asOpen(mark, dueThrough(world)))
    }
  })
}
