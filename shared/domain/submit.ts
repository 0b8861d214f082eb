/** Submitting and correcting figures: refusals, questions, and the events of each counter. */
import { ok, type Refusal, refuse, type Result } from '../errors.ts'
import { dayNumber } from '../progress/day.ts'
import { type PendingChanges, confirmedOf, noPendingChanges, questionsAbout, unconfirmed } from './asking.ts'
import { basisOf, judge, stale, unknownBasisOnce } from './basis.ts'
import { clockFor } from './carrying.ts'
import { reportRefusals } from './cell.ts'
import type { Figure } from './cells.ts'
import { hasValue } from './figures.ts'
import { REASONS, type ReportItem } from './input.ts'
import { type Context, type Decision, type EventsOf, inOneGo, type InSteps, type RefusedItem } from './noun.ts'
import type { ReportEvents } from './reportEvents.ts'
import type { TotalEvents } from './totalEvents.ts'
import { countersOf, inOrder, pendingTotals, type Totalled, totalled } from './totalling.ts'
import type { Correction, Values } from './values.ts'
import { dueThrough, type Setting, type World } from './world.ts'

type ReportEvent = EventsOf<ReportEvents & TotalEvents>

interface Submission {
  items: ReportItem[]
  partial?: true | undefined
}

/** Items that are judged without letting others run. */
const STEP = 250

/** Each item is judged by the reports as they were before the command, and by totals that include the items before it (R8). */
export const submit = (world: World, data: Submission, context: Context): Decision<ReportEvent> =>
  inOneGo(submitInSteps(world, data, context))

/** The same in steps. What is refused of a partial submission leaves nothing behind in what follows it (L15). */
export function* submitInSteps(
  world: World,
  { items, partial }: Submission,
  context: Context,
): InSteps<Decision<ReportEvent>> {
  const { setting } = world
  if (setting === null) return refuse({ code: 'programme.notOpen' })
  const refusals: Refusal[] = []
  const refused: RefusedItem[] = []
  const events: ReportEvent[] = []
  const seen = new Set<string>()
  const pending = noPendingChanges()
  const totals = pendingTotals(world, setting)
  const due = dueThrough(world)
  let judged = 0
  for (const [i, sent] of inOrder(items)) {
    if (judged > 0 && judged % STEP === 0) yield
    judged++
    const at = `items.${i}`
    const name = `${sent.unit}/${sent.day}`
    const faults = faultsOf(world, setting, sent, context, at)
    if (seen.has(name)) faults.push({ code: 'input.duplicate', params: { name }, at })
    const isDue = due !== null && sent.day <= due
    const came: Result<Totalled> =
      faults.length > 0 ? { ok: false, refusals: faults } : totalled(totals.scene, world, sent, isDue, at)
    const change = came.ok ? changeOf(world, setting, came.value, isDue, context, at) : came
    const asked = came.ok && change.ok ? ask(world, setting, came.value, change.value, pending) : []
    const open = change.ok ? openOf(asked, sent, at) : change.refusals
    if (partial === true && open.length > 0) {
      refused.push({ item: i, refusals: open.slice(0, REASONS) })
      continue
    }
    seen.add(name)
    refusals.push(...open)
    if (!came.ok || !change.ok) continue
    bring(world, setting, sent, change.value, pending)
    totals.bring(came.value, taking(change.value), world.seq + 1)
    events.push(...eventsOf(came.value, change.value, asked))
  }
  if (refusals.length > 0) return { ok: false, refusals }
  if (refused.length === 0) return ok(events)
  return { ...ok(events), refused: refused.sort((a, b) => a.item - b.item) }
}

function faultsOf(world: World, setting: Setting, item: ReportItem, { may }: Context, at: string): Refusal[] {
  const faults = reportRefusals(clockFor(world, item, 'returned'), setting, item, countersOf(item), may, at, 'values')
  // a total has its own place in the input
  const { totals = {} } = item
  return faults.map((fault) => {
    const key = fault.code === 'counter.unknown' ? fault.params!['key'] : undefined
    const isTotal = key !== undefined && Object.hasOwn(totals, key) && !Object.hasOwn(item.values, key)
    return isTotal ? { ...fault, at: `${at}.totals.${key}` } : fault
  })
}

