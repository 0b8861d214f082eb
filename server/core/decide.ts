/** Decides the commands of a batch, one after the other, each on what those before it have left. */
import {
  type Accepted,
  type Answer,
  basesOf,
  type Command,
  decideInSteps,
  type Prospect,
} from '../../shared/command.ts'
import type { Decision, InSteps } from '../../shared/domain/noun.ts'
import { forkWorld, type World } from '../../shared/domain/world.ts'
import { type Refusal, refuse } from '../../shared/errors.ts'
import { type DomainEvent, evolve, type Placed, subjectOf, versionOf } from '../../shared/event.ts'
import { type Actor, covers, mayCommand } from '../../shared/policy.ts'
import type { Day } from '../../shared/progress/day.ts'
import type { Answered, Entry } from '../store/store.ts'
import { type Earlier, earlier, stoodIn } from './earlier.ts'
import type { Fingerprint } from './fingerprint.ts'

/** A command that waits to be decided. */
export interface Asked extends Fingerprint {
  command: Command
  actor: Actor
  /** it is only to be said what would happen */
  dryRun: boolean
}

export interface Decided {
  /** what is to be appended */
  entries: Entry[]
  /** answers to the first commands of those asked, in their order; they hold once the entries are on disk */
  answers: Answer[]
}

export interface DecideOptions {
  /** of the world as it is shown; decided on a fork of it, which is dropped */
  world: World
  /** moment of acceptance, ISO 8601 */
  at: string
  /** commands that are on disk already: those asked, and those that they are based on */
  known: ReadonlyMap<string, Earlier>
  /** a decision that fails is its own command's fault, not that of those beside it */
  failed(error: unknown): void
  /** called now and then: lets others run */
  breathe(): Promise<void>
}

/** Events of one transaction at most, which is written in one go; a command that has more by itself is alone in it. */
const EVENTS = 2_000
/** Refusals of a command that are named (H13). */
const REFUSALS = 2_000
/** Commands and events that are decided without letting others run, and bytes of data that count as one more. */
const SLICE = 250
const SLICE_BYTES = 200

export const no = (...refusals: Refusal[]): Answer => ({ ok: false, refusals })

/** Decides until the transaction is full. Refused commands leave nothing behind in those that follow. */
export async function decideBatch(asked: readonly Asked[], options: DecideOptions): Promise<Decided> {
  const { at, known, failed, breathe } = options
  const world = forkWorld(options.world)
  const entries: Entry[] = []
  const answers: Answer[] = []
  const mine = new Map<string, Earlier>()
  const accepted = (id: string) => known.get(id) ?? mine.get(id)
  /** events that the fork does not hold yet: those of the last command are seen by nobody */
  let ahead: Placed[] = []
  let seq = world.seq
  let events = 0
  let bytes = 0
  let breath = SLICE

  /** Null when it has to wait for the next transaction: its events have no room, or it rests on what is not shown yet. */
  async function answerTo({ command, actor: asking, fingerprint, dryRun }: Asked): Promise<Answer | null> {
    const first = accepted(command.id)
    if (first !== undefined)
      return first.fingerprint === fingerprint
        ? answered(first)
        : no({ code: 'command.idReused', params: { id: command.id } })
    for (const event of ahead) evolve(world, event)
    ahead = []
    if (restsOnOffer(command)) return null
    const decision = await decideOne(command, asking)
    if (!decision.ok) return decision
    const { refused = null } = decision
    if (dryRun) {
      const would = decision.value.map(prospectOf)
      return { ...answered({ seq, happened: [], refused }), would }
    }
    if (entries.length > 0 && events + decision.value.length > EVENTS) return null
    const placed = decision.value.map((event) => place(event, command.id, asking.id))
    ahead = placed
    const answer = {
      seq,
      happened: placed.map((event) => ({ subject: subjectOf(event), version: event.seq })),
      refused,
    }
    const stood = stoodIn(world, command, asking.id, placed, refused ?? [])
    mine.set(command.id, earlier({ ...answer, fingerprint, actor: asking.id, stood }, placed))
    entries.push({ id: command.id, fingerprint, actor: asking.id, seq, events: placed, stood, refused })
    events += placed.length
    return answered(answer)
  }

  /** True for the answer to an offer of this batch: only when that is shown can what its basis names be looked up. */
  const restsOnOffer = (command: Command): boolean =>
    world.offers.size > options.world.offers.size &&
    basesOf(command, world).length > basesOf(command, options.world).length

  async function decideOne(command: Command, asking: Actor): Promise<Decision<DomainEvent>> {
    const actor = currentActor(world, asking)
    if (actor === undefined) return refuse({ code: 'may.signIn' })
    const units = world.setting?.units
    if (units === undefined && actor.role !== 'system') return refuse({ code: 'programme.notOpen' })
    const may = (unit?: string) => units === undefined || mayCommand(actor, command.kind, units, unit)
    if (!may()) return refuse({ code: 'may.not' })
    const basisVersion = (id: string, unit: string, day: Day, counter: string) => {
      const basis = accepted(id)
      return basis?.actor === actor.id ? basis.versionOf({ unit, day }, counter) : undefined
    }
    try {
      const steps = decideInSteps(world, command, {
        actor,
        at,
        may,
        covers: (role, unit) => units === undefined || covers(actor, units, role, unit),
        basisVersion,
      })
      const decided = await unhurried(steps)
      return decided.ok ? decided : { ok: false, refusals: decided.refusals.slice(0, REFUSALS) }
    } catch (error) {
      failed(error)
      return refuse({ code: 'server.failed' })
    }
  }

  /** The fork is of nobody else, and what it is of does not move before this batch is written: others may run in between. */
  async function unhurried<T>(steps: InSteps<T>): Promise<T> {
    for (;;) {
      const step = steps.next()
      if (step.done === true) return step.value
      await breathe()
    }
  }

  const place = (event: DomainEvent, command: string, actor: string): Placed =>
    Object.assign(event, { seq: ++seq, at, actor, command, v: versionOf(event) })

  for (const each of asked) {
    const answer = await answerTo(each)
    if (answer === null) break
    answers.push(answer)
    bytes += each.size
    const done = events + answers.length + bytes / SLICE_BYTES
    if (done < breath) continue
    breath = done + SLICE
    await breathe()
  }
  return { entries, answers }
}

const prospectOf = (event: DomainEvent): Prospect => ({
  type: event.type,
  subject: subjectOf(event),
  ...('values' in event.data && { values: event.data.values }),
  ...('confirmed' in event.data && { confirmed: event.data.confirmed }),
})

const answered = ({ seq, happened, refused }: Pick<Answered, 'seq' | 'happened' | 'refused'>): Accepted => ({
  ok: true,
  seq,
  happened,
  ...(refused !== null && { refused }),
})

/** The actor with the role and unit that the log gives it now; undefined when unknown or ended. */
export function currentActor(world: World, actor: Actor): Actor | undefined {
  if (actor.role === 'system') return actor
  const member = world.members.get(actor.id)
  return member === undefined || member.ended
    ? undefined
    : {
        id: member.id,
        name: member.name,
        role: member.role,
        unit: member.unit,
        tasks: member.tasks,
        ...(member.machine && { machine: member.machine }),
      }
}

/** Who has the work of a member that was handed over, and perhaps again; undefined where it was not, or that one has ended. */
export function heirOf(world: World, member: string): Actor | undefined {
  let id = world.members.get(member)?.heir
  for (let next = id; next !== undefined; next = world.members.get(next)?.heir) id = next
  return id === undefined ? undefined : currentActor(world, { id, name: '', role: 'viewer', unit: '' })
}
