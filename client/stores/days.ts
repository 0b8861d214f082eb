/** Days of a unit: those that its scope holds, older months by their address, and today. */
import { computed, type ComputedRef, type MaybeRefOrGetter, toValue, watchEffect } from 'vue'
import { isNothing } from '../../shared/progress/breakdown.ts'
import type { Day } from '../../shared/progress/day.ts'
import type { DueState } from '../../shared/view/due.ts'
import type { DayRow, SumsRow } from '../../shared/view/rows.ts'
import { rowKey, rowsOf } from '../../shared/view/wire.ts'
import { callApi } from '../sync/api.ts'
import { createMonths } from './months.ts'
import { useProgramme } from './programme.ts'
import { useUnit } from './unit.ts'

const months = createMonths(
  async ({ unit, month, seq }) => {
    const answer = await callApi('spans', { scope: `unit:${unit}`, month, seq })
    return answer.ok ? [...rowsOf('day', answer.value.days, useProgramme().units)] : null
  },
  (ms) => new Promise((done) => setTimeout(done, ms)),
)

const NOTHING_GIVEN: readonly (DueState | null)[] = ['notStarted', 'ended', 'off', 'open', 'missing']

/** Today as a day among others, by the rules of `DayRow`. */
function todayOf(day: Day, { today, state, blank, spans }: SumsRow): DayRow[] {
  const given = state !== null && !NOTHING_GIVEN.includes(state)
  if (isNothing(today) && !given) return []
  const row: DayRow = { kind: 'day', key: rowKey.day(day), day, breakdown: today, ...(spans && { spans }) }
  if (state === null || (given && blank === undefined)) return [row]
  return [{ ...row, blank: blank ?? today.approved.map((_, counter) => counter) }]
}

export interface UnitDays {
  /** in no order; days without anything are left out */
  rows: ComputedRef<readonly DayRow[]>
  /** every month of the range is there as it is now; before that `rows` may lack days or hold what has been restated since */
  complete: ComputedRef<boolean>
}

/** The days `from`…`to` of a unit, today included; months before the one before this are fetched when they are wanted. */
export function useDays(
  unit: MaybeRefOrGetter<string>,
  range: MaybeRefOrGetter<{ from: Day; to: Day } | null>,
): UnitDays {
  const { scope, today, sums } = useUnit(unit)
  const wanted = computed(() => {
    const days = toValue(range)
    if (days === null) return []
    const [first, last] = [days.from.slice(0, 7), days.to.slice(0, 7)]
    return scope.all<'span'>('span').filter(({ month }) => month >= first && month <= last)
  })
  const addresses = computed(() => wanted.value.map(({ month, seq }) => ({ unit: toValue(unit), month, seq })))
  watchEffect(() => addresses.value.forEach((address) => months.want(address)))
  return {
    rows: computed(() => {
      const day = today.value
      const rows: DayRow[] = addresses.value.flatMap((address) => months.held(address)?.days ?? [])
      rows.push(...scope.all<'day'>('day').filter((row) => row.day !== day))
      const own = sums(toValue(unit))
      if (day !== null && own !== undefined) rows.push(...todayOf(day, own))
      return rows
    }),
    complete: computed(
      () => scope.ready.value && addresses.value.every((address) => months.held(address)?.seq === address.seq),
    ),
  }
}
