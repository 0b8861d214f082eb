/** Submitting and correcting figures: refusals, questions, and the events of each counter. */
import { ok, type Refusal, refuse, type Result } from '../errors.ts'
import { dayNumber } from '../progress/day.ts'
import { type PendingChanges, confirmedOf, noPendingChanges, questionsAbout, unconfirmed } from './asking.ts'
import { basisOf, judge, stale, unknownBasisOnce } from './basis.ts'
import { reportRefusals } from './cell.ts'
import type { Figure } from './cells.ts'
import { hasValue } from './figures.ts'
import type { ReportItem } from './input.ts'
import type { Context, EventsOf } from './noun.ts'
import type { ReportEvents } from './reportEvents.ts'
import type { Correction, Values } from './values.ts'
import { dueThrough, type Setting, type World } from './world.ts'

type ReportEvent = EventsOf<ReportEvents>

/** Each item is judged by the reports as they were before the command, and by totals that include the items before it (R8). */
export function submit(world: World, { items }: { items: ReportItem[] }, context: Context): Result<ReportEvent[]> {
  const { setting } = world
  if (setting === null) return refuse({ code: 'programme.notOpen' })
  const refusals: Refusal[] = []
  const events: ReportEvent[] = []
  const seen = new Set<string>()
  const pending = noPendingChanges()
  items.forEach((item, i) => {
    const at = `items.${i}`
    const name = `${item.unit}/${item.day}`
    const faults = reportRefusals(world, setting, item, Object.keys(item.values), context.may, at, 'values')
    if (seen.has(name)) faults.push({ code: 'input.duplicate', params: { name }, at })
    seen.add(name)
    const change: Result<Change> =
      faults.length > 0 ? { ok: false, refusals: faults } : changeOf(world, setting, item, context, at)
    if (!change.ok) refusals.push(...change.refusals)
    else {
      const asked = ask(world, setting, item, change.value, pending)
      refusals.push(...unconfirmed(asked, item.confirmed, (counter) => `${at}.values.${counter}`))
      events.push(...eventsOf(item, change.value, asked))
    }
  })
  return refusals.length > 0 ? { ok: false, refusals } : ok(events)
}

/** The effect of an item, with its values grouped by what happens to them. */
interface Change {
  /** every value that questions are asked about: all groups and the claims */
  all: Values
  /** values that take effect: while the day is open, as a first value of a due day, or as a change to a due day */
  open: Values
  late: Values
  restated: Values
  type: Correction | undefined
  /** some counter of the item already has a value, changed by the item or not */
  stood: boolean
  /** claims beside the standing values, and the versions they are based on */
  claims: Values
  basis: Record<string, number>
}

function changeOf(world: World, setting: Setting, item: ReportItem, context: Context, at: string): Result<Change> {
  const { unit, day, basedOn } = item
  const change: Change = {
    all: {},
    open: {},
    late: {},
    restated: {},
    type: item.type,
    stood: false,
    claims: {},
    basis: {},
  }
  const refusals: Refusal[] = []
  const due = dueThrough(world)
  const open = due === null || day > due
  const n = dayNumber(day)
  for (const key in item.values) {
    const value = item.values[key]!
    const figure = world.cells.figure(unit, n, setting.counters.get(key)!)
    const basis = basisOf(basedOn, key, world.seq, (id) => context.basisVersion(id, unit, day, key))
    if (hasValue(figure)) change.stood = true
    if (basis === undefined) {
      if (value !== figure.value) refusals.push({ code: 'report.basisUnknown', at: `${at}.basedOn` })
      continue
    }
    switch (judge(figure, value, context.actor.id, basis)) {
      case 'same':
        break
      case 'disputed':
        refusals.push({ code: 'report.disputed', params: { counter: key }, at: `${at}.values.${key}` })
        break
      case 'stale':
        refusals.push(stale(key, figure, `${at}.values.${key}`, value))
        break
      case 'conflict':
        change.all[key] = value
        change.claims[key] = value
        change.basis[key] = basis
        break
      case 'change':
        change.all[key] = value
        groupOf(change, figure, open)[key] = value
    }
  }
  if (refusals.length === 0) refusals.push(...restatementFaults(item, change, at))
  return refusals.length > 0 ? { ok: false, refusals: unknownBasisOnce(refusals) } : ok(change)
}

const groupOf = (change: Change, figure: Figure, open: boolean): Values =>
  open ? change.open : hasValue(figure) ? change.restated : change.late

/**
 * A change to a due day needs a reason and a fitting type (R10, R31). The type is judged by the item as sent, so that a
 * counter changed by somebody else meanwhile does not make a right type wrong.
 */
function restatementFaults(item: ReportItem, { late, restated, stood }: Change, at: string): Refusal[] {
  const faults: Refusal[] = []
  const changes = !isEmpty(restated)
  if (!changes && isEmpty(late)) return faults
  const { type } = item
  if (changes && type === undefined) faults.push({ code: 'report.typeRequired', at: `${at}.type` })
  else if (type !== undefined && (type === 'late' ? changes : !stood))
    faults.push({ code: 'report.typeWrong', params: { type }, at: `${at}.type` })
  if (item.reason === undefined) faults.push({ code: 'report.reasonRequired', at: `${at}.reason` })
  return faults
}

/** Questions about every changed value; what takes effect is added to what the command has brought. */
function ask(world: World, setting: Setting, item: ReportItem, change: Change, pending: PendingChanges): Refusal[] {
  if (isEmpty(change.all)) return []
  const questions = questionsAbout(world, setting, item.unit, item.day, change.all, pending)
  const n = dayNumber(item.day)
  for (const key in change.all) {
    if (Object.hasOwn(change.claims, key)) continue
    const counter = setting.counters.get(key)!
    const more = change.all[key]! - world.cells.counted(item.unit, n, counter)
    if (more !== 0) pending.add(setting, item.unit, n, counter, more)
  }
  return questions
}

function eventsOf({ unit, day, type, reason }: ReportItem, change: Change, asked: readonly Refusal[]): ReportEvent[] {
  const events: ReportEvent[] = []
  const about = (values: Values) => {
    const confirmed = confirmedOf(asked, values)
    return { unit, day, values, ...(confirmed && { confirmed }) }
  }
  if (!isEmpty(change.open)) events.push({ type: 'ReportSubmitted', data: about(change.open) })
  if (!isEmpty(change.late))
    events.push({ type: 'ReportRestated', data: { ...about(change.late), type: 'late', reason: reason! } })
  if (!isEmpty(change.restated))
    events.push({ type: 'ReportRestated', data: { ...about(change.restated), type: change.type!, reason: reason! } })
  if (!isEmpty(change.claims)) {
    const meant = { ...(type !== undefined && { type }), ...(reason !== undefined && { reason }) }
    events.push({ type: 'ReportDisputed', data: { ...about(change.claims), basis: change.basis, ...meant } })
  }
  return events
}

function isEmpty(values: Values): boolean {
  for (const _ in values) return false
  return true
}
