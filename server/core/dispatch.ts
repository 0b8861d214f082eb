/** The only write path: what → may → parse → decide → append → fold. One transaction for the commands that arrive together. */
import { type Answer, type Envelope, parseData, parseEnvelope, SYSTEM_ID } from '../../shared/command.ts'
import type { World } from '../../shared/domain/world.ts'
import type { Refusal } from '../../shared/errors.ts'
import { LogFault, type Recorded } from '../../shared/event.ts'
import { type Actor, mayCommand } from '../../shared/policy.ts'
import { sizeFault } from '../../shared/schema.ts'
import type { Store } from '../store/store.ts'
import { CLOSING } from './closing.ts'
import { type Asked, currentActor, decideBatch, no } from './decide.ts'
import { breathe, createFollower, LogCut } from './follow.ts'
import { earlierIn } from './earlier.ts'
import { fingerprintOf } from './fingerprint.ts'

export interface Dispatcher {
  /** Resolves after the commit. Refused commands leave nothing behind. */
  dispatch(input: unknown, actor: Actor): Promise<Answer>
  /** the log has grown, by whomever: what is not folded yet is folded soon */
  grown(head: number): void
  /** folds what the log has beyond the world; for the start */
  catchUp(): Promise<void>
  /** from now on every command is `server.closing`; resolves when those that were taken before are answered */
  close(): Promise<void>
  /** what waits and is not being written is refused as well */
  hurry(): void
  load(): Load
}

/** How much there is to do. */
export interface Load {
  /** commands that are not answered yet */
  waiting: number
  /** seq that is shown, and that of the newest event that is known to be in the log */
  shown: number
  head: number
}

interface Pending extends Asked {
  answer(answer: Answer): void
}

export interface DispatchOptions {
  store: Store
  /** the world that is shown; only `fold` moves it */
  world: () => World
  /** folds committed events into what is shown */
  fold(events: readonly Recorded[]): void
  now: () => Date
  /** ms of a clock that only goes forward */
  elapsed: () => number
  /** a transaction is on disk, after so many ms */
  committed(commands: number, events: number, ms: number): void
  /** the disk refused, or a decision failed; for the log of the operator */
  failed(error: unknown): void
  /** what is shown cannot be kept up with the log any more */
  lost(error: unknown): void
}

/** Commands that may wait; beyond it the sender is told to come again. */
const QUEUE = 20_000
/** Commands in one transaction at most, and bytes of their data: what is decided in a moment, in whatever order. */
const BATCH = 1_000
const BATCH_BYTES = 100_000
/** ms after which the log is read again, when that failed */
const AGAIN_MS = 1_000

