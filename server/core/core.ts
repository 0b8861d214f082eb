/** The core: one write path, one read path, and the live feed, over one store. */
import type { Answer } from '../../shared/command.ts'
import type { Frame } from '../../shared/domain/world.ts'
import type { Refusal, Result } from '../../shared/errors.ts'
import type { Recorded } from '../../shared/event.ts'
import type { Actor } from '../../shared/policy.ts'
import type { Day } from '../../shared/progress/day.ts'
import type { HistoryEntry } from '../../shared/protocol/api.ts'
import type { Patch } from '../../shared/view/patch.ts'
import { createFanout, type Live } from '../live/fanout.ts'
import { createProjector } from '../live/projector.ts'
import type { Store } from '../store/store.ts'
import { createDispatcher, currentActor, foldWorld } from './dispatch.ts'
import { createQuery } from './query.ts'

export interface Core {
  /** the only write path; resolves after the commit. `input` is anything from outside, or a Command */
  dispatch(input: unknown, actor: Actor): Promise<Answer>
  /** a member as an actor; undefined when unknown or ended */
  actor(member: string): Actor | undefined
  /** null until a programme is open */
  frame(): Frame | null
  now(): { today: Day | null; closed: Day | null }
  /** empty = yes */
  mayWatch(actor: Actor, scope: string): Refusal[]
  changes(actor: Actor, scope: string, since: number): Result<Patch>
  history(actor: Actor, subject: string): Promise<Result<HistoryEntry[]>>
  live: Live
  close(): Promise<void>
}

/** The scheduler and the first start. It has no sign-in. */
export const SYSTEM: Actor = { id: 'system', name: 'system', role: 'system', unit: '' }

export interface CoreOptions {
  store: Store
  now: () => Date
  /** ms between two patches of a scope */
  tickMs?: number
  /** ms between two proofs */
  proofMs?: number
  failed?: (error: unknown) => void
}

/** Folds the store's log and stands ready. Closing the core leaves the store open. */
export async function openCore(options: CoreOptions): Promise<Core> {
  const { store, now, tickMs = 100, proofMs = 1_000, failed = () => undefined } = options
  const projector = createProjector()
  const world = await foldWorld(store, (page) => projector.fold(page))
  const fanout = createFanout(projector, { tickMs, proofMs })
  const query = createQuery(projector, store)
  const recorded = (events: readonly Recorded[]) => {
    projector.fold(events)
    fanout.stirred()
    for (const event of events) if (event.type === 'MemberEnded') fanout.memberEnded(event.data.member)
  }
  const { dispatch, settled } = createDispatcher(world, { store, now, recorded, failed })
  return {
    dispatch,
    actor: (member) => currentActor(projector.world(), { id: member, name: '', role: 'viewer', unit: '' }),
    frame: () => projector.world().frame,
    now: () => ({ today: projector.world().today, closed: projector.world().closed }),
    ...query,
    live: fanout,
    close: async () => {
      await settled()
      fanout.stop()
    },
  }
}
