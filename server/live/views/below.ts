/** Of a unit's scope: sums and the most urgent of the reporting units that have no row of their own. */
import { baselineOn } from '../../../shared/domain/baseline.ts'
import { dueThrough } from '../../../shared/domain/world.ts'
import { dayNumber } from '../../../shared/progress/day.ts'
import { type Plan, planOf, standingAtDue } from '../../../shared/progress/standing.ts'
import { nextDue } from '../../../shared/progress/targets.ts'
import { reportStanding } from '../../../shared/view/due.ts'
import type { BelowRow, UrgentRow } from '../../../shared/view/rows.ts'
import { rowKey } from '../../../shared/view/wire.ts'
import { unitsBelowScope } from '../../../shared/view/within.ts'
import { accountOf, figuresOf, type Ledger } from '../ledger.ts'
import {
  breakdownOf,
  breakdownOn,
  countedThroughReference,
  ratesOf,
  reachedOf,
  sinceReference,
  weekToDue,
} from '../sums.ts'

/** Units that are named at most. */
const URGENT = 30

/** How a reporting unit counts in the sums; `today` null = nothing is expected today. */
interface Tally {
  today: 'in' | 'partial' | 'missing' | null
  isBehind: boolean
}

export interface Below {
  /** true when the unit stands for others in no row of its own */
  has(unit: string): boolean
  /** keys of the rows that there are */
  keys(): string[]
  row(child: string): BelowRow | null
  urgent(): UrgentRow | null
  /** the child under which the unit is; it is looked at anew */
  forget(unit: string): string
  /** all are looked at anew */
  forgetAll(): void
}

/** Each reporting unit is looked at once until something of it changes. */
export function belowOf(ledger: Ledger, unit: string): Below {
  const { units } = ledger.world.setting!
  const childOf = new Map<string, string>()
  for (const leaf of unitsBelowScope(units, unit)) {
    const chain = units.chain(leaf)
    childOf.set(leaf, chain[chain.indexOf(unit) - 1]!)
  }
  const byChild = Map.groupBy(childOf.keys(), (leaf) => childOf.get(leaf)!)
  const tallies = new Map<string, Tally>()
  let plan: Plan | null | undefined

  function tallyOf(leaf: string): Tally {
    let tally = tallies.get(leaf)
    if (tally === undefined) {
      if (plan === undefined) plan = nextPlan(ledger, unit)
      tallies.set(
        leaf,
        (tally = { today: todayOf(ledger, leaf), isBehind: plan !== null && isBehind(ledger, plan, leaf) }),
      )
    }
    return tally
  }

  return {
    has: (leaf) => childOf.has(leaf),
    keys: () =>
      childOf.size === 0
        ? []
        : [...[...byChild.keys()].map((child) => rowKey.below(units.index(child))), rowKey.urgent()],
    row(child) {
      const leaves = byChild.get(child)
      if (leaves === undefined) return null
      const row: BelowRow = {
        kind: 'below',
        key: rowKey.below(units.index(child)),
        unit: child,
        in: 0,
        partial: 0,
        missing: 0,
        behind: 0,
      }
      for (const leaf of leaves) {
        const tally = tallyOf(leaf)
        if (tally.today !== null) row[tally.today]++
        if (tally.isBehind) row.behind++
      }
      return row
    },
    urgent() {
      if (childOf.size === 0) return null
      const owing = [...childOf.keys()].map((leaf) => {
        const { partial, missing } = accountOf(ledger, leaf)
        return { unit: leaf, owedCount: partial + missing }
      })
      const most = owing.filter((x) => x.owedCount > 0).sort((a, b) => b.owedCount - a.owedCount)
      return { kind: 'urgent', key: rowKey.urgent(), units: most.slice(0, URGENT) }
    },
    forget(leaf) {
      tallies.delete(leaf)
      return childOf.get(leaf)!
    },
    forgetAll() {
      tallies.clear()
      plan = undefined
    },
  }
}

/** Of the target of the baseline in force by which a page of the unit is judged unless another is asked for; null without any. */
function nextPlan({ world }: Ledger, unit: string): Plan | null {
  const setting = world.setting!
  const baseline = baselineOn(setting.programme, world.today)
  const target = nextDue(baseline, setting.units, unit, world.today)
  return target === undefined ? null : planOf(setting, baseline, target)
}

function todayOf({ world }: Ledger, leaf: string): Tally['today'] {
  if (world.today === null) return null
  const today = dayNumber(world.today)
  const expected = world.setting!.rhythm.expected(leaf, today)
  return expected.length === 0 ? null : reportStanding(figuresOf(world, leaf, today), expected)
}

function isBehind(ledger: Ledger, plan: Plan, leaf: string): boolean {
  const { world } = ledger
  if (world.today === null || plan.allocation.threshold(leaf) === undefined) return false
  const sums = { total: breakdownOf(ledger, leaf), today: breakdownOn(ledger, leaf, dayNumber(world.today)) }
  const since = sinceReference(ledger, leaf)
  const closed = {
    counted: countedThroughReference(ledger, leaf),
    ...(plan.target.measure === 'rate'
      ? { week: weekToDue(ledger, leaf), rates: ratesOf(ledger, leaf) }
      : { week: null }),
    ...(since === null ? {} : { sinceReference: since }),
    reached: reachedOf(ledger, leaf),
  }
  const standing = standingAtDue(plan, leaf, sums, closed, { today: world.today, due: dueThrough(world) })
  switch (standing?.status) {
    case 'behind':
    case 'farBehind':
    case 'missed':
      return true
    case 'notStarted':
    case 'reached':
    case 'reachedLate':
    case 'ahead':
    case 'aboveBase':
    case null:
    case undefined:
      return false
  }
}
