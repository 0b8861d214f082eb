/** One unit's one day: what a chart's bar and step are made of. */
import { type Change, isReportEvent, partsOf, type State, type View } from '../view.ts'

export const dayView: View = {
  kind: 'day',
  *fold({ event, newlyDue }: Change, { ledger }: State) {
    if (ledger === null) return
    const { units } = ledger.frame
    if (isReportEvent(event)) {
      const { unit, day } = event.data
      for (const up of units.chain(unit)) yield `${up}/${day}`
      // estimates of what the street still owes lean on its history
      for (const owed of ledger.owed(unit)) if (owed > day) for (const up of units.chain(unit)) yield `${up}/${owed}`
    }
    for (const day of newlyDue)
      for (const leaf of units.leaves(units.root))
        if (ledger.owes(leaf, day)) for (const up of units.chain(leaf)) yield `${up}/${day}`
  },
  build(id, { ledger }) {
    const [unit, day] = partsOf(id) as [string, string]
    return { kind: 'day', key: `day/${id}`, unit, day, makeup: ledger!.makeupOn(unit, day) }
  },
  scopes: (id) => [`unit:${partsOf(id)[0]}`],
}
