/** Folds recorded events into rows and remembers when each last changed. Knows no network and no clock. */
import { reportAt } from '../../shared/domain/book.ts'
import { emptyWorld, evolve, type World } from '../../shared/domain/world.ts'
import type { Recorded } from '../../shared/event.ts'
import type { Patch } from '../../shared/view/patch.ts'
import { createLedger } from './ledger.ts'
import { digestNow, emptyScope, enter, renew, rowsSince, type Scope, type Slot } from './recency.ts'
import { isClockEvent, isReportEvent, type State, type View } from './view.ts'
import { createChangeView } from './views/change.ts'
import { createDayView } from './views/day.ts'
import { dueView } from './views/due.ts'
import { createIssueView, createStepView } from './views/issue.ts'
import { memberView } from './views/member.ts'
import { nowView } from './views/now.ts'
import { createPaceView } from './views/pace.ts'
import { programmeView } from './views/programme.ts'
import { createReportView } from './views/report.ts'
import { totalView } from './views/total.ts'

export interface Projector {
  /** seq of the last event folded */
  seq(): number
  world(): World
  fold(events: readonly Recorded[]): void
  changes(scope: string, since: number): Patch
  /** digest of the scope's rows as they stand */
  digest(scope: string): string
}

export function createProjector(): Projector {
  const state: State = { world: emptyWorld(), ledger: null }
  const scopes = new Map<string, Scope>()
  /** slots touched by the fold that is under way */
  const touched: Slot[] = []
  let turn = 0
  const views = [
    programmeView,
    nowView,
    createDayView(),
    totalView,
    createPaceView(),
    dueView,
    createChangeView(),
    createReportView(),
    createIssueView(),
    createStepView(),
    memberView,
  ].map((view) => ({ view, mark: marker(view) }))

  function scopeOf(name: string): Scope {
    let scope = scopes.get(name)
    if (scope === undefined) scopes.set(name, (scope = emptyScope()))
    return scope
  }

  /** Takes the names of a view's rows that an event touches. */
  function marker(view: View): (id: string) => void {
    const slots = new Map<string, Slot>()
    return (id) => {
      let slot = slots.get(id)
      if (slot === undefined) {
        slot = { seq: 0, turn: 0, row: null, build: () => view.build(id, state), in: [] }
        for (const name of view.scopes(id, state)) enter(scopeOf(name), slot)
        slots.set(id, slot)
      }
      slot.seq = state.world.seq
      if (slot.turn === turn) return
      slot.turn = turn
      touched.push(slot)
    }
  }

  function take(event: Recorded): void {
    const { world } = state
    const about = isReportEvent(event) ? event.data : null
    const before = about === null ? undefined : reportAt(world.book, about.unit, about.day)
    evolve(world, event)
    if (event.type === 'ProgrammeOpened') state.ledger = createLedger(world.frame!, world)
    if (about !== null)
      state.ledger!.report(about.unit, about.day, before, reportAt(world.book, about.unit, about.day)!)
    const owing = state.ledger !== null && isClockEvent(event) ? state.ledger.advance() : []
    const change = { event, before, owing }
    for (const { view, mark } of views) view.fold(change, state, mark)
  }

  function fold(events: readonly Recorded[]): void {
    turn++
    for (const event of events) take(event)
    touched.sort((a, b) => a.seq - b.seq)
    for (const slot of touched) renew(slot)
    touched.length = 0
  }

  return {
    seq: () => state.world.seq,
    world: () => state.world,
    fold,
    changes(scope, since) {
      const held = scopes.get(scope)
      return { scope, from: since, to: state.world.seq, rows: held === undefined ? [] : rowsSince(held, since) }
    },
    digest: (scope) => digestNow(scopeOf(scope)),
  }
}
