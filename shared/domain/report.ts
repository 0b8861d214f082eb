/** Submitting and settling reports: what is refused, what is asked about, what happens. */
import type { Command, Context } from '../command.ts'
import { ok, type Refusal, type Result } from '../errors.ts'
import type { DomainEvent, Values } from '../event.ts'
import { mayCommand } from '../policy.ts'
import { baseValue } from '../progress/allocate.ts'
import type { Day } from '../progress/day.ts'
import { surelyUsual, usualOf } from '../progress/usual.ts'
import { count, day, key, reason, z } from '../schema.ts'
import { histories, reportAt } from './book.ts'
import { dueThrough, type Frame, type Report, type World } from './world.ts'

const values = z.record(key, count)

/** One street's report for one day, as the sender would have it. */
export const reportItem = z.strictObject({
  unit: key,
  day,
  /** counters left out stay as they are */
  values,
  /** version of the report that the sender looked at; 0 = none */
  basedOn: z.int().min(0),
  /** how a change after the day is meant; with `reason` */
  type: z.enum(['late', 'corrected', 'reduced', 'reattributed']).optional(),
  reason: reason.optional(),
  /** codes of the warnings that the sender has seen and stands by */
  confirmed: z
    .array(z.enum(['report.unusual', 'report.exceeds', 'report.coverageOver']))
    .max(3)
    .optional(),
})
export type ReportItem = z.infer<typeof reportItem>

export const reportCommands = {
  SubmitReports: z.strictObject({ items: z.array(reportItem).min(1).max(5_000) }),
  SettleDispute: z.strictObject({ unit: key, day, values, basedOn: z.int().min(1), reason }),
}

type ReportCommand = Extract<Command, { kind: keyof typeof reportCommands }>

export function decideReportCommand(world: World, command: ReportCommand, { actor }: Context): Result<DomainEvent[]> {
  const frame = world.frame
  if (frame === null) return { ok: false, refusals: [{ code: 'programme.notOpen' }] }
  const may = (unit: string) => mayCommand(actor, command.kind, frame.units, unit)
  return command.kind === 'SubmitReports'
    ? submit(world, frame, command.data.items, actor.id, may)
    : settle(world, frame, command.data, may)
}

function submit(
  world: World,
  frame: Frame,
  items: readonly ReportItem[],
  actor: string,
  may: (unit: string) => boolean,
): Result<DomainEvent[]> {
  const refusals: Refusal[] = []
  const events: DomainEvent[] = []
  const seen = new Set<string>()
  /** what the items before have added to each unit's totals */
  const added = new Map<string, Values>()
  items.forEach((item, i) => {
    const at = `items.${i}`
    const cell = `${item.unit}/${item.day}`
    const faults = placeFaults(world, frame, item, may, at)
    if (seen.has(cell)) faults.push({ code: 'input.duplicate', params: { name: cell }, at })
    seen.add(cell)
    if (faults.length > 0) {
      refusals.push(...faults)
      return
    }
    const before = reportAt(world.book, item.unit, item.day)
    const change = changeOf(world, item, before, actor)
    if (!change.ok)
      refusals.push(...change.refusals.map((r) => ({ ...r, at: r.at === undefined ? at : `${at}.${r.at}` })))
    else if (change.value !== null) {
      const { data } = change.value
      const questions = warnings(world, frame, item.unit, item.day, data.values, added.get(item.unit))
      const stands = new Set<string>(item.confirmed)
      refusals.push(...questions.filter((w) => !stands.has(w.code)).map((w) => ({ ...w, at: `${at}.values.${w.at}` })))
      if (questions.length > 0) data.confirmed = [...new Set(questions.map((w) => w.code))]
      events.push(change.value)
      if (change.value.type !== 'ReportDisputed')
        added.set(item.unit, plus(added.get(item.unit), data.values, before?.values))
    }
  })
  return refusals.length > 0 ? { ok: false, refusals } : ok(events)
}

/** `sum` with `values` in the place of `before`. */
function plus(sum: Values = {}, values: Values, before: Values = {}): Values {
  const next = { ...sum }
  for (const k in values) next[k] = (next[k] ?? 0) + values[k]! - (before[k] ?? 0)
  return next
}

/** What a place is judged by; a screen can hold as much. */
export type Clock = Pick<World, 'today' | 'lockedThrough'>

/** Everything that forbids writing to this cell, whatever the values. */
export function placeFaults(
  world: Clock,
  frame: Frame,
  item: { unit: string; day: Day; values: Values },
  may: (unit: string) => boolean,
  at: string,
): Refusal[] {
  const { unit, day } = item
  const known = frame.units.get(unit)
  if (known === undefined) return [{ code: 'unit.unknown', params: { unit }, at: `${at}.unit` }]
  if (!may(unit)) return [{ code: 'may.outsideUnit', params: { unit }, at: `${at}.unit` }]
  if (!frame.units.isLeaf(unit)) return [{ code: 'unit.notReporting', params: { unit }, at: `${at}.unit` }]
  const faults: Refusal[] = []
  const starts = frame.units.startsOn(unit)
  if (world.today === null || day > world.today)
    faults.push({ code: 'report.future', params: { day, today: world.today ?? '' }, at: `${at}.day` })
  if (day < starts) faults.push({ code: 'unit.notStarted', params: { unit, starts }, at: `${at}.day` })
  if (world.lockedThrough !== null && day <= world.lockedThrough)
    faults.push({ code: 'report.locked', params: { through: world.lockedThrough }, at: `${at}.day` })
  if (Object.keys(item.values).length === 0) faults.push({ code: 'report.empty', at: `${at}.values` })
  for (const k in item.values)
    if (!frame.programme.counters.some((c) => c.key === k))
      faults.push({ code: 'counter.unknown', params: { key: k }, at: `${at}.values.${k}` })
  return faults
}

