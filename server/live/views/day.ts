/** One unit's one day: what a chart's bar and step are made of. */
import type { Day } from '../../../shared/progress/day.ts'
import { isReportEvent, pairIds, partsOf, type View } from '../view.ts'

export function createDayView(): View {
  const idOf = pairIds()
  return {
    kind: 'day',
    fold({ event, owing }, { ledger }, mark) {
      const { units } = ledger!.frame
      const markUp = (unit: string, day: Day) => {
        for (const up of units.chain(unit)) mark(idOf(up, day))
      }
      if (isReportEvent(event)) markUp(event.data.unit, event.data.day)
      for (const { unit, day } of owing) markUp(unit, day)
    },
    build(id, { ledger }) {
      const [unit, day] = partsOf(id) as [string, string]
      return { kind: 'day', key: `day/${id}`, unit, day, makeup: ledger!.makeupOn(unit, day) }
    },
    scopes: (id) => [`unit:${partsOf(id)[0]}`],
  }
}
