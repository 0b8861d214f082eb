/** The only write path: parse → may → decide → append. One transaction for all commands that arrive together. */
import { hash } from 'node:crypto'
import { type Answer, type Command, type Context, decide, parseCommand } from '../../shared/command.ts'
import { emptyWorld, evolve, type World } from '../../shared/domain/world.ts'
import { type Refusal, refuse, type Result } from '../../shared/errors.ts'
import type { DomainEvent, Envelope, Placed, Recorded } from '../../shared/event.ts'
import { type Actor, mayCommand } from '../../shared/policy.ts'
import type { Answered, Entry, Store } from '../store/store.ts'

export interface Dispatcher {
  /** Resolves after the commit. Refused commands leave nothing behind. */
  dispatch(input: unknown, actor: Actor): Promise<Answer>
  /** resolves when nothing is waiting any more */
  settled(): Promise<void>
}

interface Pending {
  command: Command
  actor: Actor
  fingerprint: string
  answer(answer: Answer): void
}

export interface DispatchOptions {
  store: Store
  now: () => Date
  /** committed events, in order; in the same turn as the answers to their commands */
  recorded(events: readonly Recorded[]): void
  /** the disk refused; for the log of the operator */
  failed(error: unknown): void
}

/** Commands that may wait; beyond it the sender is told to come again. */
const QUEUE = 20_000
/** Commands in one transaction at most. */
const BATCH = 1_000
/** Events read at once when the world is folded anew. */
const PAGE = 10_000

const no = (...refusals: Refusal[]): Answer => ({ ok: false, refusals })

/** Folds the store's log into a world. */
export async function foldWorld(store: Store, each?: (page: readonly Recorded[]) => void): Promise<World> {
  const world = emptyWorld()
  for (;;) {
    const page = await store.read(world.seq, PAGE)
    if (page.length === 0) return world
    for (const event of page) evolve(world, event)
    each?.(page)
  }
}

/** `begin` is the world as the store's log has it. */
export function createDispatcher(begin: World, { store, now, recorded, failed }: DispatchOptions): Dispatcher {
  // decided upon, and therefore at times a batch ahead of the disk; only this file sees it
  let world = begin
  /** seq of the last event that was passed on */
  let told = begin.seq
  /** the world may be ahead of the disk: fold it anew before the next decision */
  let behind = false
  const queue: Pending[] = []
  let draining: Promise<void> | null = null

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      await new Promise((resume) => setImmediate(resume))
      const batch = queue.splice(0, BATCH)
      try {
        if (behind) await catchUp()
        await settle(batch)
      } catch (error) {
        failed(error)
        behind = true
        // whoever has been answered stays so
        for (const p of batch) p.answer(no({ code: 'store.readOnly' }))
      }
    }
    draining = null
  }

  /** Decides and appends a batch; made again when another writer was first. */
  async function settle(batch: readonly Pending[]): Promise<void> {
    const ids = batch.map((p) => p.command.id)
    for (;;) {
      // asked again after a conflict: the other writer may have had the same command
      const known = await store.answers(ids)
      const expected = world.seq
      const { entries, answers } = decideAll(batch, known)
      const events = entries.length === 0 ? [] : await store.append(expected, entries)
      if (events !== 'conflict') {
        batch.forEach((p, i) => p.answer(answers[i]!))
        tell(events)
        return
      }
      await catchUp()
    }
  }

  function tell(events: readonly Recorded[]): void {
    if (events.length === 0) return
    told = events.at(-1)!.seq
    try {
      recorded(events)
    } catch (error) {
      failed(error)
      // a view that has missed an event is wrong for ever: let the process end, and the next start fold anew
      setImmediate(() => {
        throw error
      })
    }
  }

  /** Back to what is on disk, with what other writers have added. */
  async function catchUp(): Promise<void> {
    world = await foldWorld(store)
    behind = false
    for (let page = await store.read(told, PAGE); page.length > 0; page = await store.read(told, PAGE)) tell(page)
  }

  function decideAll(batch: readonly Pending[], known: ReadonlyMap<string, Answered>) {
    const entries: Entry[] = []
    const mine = new Map<string, Answered>()
    const at = now().toISOString()
    const answers = batch.map((p): Answer => {
      const first = known.get(p.command.id) ?? mine.get(p.command.id)
      if (first !== undefined)
        return first.fingerprint === p.fingerprint
          ? first.answer
          : no({ code: 'command.idReused', params: { id: p.command.id } })
      const decided = decideOne(p, at)
      if (!Array.isArray(decided)) return decided
      const answer: Answer = { ok: true, seq: world.seq }
      mine.set(p.command.id, { fingerprint: p.fingerprint, answer })
      entries.push({ id: p.command.id, fingerprint: p.fingerprint, answer, events: decided })
      return answer
    })
    return { entries, answers }
  }

  /** The placed events, already folded into the world, or the refusal. */
  function decideOne({ command, actor: asked }: Pending, at: string): Placed[] | Answer {
    const actor = currentActor(world, asked)
    if (actor === undefined) return no({ code: 'may.signIn' })
    const units = world.frame?.units
    if (units === undefined && actor.role !== 'system') return no({ code: 'programme.notOpen' })
    if (units !== undefined && !mayCommand(actor, command.kind, units)) return no({ code: 'may.not' })
    const decision = decided(command, { actor, at })
    if (!decision.ok) return decision
    return decision.value.map((event) => {
      const envelope: Omit<Envelope, 'hash'> = { seq: world.seq + 1, at, actor: actor.id, command: command.id, v: 1 }
      const placed: Placed = Object.assign(event, envelope)
      evolve(world, placed)
      return placed
    })
  }

  /** A decision that fails is its own command's fault, not that of those beside it. */
  function decided(command: Command, context: Context): Result<DomainEvent[]> {
    try {
      return decide(world, command, context)
    } catch (error) {
      failed(error)
      return refuse({ code: 'server.failed' })
    }
  }

  return {
    async dispatch(input, actor) {
      const parsed = parseCommand(input)
      if (!parsed.ok) return parsed
      if (queue.length >= QUEUE) return no({ code: 'command.busy', params: { ms: 1_000 } })
      const command = parsed.value
      const fingerprint = hash('sha256', `${actor.id}\n${command.kind}\n${JSON.stringify(command.data)}`)
      return new Promise((answer) => {
        queue.push({ command, actor, fingerprint, answer })
        draining ??= drain()
      })
    },
    settled: async () => {
      while (draining !== null) await draining
    },
  }
}

/** The actor with the role and unit that the log gives it now; undefined when unknown or ended. */
export function currentActor(world: World, actor: Actor): Actor | undefined {
  if (actor.role === 'system') return actor
  const member = world.members.get(actor.id)
  return member === undefined || member.ended
    ? undefined
    : { id: member.id, name: member.name, role: member.role, unit: member.unit }
}