type ReportChange = Extract<DomainEvent, { type: 'ReportSubmitted' | 'ReportRestated' | 'ReportDisputed' }>

/** The event that the item amounts to; null when it changes nothing. */
function changeOf(
  world: World,
  item: ReportItem,
  before: Report | undefined,
  actor: string,
): Result<ReportChange | null> {
  const { unit, day, basedOn } = item
  const values: Values = before === undefined ? item.values : { ...before.values, ...item.values }
  if (before !== undefined && same(values, before.values)) return ok(null)
  if (before?.state === 'disputed') return { ok: false, refusals: [{ code: 'report.disputed' }] }
  if (before !== undefined && before.version !== basedOn && before.by !== actor)
    return ok({ type: 'ReportDisputed', data: { unit, day, values, basedOn } })
  const due = dueThrough(world)
  if (due === null || day > due) return ok({ type: 'ReportSubmitted', data: { unit, day, values } })
  const type = item.type ?? (before === undefined ? 'late' : undefined)
  const refusals: Refusal[] = []
  if (type === undefined) refusals.push({ code: 'report.typeRequired', at: 'type' })
  else if ((type === 'late') !== (before === undefined))
    refusals.push({ code: 'report.typeWrong', params: { type }, at: 'type' })
  if (item.reason === undefined) refusals.push({ code: 'report.reasonRequired', at: 'reason' })
  if (refusals.length > 0) return { ok: false, refusals }
  return ok({ type: 'ReportRestated', data: { unit, day, values, type: type!, reason: item.reason! } })
}

const same = (a: Values, b: Values): boolean => {
  for (const k in a) if (a[k] !== b[k]) return false
  for (const k in b) if (!(k in a)) return false
  return true
}

/** What values are judged by: the reports so far and the last day whose deadline has passed; a screen can hold as much. */
export type Ground = Pick<World, 'book' | 'closed'>

/**
 * Questions that a report's values raise; `at` is the counter. They never refuse what is confirmed.
 * `added` is what other reports of the same command bring to the unit's totals.
 */
export function warnings(
  world: Ground,
  frame: Frame,
  unit: string,
  day: Day,
  values: Values,
  added: Values = {},
): Refusal[] {
  const found: Refusal[] = []
  const before = reportAt(world.book, unit, day)?.values ?? {}
  const total = (k: string) =>
    (world.book.totals.get(unit)?.[k] ?? 0) + (added[k] ?? 0) - (before[k] ?? 0) + (values[k] ?? 0)
  const due = dueThrough({ closed: world.closed, frame })
  const changed = frame.programme.counters.filter((c) => values[c.key] !== undefined && values[c.key] !== before[c.key])
  const past = histories(
    world.book,
    frame.calendar,
    unit,
    changed.map((c) => c.key),
    day,
  )
  changed.forEach((counter, i) => {
    const value = values[counter.key]!
    const usual = surelyUsual(past[i]!, value) ? null : usualOf(past[i]!)
    // while the day is open a low count is only an early one
    const low = due !== null && day <= due
    if (usual !== null && (value > usual.high || (low && value < usual.low)))
      found.push({
        code: 'report.unusual',
        params: { value, low: usual.low, high: usual.high, median: usual.median },
        at: counter.key,
        level: 'warning',
      })
    for (const base of coverageBases(frame, counter.key)) {
      const limit = baseValue(frame.programme, base, unit)
      if (limit !== undefined && total(counter.key) > limit)
        found.push({
          code: 'report.coverageOver',
          params: { total: total(counter.key), base: limit },
          at: counter.key,
          level: 'warning',
        })
    }
  })
  // asked whichever of the two has changed: raising the one, or lowering the other
  for (const { key: counter, within } of frame.programme.counters) {
    if (within === null || total(counter) <= total(within)) continue
    const at = [counter, within].find((k) => changed.some((c) => c.key === k))
    if (at === undefined) continue
    const params = { counter, within, total: total(counter), limit: total(within) }
    found.push({ code: 'report.exceeds', params, at, level: 'warning' })
  }
  return found
}

/** Bases that some target measures this counter's coverage against. */
function coverageBases(frame: Frame, counter: string): Set<string> {
  const keys = new Set<string>()
  for (const baseline of frame.programme.baselines)
    for (const t of baseline.targets)
      if (t.measure === 'coverage' && t.counter === counter && t.base !== null) keys.add(t.base)
  return keys
}

function settle(
  world: World,
  frame: Frame,
  data: { unit: string; day: Day; values: Values; basedOn: number; reason: string },
  may: (unit: string) => boolean,
): Result<DomainEvent[]> {
  const faults = placeFaults(world, frame, data, may, '')
  if (faults.length > 0) return { ok: false, refusals: faults.map((f) => ({ ...f, at: f.at?.slice(1) ?? '' })) }
  const before = reportAt(world.book, data.unit, data.day)
  if (before?.state !== 'disputed' || before.version !== data.basedOn)
    return { ok: false, refusals: [{ code: 'report.notDisputed' }] }
  const { unit, day, reason } = data
  return ok([{ type: 'DisputeSettled', data: { unit, day, values: { ...before.values, ...data.values }, reason } }])
}
