/** Where a unit stands against each target that it has a part of. */
import { dueThrough } from '../../../shared/domain/world.ts'
import type { Baseline, Target } from '../../../shared/domain/programme.ts'
import { allocate, type Allocation } from '../../../shared/progress/allocate.ts'
import { addDays, type Day, dayNumber, dayOf } from '../../../shared/progress/day.ts'
import { paceOf } from '../../../shared/progress/pace.ts'
import { type Path, pathOf } from '../../../shared/progress/path.ts'
import type { Makeup } from '../../../shared/view/rows.ts'
import { isClockEvent, isReportEvent, partsOf, type View } from '../view.ts'
import type { Ledger } from '../ledger.ts'
import { scopesTwoUp } from './reach.ts'

/** Days that a rate is the mean of. */
const RATE_DAYS = 7

interface Plan {
  baseline: Baseline
  target: Target
  counter: number
  allocation: Allocation
}

export function createPaceView(): View {
  /** ids of the targets of each unit */
  const ids = new Map<string, string[]>()
  const plans = new Map<string, Plan>()
  const paths = new Map<string, Path>()

  function open({ frame, counterIndex }: Ledger): void {
    const { programme, units } = frame
    for (const baseline of programme.baselines)
      for (const target of baseline.targets) {
        const allocation = allocate(programme, units, target)
        const id = `${baseline.key}/${target.key}`
        plans.set(id, { baseline, target, allocation, counter: counterIndex(target.counter) })
        for (const unit of units.all) {
          if (allocation.threshold(unit) === undefined) continue
          ids.set(unit, [...(ids.get(unit) ?? []), `${unit}/${id}`])
        }
      }
  }

  function pathFor(id: string, { frame }: Ledger, plan: Plan, unit: string): Path {
    let path = paths.get(id)
    if (path === undefined) {
      const { allocation, target } = plan
      path = pathOf(target, allocation.start(unit), allocation.threshold(unit)!, frame.calendar)
      paths.set(id, path)
    }
    return path
  }

  return {
    kind: 'pace',
    fold({ event }, { ledger }, mark) {
      const { units } = ledger!.frame
      if (event.type === 'ProgrammeOpened') open(ledger!)
      const touched = isReportEvent(event) ? units.chain(event.data.unit) : isClockEvent(event) ? units.all : []
      for (const unit of touched) for (const id of ids.get(unit) ?? []) mark(id)
    },
    build(id, state) {
      const [unit, baseline, key] = partsOf(id) as [string, string, string]
      const plan = plans.get(`${baseline}/${key}`)!
      const ledger = state.ledger!
      const reference = dueThrough(state.world)
      const { target, allocation } = plan
      const threshold = allocation.threshold(unit)!
      const path = pathFor(id, ledger, plan, unit)
      const makeup =
        target.measure === 'rate'
          ? rateOf(ledger, unit, plan.counter, reference)
          : at(ledger.makeup(unit), plan.counter)
      const counted =
        target.measure === 'rate' ? makeup.a : makeup.a - approvedAfter(ledger, unit, plan.counter, reference)
      const reachedOn = firstReached(ledger, unit, plan, threshold)
      const { severe } = ledger.frame.programme.pace
      const pace = paceOf(target, path, ledger.frame.calendar, {
        value: makeup.a,
        counted,
        threshold,
        reference,
        reachedOn,
        severe,
      })
      const { expected, percent, points, days, required, daysLeft, status } = pace
      return {
        kind: 'pace',
        key: `pace/${id}`,
        unit,
        baseline,
        target: key,
        makeup,
        counted,
        threshold,
        start: allocation.start(unit),
        expected,
        reference,
        percent,
        points,
        days,
        required,
        daysLeft,
        status,
        reachedOn,
      }
    },
    scopes: (id, state) => scopesTwoUp(state, partsOf(id)[0]!),
  }
}

interface Quantities {
  a: number
  w: number
  d: number
  r: number
  m: number
}

const at = (makeup: Makeup, counter: number): Quantities => ({
  a: makeup.a[counter]!,
  w: makeup.w?.[counter] ?? 0,
  d: makeup.d?.[counter] ?? 0,
  r: makeup.r?.[counter] ?? 0,
  m: makeup.m?.[counter] ?? 0,
})

/** Approved of the days that need not be in yet: today's, while it is open. */
function approvedAfter(ledger: Ledger, unit: string, counter: number, reference: Day | null): number {
  const span = ledger.span(unit)
  if (span === null) return 0
  let sum = 0
  for (let n = span.last; n >= span.first && (reference === null || n > dayNumber(reference)); n--)
    sum += ledger.approvedOn(unit, dayOf(n), counter)
  return sum
}

/** Mean per day over the last days that must be in. */
function rateOf(ledger: Ledger, unit: string, counter: number, reference: Day | null): Quantities {
  const mean: Quantities = { a: 0, w: 0, d: 0, r: 0, m: 0 }
  if (reference === null) return mean
  for (let i = 0; i < RATE_DAYS; i++) {
    const day = at(ledger.makeupOn(unit, addDays(reference, -i)), counter)
    for (const part of ['a', 'w', 'd', 'r', 'm'] as const) mean[part] += day[part] / RATE_DAYS
  }
  return mean
}

/** First day at whose end the approved figure met the threshold, by the day that reports are about. */
function firstReached(ledger: Ledger, unit: string, { target, counter }: Plan, threshold: number): Day | null {
  const span = ledger.span(unit)
  if (span === null) return null
  let sum = 0
  for (let n = span.first; n <= span.last; n++) {
    sum += ledger.approvedOn(unit, dayOf(n), counter)
    if (target.measure === 'rate' && n - RATE_DAYS >= span.first)
      sum -= ledger.approvedOn(unit, dayOf(n - RATE_DAYS), counter)
    const value = target.measure === 'rate' ? sum / RATE_DAYS : sum
    if (value >= threshold && n >= dayNumber(target.path.from)) return dayOf(n)
  }
  return null
}
