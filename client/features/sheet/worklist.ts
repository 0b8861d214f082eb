/** One list of what waits for an official: what is on this device and not accepted, then what the log says, of any day. Pure. */
import type { Day } from '../../../shared/progress/day.ts'
import type { OfferRow } from '../../../shared/view/rows.ts'
import { WORK_KINDS, type WorkRow } from '../../../shared/view/workRows.ts'
import { type CellKey, counterOf, unitOf } from './cells.ts'
import type { Todo } from './todo.ts'

/** `todo`: of the day shown, with all that can be done about it; `row`, `offer`: of another day; `drafts`: typing kept for another sheet; `open`: of what today has nothing yet; `unfinished`: what of today is partial. */
export type Item = {
  key: string
  unit: string
  day: Day
  /** keys of the counters that it is about; empty = all */
  counters: readonly string[]
  /** an item of supervision is open about it */
  supervised: boolean
} &
  /** `todos`: all that the report wants of the kind, the first of them again as `todo` */
  (
    | { of: 'todo'; what: Todo['kind']; todo: Todo; todos: readonly Todo[] }
    /** `days`: all on which the unit has reported nothing, `day` among them; of anything else its day */
    | { of: 'row'; what: WorkRow['what']; row: WorkRow; days: readonly Day[] }
    | { of: 'offer'; what: 'offer'; offer: OfferRow }
    | { of: 'drafts'; what: 'drafts'; draft: DraftSheet }
    | { of: 'open'; what: 'open'; units: readonly string[] }
    | { of: 'unfinished'; what: 'unfinished' }
  )

/** A sheet of which something is typed, with its cells, the faulty ones first. */
export interface DraftSheet {
  /** whose sheet */
  unit: string
  day: Day
  cells: readonly { key: CellKey; faulty: boolean }[]
}
/** The units of its cells. */
export const unitsOf = ({ cells }: DraftSheet): string[] => [...new Set(cells.map(({ key }) => unitOf(key)))]

/** What is on this device and not accepted comes first: it holds up what is typed. */
const RANK: Record<Item['what'], number> = {
  refused: 0,
  line: 0,
  conflict: 1,
  stale: 1,
  warned: 2,
  withdrawn: 2,
  returned: 3,
  inquiry: 3.5,
  disputed: 4,
  missing: 5,
  partial: 6,
  offer: 7,
  question: 8,
  unfinished: 8.5,
  open: 9,
  drafts: 10,
}
/** What the office supervises comes before what else is missing. */
const SUPERVISED = 4.5
const rankOf = ({ what, supervised }: Item): number => (supervised ? Math.min(RANK[what], SUPERVISED) : RANK[what])

export interface WorklistInput {
  /** the day shown and what is on it */
  day: Day
  lines: readonly string[]
  todos: readonly Todo[]
  /** units of which something is typed, or on its way, for the day shown */
  typed: ReadonlySet<string>
  rows: readonly WorkRow[]
  offers: readonly OfferRow[]
  /** today, and the lines that have nothing of it yet while its deadline has not passed */
  open: { day: Day; units: readonly string[] }
  /** today's partial reports while its deadline has not passed, with what is blank of them */
  unfinished?: readonly { unit: string; counters: readonly string[] }[]
  /** other sheets of which something is typed */
  drafts: readonly DraftSheet[]
  counters: readonly string[]
  /** an item of supervision is open about the report */
  supervised(unit: string, day: Day): boolean
  /** place of a unit in the programme's order */
  index(unit: string): number
}

/**
 * The list, the gravest kind first, then the earliest day, then the programme's order; a thing of the shown day once, and all
 * the days on which a unit is silent as one.
 */
export function worklistOf(input: WorklistInput): Item[] {
  const { day, lines, todos, typed, rows, offers, open, unfinished = [], drafts, counters, supervised, index } = input
  const here = new Set(lines)
  const items = togetherOf(todos).map((same) =>
    ofTodos(same, day, REPORT_KINDS.has(same[0].kind) && supervised(same[0].unit, day), counters),
  )
  const silent = new Map<string, Extract<Item, { of: 'row' }> & { days: Day[] }>()
  for (const row of rows) {
    // what stands on the sheet says itself what can be done, but for a report that is not there
    const isShown = row.day === day && here.has(row.unit)
    if (isShown && (row.what !== 'missing' || typed.has(row.unit))) continue
    const known = row.what === 'missing' ? silent.get(row.unit) : undefined
    if (known !== undefined) {
      known.days.push(row.day)
      if (isShown) known.day = day
      known.supervised ||= supervised(row.unit, row.day)
      continue
    }
    const item = {
      ...{ of: 'row' as const, what: row.what, row, unit: row.unit, day: row.day, days: [row.day] },
      key: row.what === 'missing' ? `missing ${row.unit}` : keyOf(row.what, row.unit, row.day),
      counters: row.counters.length === counters.length ? [] : row.counters.map((i) => counters[i]!),
      supervised: supervised(row.unit, row.day),
    }
    if (row.what === 'missing') silent.set(row.unit, item)
    items.push(item)
  }
  const told = new Set(todos.flatMap((todo) => (todo.kind === 'offer' ? [todo.offer.offer] : [])))
  for (const offer of offers) {
    if (told.has(offer.offer)) continue
    const { unit, day: on } = offer[offer.asks]
    const about = { counters: movedBy(offer, counters), supervised: false }
    items.push({ of: 'offer', what: 'offer', offer, unit, day: on, key: offerKey(offer), ...about })
  }
  const [unreported] = open.units
  if (unreported !== undefined)
    items.push({
      ...{ of: 'open', what: 'open', units: open.units, unit: unreported, day: open.day },
      ...{ key: `open ${open.day}`, ...PLAIN },
    })
  for (const { unit, counters: blank } of unfinished)
    items.push({
      ...{ of: 'unfinished', what: 'unfinished', unit, day: open.day, counters: blank, supervised: false },
      key: keyOf('unfinished', unit, open.day),
    })
  for (const draft of drafts) {
    const { unit, day: on, cells } = draft
    const said = unitsOf(draft).length === 1 ? [...new Set(cells.map(({ key }) => counterOf(key)))] : []
    const about = { unit: unitOf(cells[0]!.key), day: on, counters: said, supervised: false }
    items.push({ of: 'drafts', what: 'drafts', draft, ...about, key: keyOf('drafts', unit, on) })
  }
  const first = (item: Item) => daysOf(item)[0]!
  return items.sort(
    (a, b) =>
      rankOf(a) - rankOf(b) || (first(a) < first(b) ? -1 : first(a) > first(b) ? 1 : index(a.unit) - index(b.unit)),
  )
}

