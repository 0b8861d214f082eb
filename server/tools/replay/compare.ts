/** Compares what is on the screens with what the source says: its totals, and every figure of every day. */
import type { Values } from '../../../shared/domain/values.ts'
import type { Setting } from '../../../shared/domain/world.ts'
import type { Actor } from '../../../shared/policy.ts'
import type { Day } from '../../../shared/progress/day.ts'
import type { LineRow, ReportRow } from '../../../shared/view/rows.ts'
import { rowsOf } from '../../../shared/view/wire.ts'
import type { Core } from '../../core/core.ts'
import { expectedOf, keptIn } from './expected.ts'
import type { Publication } from './rows.ts'

type Reading = Pick<Core, 'changes' | 'setting'>

export interface Comparison {
  /** reporting units in the programme's order, then sums that the source gives a total of */
  rows: { unit: string; ours: Values; theirs: Values | undefined; equal: boolean }[]
  /** totals that were compared, that differ, and that the source does not give, each of one unit and counter */
  compared: number
  differing: number
  without: number
}

/** Reads the totals as a watching client would, and compares the counters with the source's. */
export async function compareTotals(
  core: Reading,
  by: Actor,
  theirs: ReadonlyMap<string, Values>,
  counters: readonly string[],
): Promise<Comparison> {
  const setting = core.setting()!
  const comparison: Comparison = { rows: [], compared: 0, differing: 0, without: 0 }
  for (const unit of new Set([...setting.units.leaves(setting.units.root), ...theirs.keys()])) {
    const given = theirs.get(unit)
    const ours = await totalOf(core, setting, by, unit)
    const known = counters.filter((k) => given?.[k] !== undefined)
    const differing = known.filter((k) => given![k] !== ours[k]).length
    comparison.compared += known.length
    comparison.differing += differing
    comparison.without += counters.length - known.length
    comparison.rows.push({ unit, ours, theirs: given, equal: differing === 0 && known.length > 0 })
  }
  return comparison
}

/** Approved totals of all days, by counter; zeros for an unknown unit. */
async function totalOf(core: Pick<Core, 'changes'>, setting: Setting, by: Actor, unit: string): Promise<Values> {
  const seen = await core.changes(by, `unit:${unit}`, 0)
  const row = seen.ok ? rowsOf('sums', seen.value.rows, setting.units).find((sums) => sums.unit === unit) : undefined
  return Object.fromEntries(setting.programme.counters.map((c, i) => [c.key, row?.total.approved[i] ?? 0]))
}

/**
 * Reads the sheet of every day, and counts the figures that are compared and those that are others than the source's last; so
 * with running totals that are kept as they were reported.
 */
export async function compareFigures(
  core: Reading,
  by: Actor,
  publications: readonly Publication[],
): Promise<{ figures: number; kept: number; differing: { unit: string; day: Day; counter: string }[] }> {
  const { units, programme } = core.setting()!
  const differing: { unit: string; day: Day; counter: string }[] = []
  const [expected, kept] = [expectedOf(publications), keptIn(publications)]
  let [figures, compared] = [0, 0]
  for (const [day, byUnit] of expected) {
    const reports = new Map<string, ReportRow>()
    const lines = new Map<string, LineRow>()
    // the sheet of a unit holds the reporting units right below it
    for (const unit of new Set([...byUnit.keys()].map((leaf) => units.get(leaf)!.parent ?? leaf))) {
      const seen = await core.changes(by, `sheet:${unit}/${day}`, 0)
      if (!seen.ok) continue
      for (const row of rowsOf('report', seen.value.rows, units)) reports.set(row.unit, row)
      for (const row of rowsOf('line', seen.value.rows, units)) lines.set(row.unit, row)
    }
    for (const [unit, values] of byUnit)
      for (const [c, { key: counter }] of programme.counters.entries()) {
        if (values[counter] === undefined) continue
        figures++
        const total = kept.get(day)?.get(unit)?.[counter]
        if (total !== undefined) compared++
        const isKept = total === undefined || lines.get(unit)?.totals?.[c]?.own === total
        if (reports.get(unit)?.figures[c]?.value !== values[counter] || !isKept) differing.push({ unit, day, counter })
      }
  }
  return { figures, kept: compared, differing }
}

/** A table for the console: ours beside theirs, and the sum of all. */
export function comparisonTable(
  { rows, differing, without }: Comparison,
  leaves: readonly string[],
  counters: readonly string[],
): string {
  const own = rows.filter((r) => leaves.includes(r.unit))
  const sum = (side: 'ours' | 'theirs', k: string) => own.reduce((s, r) => s + (r[side]?.[k] ?? 0), 0)
  const all = (side: 'ours' | 'theirs') => Object.fromEntries(counters.map((k) => [k, sum(side, k)]))
  const lines = [...rows, { unit: 'all', ours: all('ours'), theirs: all('theirs'), equal: differing + without === 0 }]
  const head = ['unit', ...counters.flatMap((k) => [k, `${k} (source)`]), '']
  const cells = lines.map((r) => [
    r.unit,
    ...counters.flatMap((k) => [formatted(r.ours[k]), formatted(r.theirs?.[k])]),
    r.equal ? '=' : counters.some((k) => r.theirs?.[k] !== undefined) ? 'differs' : 'not compared',
  ])
  const widths = head.map((h, i) => Math.max(h.length, ...cells.map((c) => c[i]!.length)))
  const line = (c: string[]) => c.map((x, i) => (i === 0 ? x.padEnd(widths[i]!) : x.padStart(widths[i]!))).join('  ')
  return [head, ...cells].map(line).join('\n')
}

const formatted = (n: number | undefined): string => (n === undefined ? '-' : n.toLocaleString('en-US'))
