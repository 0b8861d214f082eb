/** One unit's one day: what a chart's bar and step are made of. */
import { isReportEvent, pairIds, partsOf, type View } from '../view.ts'

export function createDayView(): View {
  const idOf = pairIds()
  return {
    kind: 'day',
    fold({ event, owing }, { ledger }) {
      if (ledger === null) return []
      const { units } = ledger.frame
      const cells = isReportEvent(event) ? [event.data] : owing
      return cells.flatMap(({ unit, day }) => units.chain(unit).map((up) => idOf(up, day)))
    },
    build(id, { ledger }) {
      const [unit, day] = partsOf(id) as [string, string]
      return { kind: 'day', key: `day/${id}`, unit, day, makeup: ledger!.makeupOn(unit, day) }
    },
    scopes: (id) => [`unit:${partsOf(id)[0]}`],
  }
}
