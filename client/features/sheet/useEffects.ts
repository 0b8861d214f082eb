/** What the lines of the sheet do to its target, and where that puts them among their neighbours. */
import { computed, type ComputedRef, reactive } from 'vue'
import { countedValue } from '../../../shared/domain/figures.ts'
import type { Day } from '../../../shared/progress/day.ts'
import { type Effect, effectOf, type Move, rankOf } from './effect.ts'
import type { SheetRows } from './useRows.ts'
import { type CellView, type LineView, shownIn } from './view.ts'

export type Effects = ReturnType<typeof useEffects>

export interface EffectsInput {
  rows: SheetRows
  unit: string
  day: Day
  lines: ComputedRef<LineView[]>
  /** index of the target's counter; −1 without a target */
  main: ComputedRef<number>
}

export function useEffects({ rows, unit, day, lines, main }: EffectsInput) {
  const isToday = computed(() => rows.clock.today === day)
  const effectAt = (code: string, through: number | undefined | null, cells: readonly (CellView | undefined)[]) => {
    const plan = rows.target?.plan
    if (plan === undefined || through === undefined || through === null) return null
    return effectOf(plan, code, day, {
      through,
      stored: sumOf(cells, (c) => (c === undefined ? null : countedValue(c.figure))),
      value: sumOf(cells, countedIn),
    })
  }

  /** by unit: of the lines, and of neighbours that are no lines as far as they are known */
  const byUnit = computed(() => {
    const found = new Map<string, Effect>()
    const own = new Set<string>()
    for (const { unit: code, cells } of lines.value) {
      own.add(code)
      const effect = effectAt(code, rows.line(code)?.through[main.value], [cells[main.value]])
      if (effect !== null) found.set(code, effect)
    }
    // a neighbour's figures of an earlier day are not here
    if (isToday.value)
      for (const code of rows.peers) {
        const effect = own.has(code) ? null : effectAt(code, rows.reportedOf(code), [])
        if (effect !== null) found.set(code, effect)
      }
    return found
  })
  const ownUnit = computed(() => {
    if (lines.value.length === 1 && lines.value[0]?.unit === unit) return null
    return effectAt(
      unit,
      rows.above(unit)?.through?.[main.value],
      lines.value.map((l) => l.cells[main.value]),
    )
  })
  const unitRank = computed<Move<number | null> | null>(() => {
    if (ownUnit.value === null || !isToday.value) return null
    const all = new Map<string, Effect>([[unit, ownUnit.value]])
    for (const code of rows.rivals) {
      const effect = code === unit ? null : effectAt(code, rows.reportedOf(code), [])
      if (effect !== null) all.set(code, effect)
    }
    return all.size > 1 ? rankOf(all, unit) : null
  })
  /** estimate of what the unit has not reported, without and with this sheet; null without a target */
  const estimate = computed<Move | null>(() => {
    const missing = rows.target?.standing.breakdown.missing
    if (missing === undefined) return null
    let gone = 0
    for (const { unit: code, cells } of lines.value)
      if (shownIn(cells[main.value]) !== null) gone += rows.line(code)?.estimate[main.value] ?? 0
    return { before: missing, after: Math.max(0, missing - gone) }
  })

  return reactive({
    of: (code: string): Effect | undefined => byUnit.value.get(code),
    any: computed(() => byUnit.value.size > 0),
    /** points of all of them, before and after */
    points: computed(() =>
      [...byUnit.value.values(), ...(ownUnit.value === null ? [] : [ownUnit.value])].flatMap((e) => [
        e.points.before,
        e.points.after,
      ]),
    ),
    /** of the sheet's own unit; null where it is itself the line */
    unit: ownUnit,
    unitRank,
    estimate,
    /** ranks have neighbours that are known */
    ranked: computed(() => byUnit.value.size > 1),
    rank: (code: string): Move<number | null> | null => (byUnit.value.size > 1 ? rankOf(byUnit.value, code) : null),
  })
}

/** What is shown where something is typed or on its way; else what counts: what a reviewer has returned does not. */
const countedIn = (cell: CellView | undefined): number | null =>
  cell !== undefined && cell.checked === null && cell.value === cell.figure.value
    ? countedValue(cell.figure)
    : shownIn(cell)

/** null when all are blank */
function sumOf(
  cells: readonly (CellView | undefined)[],
  of: (cell: CellView | undefined) => number | null,
): number | null {
  return cells.reduce<number | null>((sum, cell) => {
    const value = of(cell)
    return value === null ? sum : (sum ?? 0) + value
  }, null)
}