export function createDispatcher(options: DispatchOptions): Dispatcher {
  const { store, world, fold, now, elapsed, committed, failed, lost } = options
  const queue: Pending[] = []
  let draining: Promise<void> | null = null
  const { catchUp, foldAll } = createFollower({ store, world, fold })
  /** newest head that was heard of */
  let heard = 0
  let again: NodeJS.Timeout | undefined
  let closing = false
  let hurried = false
  /** newest that was written or heard of, and commands that are being decided or written */
  let head = 0
  let deciding = 0

  async function drain(): Promise<void> {
    for (;;) {
      // what arrives in the same turn shares the transaction
      await breathe()
      if (hurried) refuseWaiting()
      const batch = takeBatch()
      deciding = batch.length
      try {
        if (heard > world().seq) await catchUp()
        if (batch.length > 0) await settle(batch)
      } catch (error) {
        failed(error)
        // whoever has been answered stays so
        for (const p of batch) p.answer(no({ code: 'store.readOnly' }))
        if (error instanceof LogFault || error instanceof LogCut) lost(error)
        else if (heard > world().seq) again ??= setTimeout(tryAgain, AGAIN_MS, heard)
        heard = 0
      }
      deciding = 0
      if (queue.length === 0 && heard <= world().seq) break
    }
    draining = null
  }

  function refuseWaiting(): void {
    for (const { answer } of queue.splice(0)) answer(no(CLOSING))
  }

  function tryAgain(head: number): void {
    again = undefined
    grown(head)
  }

  function grown(to: number): void {
    heard = Math.max(heard, to)
    head = Math.max(head, to)
    if (heard > world().seq) draining ??= drain()
  }

  /** Where more waits than is done in a moment, who has least waiting comes first; one person's stay in their order. */
  function inTurn(): void {
    const waiting = new Map<string, number>()
    let bytes = 0
    for (const { actor, size } of queue) {
      bytes += size
      waiting.set(actor.id, (waiting.get(actor.id) ?? 0) + size)
    }
    if (bytes <= BATCH_BYTES && queue.length <= BATCH) return
    queue.sort((a, b) => waiting.get(a.actor.id)! - waiting.get(b.actor.id)!)
  }

  function takeBatch(): Pending[] {
    inTurn()
    let n = 0
    let bytes = 0
    while (n < queue.length && n < BATCH && (n === 0 || bytes + queue[n]!.size <= BATCH_BYTES))
      bytes += queue[n++]!.size
    return queue.splice(0, n)
  }

  /** Decides, appends and folds; decided again when another writer was first. What does not fit waits on. */
  async function settle(batch: readonly Pending[]): Promise<void> {
    const commands = batch.map(({ command }) => command)
    for (;;) {
      // asked again after a conflict: the other writer may have had the same command
      const known = await earlierIn(store, world(), commands)
      const expected = world().seq
      const at = now().toISOString()
      const { entries, answers } = await decideBatch(batch, { world: world(), at, known, failed, breathe })
      const began = elapsed()
      const events = entries.length > 0 ? await store.append(expected, entries) : await unlessGrown(expected)
      if (events !== 'conflict' && events.length > 0) committed(entries.length, events.length, elapsed() - began)
      if (events === 'conflict') {
        await catchUp()
        continue
      }
      queue.unshift(...batch.slice(answers.length))
      await show(events, batch, answers)
      return
    }
  }

  /** A refusal, too, holds only for the head that it was decided on. */
  async function unlessGrown(expected: number): Promise<Recorded[] | 'conflict'> {
    return (await store.head()) === expected ? [] : 'conflict'
  }

  /** Folds the events, and answers each command when its own are shown. */
  async function show(events: readonly Recorded[], batch: readonly Pending[], answers: readonly Answer[]) {
    let answered = 0
    const answerUpTo = (seq: number) => {
      for (; answered < answers.length; answered++) {
        const answer = answers[answered]!
        if (answer.ok && answer.seq > seq) return
        batch[answered]!.answer(answer)
      }
    }
    try {
      await foldAll(events, answerUpTo)
    } finally {
      // they are on disk, whatever became of the fold
      answerUpTo(Infinity)
    }
  }

  /** Before its data are read: who may not send it has nothing of it looked at. A member's role and unit never change. */
  function deniedBefore({ id, kind, data }: Envelope, asking: Actor): Refusal | null {
    if (asking.role === 'system') return null
    if (id.startsWith(SYSTEM_ID)) return { code: 'command.idReserved', at: 'id' }
    // somebody who was added elsewhere a moment ago is asked about when it is decided
    const actor = currentActor(world(), asking) ?? asking
    if (world().members.get(actor.id)?.ended === true) return { code: 'may.signIn' }
    const units = world().setting?.units
    return units !== undefined && !mayCommand(actor, kind, units) ? { code: 'may.not' } : sizeFault(data)
  }

  return {
    async dispatch(input, actor) {
      const asked = parseEnvelope(input)
      if (!asked.ok) return asked
      const denied = deniedBefore(asked.value, actor)
      if (denied !== null) return no(denied)
      const parsed = parseData(asked.value)
      if (!parsed.ok) return parsed
      if (closing) return no(CLOSING)
      if (queue.length >= QUEUE) return no({ code: 'command.busy', params: { ms: 1_000 } })
      const command = parsed.value
      return new Promise((answer) => {
        queue.push({ command, actor, dryRun: asked.value.dryRun, ...fingerprintOf(command, actor.id), answer })
        draining ??= drain()
      })
    },
    grown,
    catchUp,
    close: async () => {
      closing = true
      clearTimeout(again)
      while (draining !== null) await draining
    },
    hurry() {
      hurried = true
    },
    load: () => ({ waiting: queue.length + deciding, shown: world().seq, head: Math.max(head, world().seq) }),
  }
}
