/** Do the totals on the screens equal those that the source gives? */
import type { Frame } from '../../../shared/domain/world.ts'
import type { Values } from '../../../shared/event.ts'
import type { Actor } from '../../../shared/policy.ts'
import { rowKey, type TotalRow } from '../../../shared/view/rows.ts'
import type { Core } from '../../core/core.ts'

export interface Comparison {
  exact: boolean
  /** reporting units in the programme's order, then any that only the source knows */
  rows: { unit: string; ours: Values; theirs: Values | undefined; equal: boolean }[]
}

/** Reads the totals as a watching client would, and holds them against the source's. */
export function compareTotals(
  core: Pick<Core, 'changes' | 'frame'>,
  by: Actor,
  theirs: ReadonlyMap<string, Values>,
): Comparison {
  const frame = core.frame()!
  const units = frame.units.leaves(frame.units.root)
  const rows = [...new Set([...units, ...theirs.keys()])].map((unit) => {
    const given = theirs.get(unit)
    const ours = totalOf(core, frame, by, unit)
    const equal = given !== undefined && Object.keys(given).every((k) => given[k] === ours[k])
    return { unit, ours, theirs: given, equal }
  })
  return { exact: rows.every((r) => r.equal), rows }
}

function totalOf(core: Pick<Core, 'changes'>, frame: Frame, by: Actor, unit: string): Values {
  const seen = core.changes(by, `unit:${unit}`, 0)
  const row = seen.ok ? (seen.value.rows.find((r) => r.key === rowKey.total(unit)) as TotalRow | undefined) : undefined
  return Object.fromEntries(frame.programme.counters.map((c, i) => [c.key, row?.makeup.a[i] ?? 0]))
}

/** A table for the console: ours beside theirs, and the sum of all. */
export function comparisonTable({ rows }: Comparison, counters: readonly string[]): string {
  const sum = (side: 'ours' | 'theirs', k: string) => rows.reduce((s, r) => s + (r[side]?.[k] ?? 0), 0)
  const all = (side: 'ours' | 'theirs') => Object.fromEntries(counters.map((k) => [k, sum(side, k)]))
  const lines = [...rows, { unit: 'all', ours: all('ours'), theirs: all('theirs'), equal: rows.every((r) => r.equal) }]
  const head = ['unit', ...counters.flatMap((k) => [k, `${k} (source)`]), '']
  const cells = lines.map((r) => [
    r.unit,
    ...counters.flatMap((k) => [whole(r.ours[k]), whole(r.theirs?.[k])]),
    r.equal ? '=' : 'differs',
  ])
  const widths = head.map((h, i) => Math.max(h.length, ...cells.map((c) => c[i]!.length)))
  const line = (c: string[]) => c.map((x, i) => (i === 0 ? x.padEnd(widths[i]!) : x.padStart(widths[i]!))).join('  ')
  return [head, ...cells].map(line).join('\n')
}

const whole = (n: number | undefined): string => (n === undefined ? '-' : n.toLocaleString('en-US'))
