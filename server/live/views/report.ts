/** A street's report of a day as it stands: a line of the sheet. */
import { reportAt } from '../../../shared/domain/book.ts'
import { inOrder, isReportEvent, pairIds, partsOf, person, type View } from '../view.ts'

export function createReportView(): View {
  const idOf = pairIds()
  return {
    kind: 'report',
    fold({ event }, _state, mark) {
      if (isReportEvent(event)) mark(idOf(event.data.unit, event.data.day))
    },
    build(id, state) {
      const [unit, day] = partsOf(id) as [string, string]
      const { values, by, claim, ...rest } = reportAt(state.world.book, unit, day)!
      return {
        kind: 'report',
        key: `report/${id}`,
        unit,
        day,
        values: inOrder(state, values),
        by: person(state.world, by),
        ...rest,
        ...(claim === undefined
          ? {}
          : { claim: { values: inOrder(state, claim.values), by: person(state.world, claim.by), at: claim.at } }),
      }
    },
    scopes(id, { ledger }) {
      const unit = partsOf(id)[0]!
      const parent = ledger!.frame.units.get(unit)!.parent
      return parent === null ? [`sheet:${unit}`] : [`sheet:${unit}`, `sheet:${parent}`]
    },
  }
}
