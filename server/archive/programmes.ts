/** Every programme that the log has known: as it was opened, and after each re-baselining. */
import type { Programme } from '../../shared/domain/programme.ts'
import { emptyWorld } from '../../shared/domain/world.ts'
import { evolve, type Recorded } from '../../shared/event.ts'
import type { Store } from '../store/store.ts'

/** Events among which the opening is looked for: before it nothing but the clock of an empty log could stand. */
const OPENING = 10

/** Oldest first; empty before the opening. */
export async function programmesOf(store: Store): Promise<Programme[]> {
  const opened = (await store.read(0, OPENING)).find((event) => event.type === 'ProgrammeOpened')
  if (opened === undefined) return []
  const world = emptyWorld()
  return [opened, ...(await store.bySubject('baseline'))].flatMap((event: Recorded) => {
    evolve(world, event)
    return world.setting === null ? [] : [world.setting.programme]
  })
}
