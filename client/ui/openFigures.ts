/** What keeps days from being locked, and what a lock takes no late report of: from the rows of the whole. Pure. */
import { isOpenState, OPEN_STATES, type OpenState } from '../../shared/domain/carrying.ts'
import type { Refusal } from '../../shared/errors.ts'
import type { Day } from '../../shared/progress/day.ts'
import type { QueueRow } from '../../shared/view/queueRows.ts'
import type { WorkRow } from '../../shared/view/workRows.ts'

/** Days that would be locked: after `after` (null = from the first), up to and including `through`. */
export interface Period {
  after: Day | null
  through: Day
}
const holds = ({ after, through }: Period, day: Day): boolean => day <= through && (after === null || day > after)

/** Figures of one report in one state; `counters` are keys in the programme's order. */
export interface OpenLine {
  key: string
  unit: string
  day: Day
  state: OpenState
  counters: string[]
}

export interface OpenInput {
  queue: readonly QueueRow[]
  work: readonly WorkRow[]
  /** of a lock that was refused: they name also what has no row */
  refusals: readonly Refusal[]
  period: Period
  /** keys of the counters */
  counters: readonly string[]
  /** place of a unit in the programme's order */
  index(unit: string): number
}

/** What must be named to be carried over: by day, then unit, then state. */
export function openLines({ queue, work, refusals, period, counters, index }: OpenInput): OpenLine[] {
  const found = new Map<string, OpenLine>()
  function add(unit: string, day: Day, state: OpenState, counter: string): void {
    if (!holds(period, day)) return
    const key = `${day}/${unit}/${state}`
    const line = found.get(key) ?? { key, unit, day, state, counters: [] }
    found.set(key, line)
    if (!line.counters.includes(counter)) line.counters.push(counter)
  }
  for (const { unit, day, figures } of queue)
    figures.forEach(({ state }, i) => isOpenState(state) && add(unit, day, state, counters[i]!))
  for (const { unit, day, what, counters: about } of work)
    if (what === 'returned' || what === 'disputed') for (const i of about) add(unit, day, what, counters[i]!)
  for (const { code, params } of refusals) {
    const { unit, day, counter, state } = params ?? {}
    const isOpen = OPEN_STATES.some((open) => open === state)
    if (code === 'period.open' && isOpen) add(String(unit), String(day), state as OpenState, String(counter))
  }
  const lines = [...found.values()]
  for (const line of lines) line.counters.sort((a, b) => counters.indexOf(a) - counters.indexOf(b))
  return lines.sort(
    (a, b) =>
      (a.day < b.day ? -1 : a.day > b.day ? 1 : 0) ||
      index(a.unit) - index(b.unit) ||
      OPEN_STATES.indexOf(a.state) - OPEN_STATES.indexOf(b.state),
  )
}

/** The chosen lines as a lock names them: each report once. */
export function carriedBy(lines: readonly OpenLine[]): { unit: string; day: Day; counters: string[] }[] {
  const reports = new Map<string, { unit: string; day: Day; counters: string[] }>()
  for (const { unit, day, counters } of lines) {
    const report = reports.get(`${day}/${unit}`) ?? { unit, day, counters: [] }
    reports.set(`${day}/${unit}`, report)
    report.counters.push(...counters)
  }
  return [...reports.values()]
}

/** The lines of which a refused lock names a figure. */
export const unnamedIn = (refusals: readonly Refusal[]): Set<string> =>
  new Set(
    refusals.flatMap(({ code, params: p }) =>
      code === 'period.open' ? [`${p!['day']!}/${p!['unit']!}/${p!['state']!}`] : [],
    ),
  )

/** Reports of the days that are missing or partial, by unit in the order of the rows. */
export function lackingIn(work: readonly WorkRow[], period: Period): { unit: string; days: Day[] }[] {
  const rows = work.filter(({ what, day }) => (what === 'missing' || what === 'partial') && holds(period, day))
  return [...Map.groupBy(rows, ({ unit }) => unit)].map(([unit, list]) => ({
    unit,
    days: list.map(({ day }) => day).sort(),
  }))
}
