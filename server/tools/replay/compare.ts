/** Compares the totals on the screens with those that the source gives. */
import type { Values } from '../../../shared/domain/values.ts'
import type { Setting } from '../../../shared/domain/world.ts'
import type { Actor } from '../../../shared/policy.ts'
import { rowsOf } from '../../../shared/view/wire.ts'
import type { Core } from '../../core/core.ts'

export interface Comparison {
  exact: boolean
  /** reporting units in the programme's order, then any that only the source knows */
  rows: { unit: string; ours: Values; theirs: Values | undefined; equal: boolean }[]
}

/** Reads the totals as a watching client would, and compares them with the source's. */
export async function compareTotals(
  core: Pick<Core, 'changes' | 'setting'>,
  by: Actor,
  theirs: ReadonlyMap<string, Values>,
): Promise<Comparison> {
  const setting = core.setting()!
  const units = setting.units.leaves(setting.units.root)
  const rows: Comparison['rows'] = []
  for (const unit of new Set([...units, ...theirs.keys()])) {
    const given = theirs.get(unit)
    const ours = await totalOf(core, setting, by, unit)
    const equal = given !== undefined && Object.keys(given).every((k) => given[k] === ours[k])
    rows.push({ unit, ours, theirs: given, equal })
  }
  return { exact: rows.every((r) => r.equal), rows }
}

/** Approved totals of all days, by counter; zeros for an unknown unit. */
async function totalOf(core: Pick<Core, 'changes'>, setting: Setting, by: Actor, unit: string): Promise<Values> {
  const seen = await core.changes(by, `unit:${unit}`, 0)
  const row = seen.ok ? rowsOf('sums', seen.value.rows, setting.units).find((sums) => sums.unit === unit) : undefined
  return Object.fromEntries(setting.programme.counters.map((c, i) => [c.key, row?.total.approved[i] ?? 0]))
}

/** A table for the console: ours beside theirs, and the sum of all. */
export function comparisonTable({ rows }: Comparison, counters: readonly string[]): string {
  const sum = (side: 'ours' | 'theirs', k: string) => rows.reduce((s, r) => s + (r[side]?.[k] ?? 0), 0)
  const all = (side: 'ours' | 'theirs') => Object.fromEntries(counters.map((k) => [k, sum(side, k)]))
  const lines = [...rows, { unit: 'all', ours: all('ours'), theirs: all('theirs'), equal: rows.every((r) => r.equal) }]
  const head = ['unit', ...counters.flatMap((k) => [k, `${k} (source)`]), '']
  const cells = lines.map((r) => [
    r.unit,
    ...counters.flatMap((k) => [formatted(r.ours[k]), formatted(r.theirs?.[k])]),
    r.equal ? '=' : 'differs',
  ])
  const widths = head.map((h, i) => Math.max(h.length, ...cells.map((c) => c[i]!.length)))
  const line = (c: string[]) => c.map((x, i) => (i === 0 ? x.padEnd(widths[i]!) : x.padStart(widths[i]!))).join('  ')
  return [head, ...cells].map(line).join('\n')
}

const formatted = (n: number | undefined): string => (n === undefined ? '-' : n.toLocaleString('en-US'))
