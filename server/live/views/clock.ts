/** The clock of the log, in every scope that shows figures. */
import { dueThrough, type World } from '../../../shared/domain/world.ts'
import type { ClockRow } from '../../../shared/view/rows.ts'
import { rowKey } from '../../../shared/view/wire.ts'
import type { Change } from '../state.ts'

/** One row. */
export const clockRow = (world: World): ClockRow => ({
  kind: 'clock',
  key: rowKey.clock(),
  today: world.today,
  closed: world.closed,
  due: dueThrough(world),
  lockedThrough: world.lockedThrough,
})

/** May the change have locked or opened days? What moves the clock touches every row anyway. */
export const touchesLock = ({ event }: Change): boolean => 'through' in event.data
