/** Days of a unit: those that its scope holds, older months by their address, and today. */
import { computed, type ComputedRef, type MaybeRefOrGetter, toValue, watchEffect } from 'vue'
import type { Day } from '../../shared/progress/day.ts'
import type { DayRow } from '../../shared/view/rows.ts'
import { rowsOf } from '../../shared/view/wire.ts'
import { callApi } from '../sync/api.ts'
import { createMonths } from './months.ts'
import { useProgramme } from './programme.ts'
import { dayRowOfToday } from './today.ts'
import { useUnit } from './unit.ts'

const months = createMonths(
  async ({ unit, month, address }) => {
    const answer = await callApi('spans', { scope: `unit:${unit}`, month, address })
    return answer.ok ? [...rowsOf('day', answer.value.days, useProgramme().units)] : null
  },
  (ms) => new Promise((done) => setTimeout(done, ms)),
)

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
  const addresses = computed(() => wanted.value.map(({ month, address }) => ({ unit: toValue(unit), month, address })))
  watchEffect(() => addresses.value.forEach((month) => months.want(month)))
  return {
    rows: computed(() => {
      const day = today.value
      const rows: DayRow[] = addresses.value.flatMap((month) => months.held(month)?.days ?? [])
      rows.push(...scope.all<'day'>('day').filter((row) => row.day !== day))
      const own = sums(toValue(unit))
      const row = day === null || own === undefined ? null : dayRowOfToday(day, own)
      return row === null ? rows : [...rows, row]
    }),
    complete: computed(
      () => scope.ready.value && addresses.value.every((month) => months.held(month)?.address === month.address),
    ),
  }
}
