/** The clock of the log, in every scope that shows figures. */
import { dueThrough } from '../../../shared/domain/world.ts'
import { isClockEvent, type View } from '../view.ts'

export const nowView: View = {
  kind: 'now',
  fold({ event }, _state, mark) {
    if (isClockEvent(event) || event.type === 'PeriodLocked' || event.type === 'PeriodReopened') mark('')
  },
  build: (_id, { world }) => ({
    kind: 'now',
    key: 'now',
    today: world.today,
    closed: world.closed,
    due: dueThrough(world),
    lockedThrough: world.lockedThrough,
  }),
  scopes: (_id, { ledger }) => ledger!.frame.units.all.flatMap((code) => [`unit:${code}`, `sheet:${code}`]),
}
