/** Is a street's report of today in, and what does it owe? */
import { reportAt } from '../../../shared/domain/book.ts'
import { dueThrough, isExpected } from '../../../shared/domain/world.ts'
import type { DueState } from '../../../shared/view/rows.ts'
import { inOrder, isClockEvent, isReportEvent, type State, type View } from '../view.ts'
import { scopesUpwards } from './reach.ts'

/** How many owed days are named. */
const NAMED = 5

export const dueView: View = {
  kind: 'due',
  fold({ event }, { ledger }, mark) {
    const { units } = ledger!.frame
    if (isReportEvent(event)) mark(event.data.unit)
    else if (isClockEvent(event)) for (const leaf of units.leaves(units.root)) mark(leaf)
  },
  build(unit, state) {
    const ledger = state.ledger!
    const { today } = state.world
    const owed = ledger.owed(unit).filter((day) => today === null || day < today)
    const now = stateOf(state, unit)
    const report = today === null ? undefined : reportAt(state.world.book, unit, today)
    return {
      kind: 'due',
      key: `due/${unit}`,
      unit,
      state: now,
      values: now === 'missing' ? [...ledger.estimate(unit, today!)] : inOrder(state, report?.values ?? {}),
      owed: owed.slice(-NAMED),
      owedCount: owed.length,
    }
  },
  scopes: (unit, state) => scopesUpwards(state, unit),
}

function stateOf({ world, ledger }: State, unit: string): DueState {
  const { frame } = ledger!
  const { today } = world
  if (today === null || today < frame.units.startsOn(unit)) return 'notStarted'
  const report = reportAt(world.book, unit, today)
  if (report !== undefined) return report.state
  if (!isExpected(frame, unit, today)) return 'off'
  const due = dueThrough(world)
  return due !== null && due >= today ? 'missing' : 'open'
}
