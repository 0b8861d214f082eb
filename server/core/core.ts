/** The core: one write path, one read path, and the live feed, over one store. */
import type { Answer } from '../../shared/command.ts'
import { nameTaken } from '../../shared/domain/member.ts'
import type { Silences } from '../../shared/domain/silence.ts'
import type { Member, Setting, World } from '../../shared/domain/world.ts'
import type { Recorded } from '../../shared/event.ts'
import type { Actor } from '../../shared/policy.ts'
import { createPast, type Past } from '../archive/past.ts'
import { createFanout, type Live } from '../live/fanout.ts'
import { createProjector } from '../live/projector.ts'
import type { State } from '../live/state.ts'
import type { Store } from '../store/store.ts'
import { currentActor, heirOf } from './decide.ts'
import { createDispatcher, type Load } from './dispatch.ts'
import { createQuery, type Query } from './query.ts'

/** The clock of the log; see `World`. */
export type ClockNow = Pick<World, 'today' | 'closed' | 'over' | 'doubted' | 'setAt' | 'seq'> &
  Pick<Silences, 'reached'>

export interface Core extends Query {
  /** the only write path; resolves after the commit. `input` is anything from outside, or a Command */
  dispatch(input: unknown, actor: Actor): Promise<Answer>
  /** a member as an actor; undefined when unknown or ended */
  actor(member: string): Actor | undefined
  /** whoever has a member's work by now, where it was handed over; undefined where nobody has */
  heir(member: string): Actor | undefined
  /** machines that have not ended */
  machines(): Member[]
  /** of a member, ended or not; the id where nobody is known by it */
  nameOf(member: string): string
  /** true when a living member has the name (M4) */
  nameTaken(name: string): boolean
  /** null until a programme is open */
  setting(): Setting | null
  now(): Pick<ClockNow, 'today' | 'closed'>
  /** the same and more, for whoever moves it */
  clock(): ClockNow
  live: Live
  /** No command is taken any more (`server.closing`). Resolves when those that were taken are answered; what is shown goes on. */
  drain(): Promise<void>
  /** what waits to be decided is refused as well; together with `drain` */
  hurry(): void
  load(): Load
  close(): Promise<void>
}

/** The scheduler and the first start. It has no sign-in. */
export const SYSTEM: Actor = { id: 'system', name: 'system', role: 'system', unit: '' }

export interface CoreOptions {
  store: Store
  now: () => Date
  /** ms of a clock that only goes forward; it stands still unless told, which does where nobody watches */
  elapsed?: () => number
  /** a state of this log, which is folded on; from its beginning unless told. The core owns it from now on */
  begin?: State
  /** in a thread of its own; without it what is asked of the past is folded in this one */
  past?: Past
  /** ms between two patches of a scope: at the least, and under load at the most */
  tickMs?: number
  slowestMs?: number
  failed?: (error: unknown) => void
  /** a transaction of commands and their events is on disk, after so many ms */
  committed?: (commands: number, events: number, ms: number) => void
  /** what is shown cannot be kept up with the log any more: the process ends, unless told otherwise */
  lost?: (error: unknown) => void
}

/** Folds the store's log and stands ready. Closing the core leaves the store open. Rejects with a LogFault or LogCut. */
export async function openCore(options: CoreOptions): Promise<Core> {
  const { store, now, elapsed = () => 0, begin, tickMs = 100, slowestMs = 400 } = options
  const { failed = () => undefined, committed = () => undefined, lost = endProcess } = options
  const past = options.past ?? createPast({ store, checkpoints: null, failed })
  const projector = createProjector({ now: elapsed, ...(begin === undefined ? {} : { state: begin }) })
  const { scopes } = projector
  const state = projector.state()
  const fanout = createFanout(scopes, { tickMs, slowestMs, elapsed })
  const show = (events: readonly Recorded[]) => {
    projector.fold(events)
    for (const { type, data } of events) {
      if (type === 'MemberEnded') fanout.memberEnded(data.member)
      if (type === 'TasksAssigned' || type === 'WorkTakenOver') fanout.tasksChanged(data.member)
    }
    fanout.scheduleFlush()
    past.grown(state.world.seq)
  }
  const dispatcher = createDispatcher({
    store,
    world: () => state.world,
    fold: show,
    now,
    elapsed,
    committed,
    failed,
    lost,
  })
  const deaf = store.tail((head) => dispatcher.grown(head))
  await dispatcher.catchUp()
  return {
    dispatch: (input, actor) => dispatcher.dispatch(input, actor),
    actor: (member) => currentActor(state.world, { id: member, name: '', role: 'viewer', unit: '' }),
    heir: (member) => heirOf(state.world, member),
    machines: () =>
      [...state.world.members.entries()].flatMap(([, m]) => (m.ended || m.machine === undefined ? [] : [m])),
    nameOf: (member) => state.world.members.get(member)?.name ?? member,
    nameTaken: (name) => nameTaken(state.world.members, name),
    setting: () => state.world.setting,
    now: () => ({ today: state.world.today, closed: state.world.closed }),
    clock() {
      const { today, closed, over, doubted, setAt, seq, silence } = state.world
      return { today, closed, over, doubted, setAt, seq, reached: silence.reached }
    },
    ...createQuery({ state, scopes, store, past, now }),
    live: fanout,
    drain: () => dispatcher.close(),
    hurry: () => dispatcher.hurry(),
    load: () => dispatcher.load(),
    close: async () => {
      deaf()
      await dispatcher.close()
      fanout.stop()
      await past.close()
    },
  }
}

/** What is shown would be wrong for ever; the next start folds anew, or says what is wrong with the log. */
function endProcess(error: unknown): void {
  setImmediate(() => {
    throw error
  })
}
