/** The latest changes of figures under each unit, in rings: what a ticker shows. Plain data. */
import type { Figure } from '../../shared/domain/cells.ts'
import type { Restatement } from '../../shared/domain/values.ts'
import type { EventType, Recorded } from '../../shared/event.ts'
import type { Day } from '../../shared/progress/day.ts'
import { CHANGE_SLOTS, type ChangeRow, type FigureChange } from '../../shared/view/rows.ts'

/** An entry is shared by the rings of all units above the report. */
export type ChangeEntry = Omit<ChangeRow, 'kind' | 'key'>

/** The latest changes of a unit and all below it. */
export interface Ring {
  /** changes so far; the newest stands in slot (count − 1) mod `CHANGE_SLOTS` */
  count: number
  entries: ChangeEntry[]
}

/** Where the newest change stands. */
export const newestSlot = ({ count }: Ring): number => (count - 1) % CHANGE_SLOTS

/**
 * What an event did to a report's figures; counters that it left alone are left out. A claim is shown against what
 * stands, a return against what is approved; else the newest values, and where they stayed the approved ones.
 */
export function figureChanges(before: readonly Figure[], after: readonly Figure[]): FigureChange[] {
  return after.flatMap((is, counter) => {
    const change = changeOf(before[counter]!, is)
    return change === null ? [] : [{ counter, before: change[0], after: change[1] }]
  })
}

function changeOf(was: Figure, is: Figure): [before: number | null, after: number | null] | null {
  if (is.claim !== undefined && is.claim.version !== was.claim?.version) return [is.value, is.claim.value]
  if (was.value !== is.value) return [was.value, is.value]
  if (was.claim !== undefined && is.claim === undefined) return [was.claim.value, is.value]
  if (was.approved !== is.approved) return [was.approved, is.approved]
  if (was.state !== is.state && is.state === 'returned') return [is.value, is.approved]
  return null
}

/** Counters (indices) whose newest value was confirmed against a warning, of those that the event changed. */
export function confirmedIn(changes: readonly FigureChange[], after: readonly Figure[]): number[] {
  return changes.map(({ counter }) => counter).filter((counter) => (after[counter]!.confirmed ?? []).length > 0)
}

/** Some counters of a report took over what others gave away: the report as a whole holds as much as before. */
const isBetweenCounters = (changes: readonly FigureChange[]): boolean =>
  changes.every(({ before, after }) => before !== null && after !== null) &&
  changes.some(({ before, after }) => before !== after) &&
  changes.reduce((sum, { before, after }) => sum + after! - before!, 0) === 0

/** How the event restated the report, if it did: what it was sent as, unless counters took over what others gave away. */
export function restatedBy(
  seq: number,
  after: readonly Figure[],
  changes: readonly FigureChange[],
): Restatement | undefined {
  const sentAs = after.find((figure) => figure.version === seq && figure.restated !== undefined)?.restated?.type
  return sentAs !== undefined && isBetweenCounters(changes) ? 'reattributed' : sentAs
}

/** Adds what an event did to the rings of the units above the report; nothing when no figure changed. */
export function takeChange(
  rings: Map<string, Ring>,
  chain: readonly string[],
  event: Recorded,
  cell: { unit: string; day: Day; before: readonly Figure[]; after: readonly Figure[] },
): void {
  const changes = figureChanges(cell.before, cell.after)
  if (changes.length === 0) return
  const { seq, type } = event
  const { unit, day } = cell
  const restated = restatedBy(seq, cell.after, changes)
  const confirmed = confirmedIn(changes, cell.after)
  const at = Date.parse(event.at)
  const entry: ChangeEntry = {
    ...{ seq, at, type, unit, day, changes },
    ...(restated === undefined ? {} : { restated }),
    ...(confirmed.length === 0 ? {} : { confirmed }),
  }
  for (const up of chain) {
    let ring = rings.get(up)
    if (ring === undefined) rings.set(up, (ring = { count: 0, entries: [] }))
    ring.count++
    ring.entries[newestSlot(ring)] = entry
  }
}

/** Days are taken back: changes of days after `today` are none any more, and those of days that are not due no restatements. */
export function forgetChanges(rings: ReadonlyMap<string, Ring>, today: Day | null, due: Day | null): void {
  for (const ring of rings.values()) {
    const { count, entries } = ring
    const inOrder = entries.map((_, i) => entries[(count + i) % entries.length]!)
    const left = inOrder.filter(({ day }) => today !== null && day <= today)
    ring.entries = left.map((entry) => asOpen(entry, due))
    ring.count = left.length
  }
}

/** What only a due day makes a restatement is a submission on an open one. */
export function asOpen<C extends { type: EventType; day: Day; restated?: Restatement }>(change: C, due: Day | null): C {
  if (change.type !== 'ReportRestated' || (due !== null && change.day <= due)) return change
  const open: C = { ...change, type: 'ReportSubmitted' }
  delete open.restated
  return open
}
