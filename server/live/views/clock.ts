/** The clock of the log, in every scope that shows figures and in its own history. */
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
  ...(world.over === null ? {} : { over: world.over }),
  ...(world.doubted === null ? {} : { doubted: world.doubted }),
})

/** May the change have changed this row? What moves the clock touches every row anyway. */
export const touchesClock = ({ event, movesClock }: Change): boolean =>
  movesClock || 'through' in event.data || event.type === 'DayDoubted' || event.type === 'DoubtEnded'
