/** Which view a scope is seen by. */
import type { Recorded } from '../../../shared/event.ts'
import { parseScope } from '../../../shared/policy.ts'
import { encodeRow, type UnitIndex, type WireRow } from '../../../shared/view/wire.ts'
import type { State } from '../state.ts'
import { calendarView } from './calendar.ts'
import { historyView } from './history.ts'
import { issuesView, issueView } from './issues.ts'
import { peopleView } from './people.ts'
import { programmeView } from './programme.ts'
import { queueView } from './queue.ts'
import { sheetView } from './sheet.ts'
import { silenceView } from './silence.ts'
import { unitView } from './unit.ts'
import { workView } from './work.ts'
import { NOTHING, type View } from './view.ts'

/**
 * The view of a scope over a state that is folded on in place; to be made anew when the programme changes. `history`
 * are the stored events about the subject of a history scope. Throws a RangeError for what is no scope.
 */
export function viewOf(state: State, name: string, history: readonly Recorded[] = []): View {
  const scope = parseScope(name)
  if (scope === undefined) throw new RangeError(`no such scope: ${name}`)
  const { ledger, world } = state
  const isKnown = (unit: string) => world.setting?.units.get(unit) !== undefined
  switch (scope.kind) {
    case 'programme':
      return programmeView(state)
    case 'people':
      return peopleView(state)
    case 'issues':
      return issuesView(state)
    case 'issue':
      return issueView(state, scope.issue)
    case 'unit':
      return ledger === null || !isKnown(scope.unit) ? NOTHING : unitView(state, ledger, scope.unit)
    case 'sheet':
      return ledger === null || !isKnown(scope.unit) ? NOTHING : sheetView(state, ledger, scope.unit, scope.day)
    case 'calendar':
      return ledger === null || !isKnown(scope.unit) ? NOTHING : calendarView(state, ledger, scope.unit)
    case 'work':
      return ledger === null || !isKnown(scope.unit) ? NOTHING : workView(state, scope.unit)
    case 'silence':
      return ledger === null || !isKnown(scope.unit) ? NOTHING : silenceView(state, ledger, scope.unit)
    case 'queue':
      return ledger === null || !isKnown(scope.unit) ? NOTHING : queueView(state, scope.unit)
    case 'history':
      return historyView(state, subjectOf(name), history)
  }
}

/** True for scopes whose rows come from stored events. */
export const isHistory = (scope: string): boolean => scope.startsWith('history:')

/** The subject that a history scope is about. */
export const subjectOf = (scope: string): string => scope.slice('history:'.length)

/** Units of the open programme; without one there is no row that names a unit. */
export const unitsOf = ({ world }: State): UnitIndex => world.setting?.units ?? NO_UNITS

const NO_UNITS: UnitIndex = {
  index: () => -1,
  at(index) {
    throw new RangeError(`no unit at ${index}`)
  },
}

/** All rows of a scope as they stand in the state. Throws a RangeError for what is no scope. */
export function rowsOf(state: State, scope: string, history: readonly Recorded[] = []): WireRow[] {
  const view = viewOf(state, scope, history)
  const rows: WireRow[] = []
  for (const key of view.keys()) {
    const row = view.row(key)
    if (row !== null) rows.push(encodeRow(row, unitsOf(state)))
  }
  return rows
}
