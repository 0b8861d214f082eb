/** A unit's total, for its own page and its parent's. */
import { baselineOn } from '../../../shared/domain/baseline.ts'
import { type Day, dayNumber, dayOf } from '../../../shared/progress/day.ts'
import { isClockEvent, isReportEvent, type State, type View } from '../view.ts'
import { scopesWithParent } from './reach.ts'

/** Length of `recent`. */
const RECENT = 15

export const totalView: View = {
  kind: 'total',
  fold({ event }, { ledger }, mark) {
    const { units } = ledger!.frame
    if (isReportEvent(event)) for (const up of units.chain(event.data.unit)) mark(up)
    else if (isClockEvent(event)) for (const unit of units.all) mark(unit)
  },
  build(unit, state) {
    const ledger = state.ledger!
    const { today } = state.world
    const nothing = { a: ledger.frame.programme.counters.map(() => 0) }
    return {
      kind: 'total',
      key: `total/${unit}`,
      unit,
      makeup: ledger.makeup(unit),
      today: today === null ? nothing : ledger.makeupOn(unit, today),
      ...ledger.expected(unit),
      recent: today === null ? [] : recent(state, unit, today),
    }
  },
  scopes: (unit, state) => scopesWithParent(state, unit),
}

function recent({ ledger }: State, unit: string, today: Day): number[] {
  const { programme, calendar } = ledger!.frame
  const counter = ledger!.counterIndex(baselineOn(programme, today).targets[0]!.counter)
  const values: number[] = []
  for (let n = dayNumber(today); values.length < RECENT && n >= dayNumber(programme.startsOn); n--) {
    const day = dayOf(n)
    if (programme.reporting.expected === 'everyDay' || calendar.isWork(day))
      values.push(ledger!.approvedOn(unit, day, counter))
  }
  return values.reverse()
}