const PLAIN = { counters: [], supervised: false }
/** What a report as a whole may want. */
const REPORT_KINDS: ReadonlySet<Todo['kind']> = new Set(['returned', 'disputed', 'partial'])

/** The days that it is about, ascending. */
const daysOf = (item: Item): readonly Day[] => (item.of === 'row' ? item.days : [item.day])

const keyOf = (what: string, unit: string, day: Day, more = ''): string => `${what} ${unit} ${day} ${more}`.trim()
const offerKey = ({ offer }: OfferRow): string => `offer ${offer}`

type Together = [Todo, ...Todo[]]

/** What the log says of a report is one thing for each kind, here as from any other day. */
function togetherOf(todos: readonly Todo[]): Together[] {
  const reports = new Map<string, Together>()
  const all: Together[] = []
  for (const todo of todos) {
    const isOfReport = WORK_KINDS.some((kind) => kind === todo.kind)
    const name = `${todo.kind} ${todo.unit}`
    const known = isOfReport ? reports.get(name) : undefined
    if (known !== undefined) {
      known.push(todo)
      continue
    }
    const same: Together = [todo]
    if (isOfReport) reports.set(name, same)
    all.push(same)
  }
  return all
}

/** Keys of the counters that an offer would move; empty = all. */
function movedBy({ moved }: OfferRow, counters: readonly string[]): readonly string[] {
  const found = counters.filter((_, i) => (moved[i] ?? null) !== null)
  return found.length === counters.length ? [] : found
}

/** Keys of the counters that it is about; empty = all. */
export function countersOf(todo: Todo, all: readonly string[]): readonly string[] {
  if (todo.kind === 'offer') return movedBy(todo.offer, all)
  return 'counter' in todo ? [todo.counter] : 'counters' in todo ? todo.counters : []
}

function ofTodos(todos: Together, day: Day, supervised: boolean, all: readonly string[]): Item {
  const [todo] = todos
  const { kind, unit } = todo
  const counters = [...new Set(todos.flatMap((one) => countersOf(one, all)))]
  const isOfReport = WORK_KINDS.some((what) => what === kind)
  const key = todo.kind === 'offer' ? offerKey(todo.offer) : keyOf(kind, unit, day, isOfReport ? '' : counters[0])
  return { of: 'todo', what: kind, todo, todos, unit, day, counters, supervised, key }
}

/** The item at which somebody is: by its key, and its place in the list, which the next one takes when it is gone. */
export interface At {
  key: string
  place: number
  /** somebody went to its field, to report it */
  field?: boolean
  /** somebody wants to answer it: what the answer is written into opens */
  answer?: boolean
}

/** Where one is in the list; −1 at nothing of it. */
export const placeOf = (items: readonly Item[], at: At | null): number =>
  at === null ? -1 : items.findIndex(({ key }) => key === at.key)

/** The item after the one at which one is, round the list; what took the place of one that is gone. Null without any. */
export function nextOf(items: readonly Item[], at: At | null): { item: Item; place: number } | null {
  if (items.length === 0) return null
  const now = placeOf(items, at)
  const place = (now >= 0 ? now + 1 : Math.max(0, at?.place ?? 0)) % items.length
  return { item: items[place]!, place }
}

/** Numbers of the items by day, from 1. */
export function numbersOf(items: readonly Item[]): Map<Day, number[]> {
  const numbers = new Map<Day, number[]>()
  items.forEach((item, i) => {
    for (const day of daysOf(item)) numbers.set(day, [...(numbers.get(day) ?? []), i + 1])
  })
  return numbers
}

/** The number of the first item about each cell (`unit/counter`) of a day. */
export function cellNumbers(items: readonly Item[], day: Day, counters: readonly string[]): Map<string, number> {
  const numbers = new Map<string, number>()
  items.forEach((item, i) => {
    if (item.day !== day || item.of === 'drafts' || item.of === 'open') return
    const key = `${item.unit}/${item.counters[0] ?? counters[0] ?? ''}`
    if (!numbers.has(key)) numbers.set(key, i + 1)
  })
  return numbers
}
