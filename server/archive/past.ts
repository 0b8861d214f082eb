/** What anything was at an earlier moment of the log: the nearest saved state before it, folded on up to there. */
import { ok, refuse, type Result } from '../../shared/errors.ts'
import { parseScope, scopeExists } from '../../shared/policy.ts'
import type { Patch } from '../../shared/view/patch.ts'
import type { WireRow } from '../../shared/view/wire.ts'
import { seqIn } from '../live/addresses.ts'
import { emptyState, fold } from '../live/state.ts'
import { isHistory, rowsOf, subjectOf } from '../live/views/scope.ts'
import { spanOf } from '../live/views/unit.ts'
import type { Store } from '../store/store.ts'
import type { Checkpoints, Saved } from './checkpoints.ts'
import { after, BEGINNING, type Position } from './position.ts'
import { createShelf } from './shelf.ts'

/** A seq of the log, or a moment (ISO 8601): the last seq before the first event recorded later than it. */
export type AsOf = number | string

export interface Past {
  /**
   * All rows of the scope as they were, as a `reset` whose `to` is the seq. Refused as `asOf.beforeOpening`,
   * `asOf.future`, or `scope.unknown` when there was no such thing then.
   */
  changes(scope: string, asOf: AsOf): Promise<Result<Patch>>
  /** the days of a month of a unit by any address that they ever had (`addressAt`); `scope.unknown` by any other */
  span(unit: string, month: string, address: string): Promise<Result<{ days: readonly WireRow[] }>>
  /** the log has grown to this seq: a checkpoint may be due. Returns at once */
  grown(seq: number): void
  close(): Promise<void>
}

export interface PastOptions {
  store: Store
  /** where states are kept; null: nowhere, and what is asked is folded from the beginning or from a state still at hand */
  checkpoints: Checkpoints | null
  /** a checkpoint could not be made */
  failed(error: unknown): void
}

/** Events folded without letting others run. */
const PAGE = 2_000
/** States that are kept at hand for the next question about the same moment, and bytes of those kept between others. */
const WARM = 3
const ROOM = 64_000_000
/** ms after the last question for which all these are kept */
const WARM_MS = 10 * 60_000
/** Events by which a state has to be ahead of one nearer at hand to be worth reading. */
const WORTH = 1_000

/** Takes one question at a time: those that wait profit from the states that the one before has left. */
export function createPast({ store, checkpoints, failed }: PastOptions): Past {
  /** the last used first */
  const warm: Saved[] = []
  const shelf = createShelf(ROOM)
  let working: Promise<unknown> = Promise.resolve()
  let cooling: NodeJS.Timeout | undefined
  let keeping = false

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = working.then(work)
    working = mine.catch(() => undefined)
    return mine
  }

  /** Runs on the state as of the last event that `reached` lets through; a refusal when there is none, or no programme. */
  function at<T>(asOf: AsOf, run: (held: Saved) => Promise<Result<T>>): Promise<Result<T>> {
    return inTurn(async () => {
      const head = await store.head()
      const moment = typeof asOf === 'string' ? Date.parse(asOf) : Infinity
      const seq = typeof asOf === 'number' ? asOf : head
      if (seq > head) return refuse({ code: 'asOf.future', params: { head } })
      const held = await foldTo(seq, moment)
      keepWarm(held)
      return held.state.world.setting === null ? refuse({ code: 'asOf.beforeOpening' }) : run(held)
    })
  }

  /** The state after the last event that is not after the seq and not behind the first one later than the moment. */
  async function foldTo(seq: number, moment: number, leave = leaveBoth): Promise<Saved> {
    const reached = (position: Position) => position.seq <= seq && position.moment <= moment
    const { state, position: begin } = await nearest(reached)
    let position = begin
    while (position.seq < seq) {
      const page = await store.read(position.seq, Math.min(PAGE, seq - position.seq))
      if (page.length === 0) break
      for (const event of page) {
        const next = after(position, event)
        if (!reached(next)) return { position, state }
        fold(state, event)
        position = next
      }
      leave({ position, state }, await store.head())
      await new Promise((resume) => setImmediate(resume))
    }
    return { position, state }
  }

  /** The latest state at hand or kept that is not too late. It is handed over, not lent. */
  async function nearest(reached: (position: Position) => boolean): Promise<Saved> {
    const best = warm.filter(({ position }) => reached(position)).sort((a, b) => b.position.seq - a.position.seq)[0]
    const above = best === undefined ? 0 : best.position.seq + WORTH
    const shelved = shelf.latest(reached, above)
    const saved = await checkpoints?.latest(reached, shelved === undefined ? above : shelved.position.seq + WORTH)
    const kept = saved ?? shelved
    if (kept !== undefined) return kept
    if (best === undefined) return { position: BEGINNING, state: emptyState() }
    warm.splice(warm.indexOf(best), 1)
    return best
  }

  function leaveCheckpoint(saved: Saved, head: number): void {
    if (checkpoints?.wanted(saved.position.seq, head) === true) checkpoints.save(saved)
  }

  function leaveBoth(saved: Saved, head: number): void {
    leaveCheckpoint(saved, head)
    if (shelf.wanted(saved.position.seq, head)) shelf.put(saved)
  }

  function keepWarm(held: Saved): void {
    warm.unshift(held)
    warm.splice(WARM)
    clearTimeout(cooling)
    cooling = setTimeout(cool, WARM_MS).unref()
  }

  function cool(): void {
    warm.splice(0)
    shelf.clear()
  }

  return {
    changes: (scope, asOf) =>
      at(asOf, async ({ state }) => {
        const parsed = parseScope(scope)
        if (parsed === undefined || !scopeExists(parsed, state.world))
          return refuse({ code: 'scope.unknown', params: { scope } })
        const { seq } = state.world
        const history = isHistory(scope) ? await store.bySubject(subjectOf(scope)) : []
        const rows = rowsOf(
          state,
          scope,
          history.filter((event) => event.seq <= seq),
        )
        return ok({ scope, from: 0, to: seq, rows, reset: true })
      }),
    span: (unit, month, address) =>
      at(seqIn(address), async ({ state }) => {
        const span = spanOf(state, unit, month)
        return span?.address === address
          ? ok({ days: span.days })
          : refuse({ code: 'scope.unknown', params: { scope: unit } })
      }),
    grown(seq) {
      if (keeping || checkpoints?.wanted(seq, seq) !== true) return
      keeping = true
      inTurn(() => foldTo(seq, Infinity, leaveCheckpoint))
        .catch(failed)
        .finally(() => (keeping = false))
    },
    close: async () => {
      clearTimeout(cooling)
      await working
    },
  }
}
