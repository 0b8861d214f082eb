/** What a view is: one noun's rows, kept up by events, built when somebody asks. */
import type { Recorded, Values } from '../../shared/event.ts'
import type { Report, World } from '../../shared/domain/world.ts'
import type { Person, Row, RowKind } from '../../shared/view/rows.ts'
import type { Ledger, Owing } from './ledger.ts'

export interface State {
  world: World
  /** null until a programme is open */
  ledger: Ledger | null
}

/** An event, and what it did to the report that it is about. */
export interface Change {
  event: Recorded
  /** as it stood; undefined when there was none, or the event is about no report */
  before: Report | undefined
  /** reports that have just become owed, or are estimated otherwise */
  owing: readonly Owing[]
}

export interface View {
  kind: RowKind
  /** takes in an event that the state already holds; marks the rows (ids) that may have changed */
  fold(change: Change, state: State, mark: (id: string) => void): void
  /** the row as it stands; a pure function of what has been folded */
  build(id: string, state: State): Row
  /** the scopes that the row belongs to, the same for ever */
  scopes(id: string, state: State): readonly string[]
}

export const person = (world: World, id: string): Person => ({ id, name: world.members.get(id)?.name ?? id })

/** Splits `a/b/c`; ids never hold a slash inside a part. */
export const partsOf = (id: string): string[] => id.split('/')

/** `a/b` as one and the same string each time: a fold names the same rows again and again. */
export function pairIds(): (a: string, b: string | number) => string {
  const known = new Map<string, Map<string | number, string>>()
  return (a, b) => {
    let inner = known.get(a)
    if (inner === undefined) known.set(a, (inner = new Map()))
    let id = inner.get(b)
    if (id === undefined) inner.set(b, (id = `${a}/${b}`))
    return id
  }
}

/** The four events about a report. */
export type ReportEvent = Extract<
  Recorded,
  { type: 'ReportSubmitted' | 'ReportRestated' | 'ReportDisputed' | 'DisputeSettled' }
>

export function isReportEvent(event: Recorded): event is ReportEvent {
  switch (event.type) {
    case 'ReportSubmitted':
    case 'ReportRestated':
    case 'ReportDisputed':
    case 'DisputeSettled':
      return true
    default:
      return false
  }
}

/** Does the event move the clock of the log, and with it what is due? */
export const isClockEvent = (event: Recorded): boolean =>
  event.type === 'DayBegan' || event.type === 'DeadlinePassed' || event.type === 'ProgrammeOpened'

/** Values in the order of the programme's counters; blank is null. */
export const inOrder = (state: State, values: Values): (number | null)[] =>
  state.ledger!.frame.programme.counters.map((c) => values[c.key] ?? null)
