/** The latest changes of a unit and all below it, in a ring of rows: the ticker. */
import type { Report } from '../../../shared/domain/world.ts'
import { CHANGE_SLOTS } from '../../../shared/view/rows.ts'
import { isReportEvent, pairIds, partsOf, type ReportEvent, type View } from '../view.ts'

export function createChangeView(): View {
  const rings = new Map<string, { event: ReportEvent; before: Report | undefined }[]>()
  const counts = new Map<string, number>()
  const idOf = pairIds()
  return {
    kind: 'change',
    fold({ event, before }, { ledger }, mark) {
      if (!isReportEvent(event)) return
      for (const up of ledger!.frame.units.chain(event.data.unit)) {
        const n = counts.get(up) ?? 0
        const slot = n % CHANGE_SLOTS
        counts.set(up, n + 1)
        let ring = rings.get(up)
        if (ring === undefined) rings.set(up, (ring = []))
        ring[slot] = { event, before }
        mark(idOf(up, slot))
      }
    },
    build(id) {
      const [up, slot] = partsOf(id)
      const { event, before } = rings.get(up!)![Number(slot)]!
      const { unit, day, values } = event.data
      return {
        kind: 'change',
        key: `change/${id}`,
        seq: event.seq,
        at: event.at,
        type: event.type,
        unit,
        day,
        values,
        before: before?.values ?? null,
        ...(event.type === 'ReportRestated' ? { restated: event.data.type } : {}),
      }
    },
    scopes: (id) => [`unit:${partsOf(id)[0]}`],
  }
}