/** What stops the item yet: questions that were not confirmed, and a reason where a gap was. */
function openOf(
  asked: readonly Refusal[],
  { values, confirmed, confirmedWhy, reason }: ReportItem,
  at: string,
): Refusal[] {
  const open = unconfirmed(asked, confirmed, (counter) =>
    Object.hasOwn(values, counter) ? `${at}.values.${counter}` : `${at}.totals.${counter}`,
  )
  const isGap = asked.some(({ code }) => code === 'total.gap') && confirmed?.includes('total.gap') === true
  if (isGap && (confirmedWhy ?? reason) === undefined)
    open.push({ code: 'report.reasonRequired', at: `${at}.confirmedWhy` })
  return open
}

/** Where the figure of a counter stands in the input. */
const placeOf = (at: string, counter: string, derived: ReadonlySet<string>): string =>
  `${at}.${derived.has(counter) ? 'totals' : 'values'}.${counter}`

/** Values that take effect. */
const taking = ({ open, late, restated }: Change): Values => ({ ...open, ...late, ...restated })

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

function changeOf(
  world: World,
  setting: Setting,
  { item, derived }: Totalled,
  isDue: boolean,
  context: Context,
  at: string,
): Result<Change> {
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
  const n = dayNumber(day)
  for (const key in item.values) {
    const value = item.values[key]!
    const place = placeOf(at, key, derived)
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
        refusals.push({ code: 'report.disputed', params: { counter: key }, at: place })
        break
      case 'stale':
        refusals.push(stale(key, figure, place, value))
        break
      case 'conflict':
        // what follows from a total is no statement about the day that could stand beside another
        if (item.onConflict === 'refuse' || derived.has(key)) {
          refusals.push(stale(key, figure, place, value))
          break
        }
        change.all[key] = value
        change.claims[key] = value
        change.basis[key] = basis
        break
      case 'change':
        change.all[key] = value
        groupOf(change, figure, !isDue)[key] = value
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

/** Questions about every changed value. */
const ask = (
  world: World,
  setting: Setting,
  { item, asks }: Totalled,
  { all }: Change,
  pending: PendingChanges,
): Refusal[] => [
  ...(isEmpty(all) ? [] : questionsAbout(world, setting, item.unit, item.day, all, pending)),
  // an opening balance gives no figure
  ...asks.filter(({ at = '', code }) => code === 'total.below' || Object.hasOwn(all, at)),
]

/** Adds what takes effect to what the command has brought. */
function bring(world: World, setting: Setting, item: ReportItem, change: Change, pending: PendingChanges): void {
  const n = dayNumber(item.day)
  for (const key in change.all) {
    if (Object.hasOwn(change.claims, key)) continue
    const counter = setting.counters.get(key)!
    const more = change.all[key]! - world.cells.counted(item.unit, n, counter)
    if (more !== 0) pending.add(setting, item.unit, n, counter, more)
  }
}

function eventsOf(
  { item: { unit, day, type, reason, confirmedWhy }, totals, off }: Totalled,
  change: Change,
  asked: readonly Refusal[],
): ReportEvent[] {
  const events: ReportEvent[] = []
  const about = (values: Values) => {
    const confirmed = confirmedOf(asked, values)
    const why = confirmed !== undefined && confirmedWhy !== undefined ? { confirmedWhy } : {}
    return { unit, day, values, ...(confirmed && { confirmed }), ...why }
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
  if (!isEmpty(totals)) {
    const more = { ...(!isEmpty(off) && { off }), ...(reason !== undefined && { reason }) }
    events.push({ type: 'TotalsReported', data: { unit, day, totals, ...more } })
  }
  return events
}

function isEmpty(values: Values): boolean {
  for (const _ in values) return false
  return true
}
