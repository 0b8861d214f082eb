/** How far the figures of a unit's latest days are proven, for the texture of their bars. */
import { refDebounced } from '@vueuse/core'
import { computed, type ComputedRef } from 'vue'
import { counterOf } from '../../../shared/progress/breakdown.ts'
import type { Day } from '../../../shared/progress/day.ts'
import { useDays } from '../../stores/days.ts'
import { amountOf, type Part, SHIFT_PARTS } from '../../ui/texture.ts'

/** ms of rest before a unit's days are asked for */
const REST_MS = 160

/** The part that each day's figure of a counter (its index) stands in; days that are not known are left out. */
export function useDayParts(
  unit: ComputedRef<string>,
  from: () => Day,
  to: Day,
  counter: ComputedRef<number>,
): ComputedRef<ReadonlyMap<Day, Part>> {
  const rested = refDebounced(unit, REST_MS)
  const { rows } = useDays(rested, () => ({ from: from(), to }))
  return computed(() => {
    const parts = new Map<Day, Part>()
    if (rested.value !== unit.value) return parts
    for (const { day, breakdown } of rows.value) {
      const own = counterOf(breakdown, counter.value)
      const shifted = SHIFT_PARTS.findLast((part) => amountOf(own, part).up + amountOf(own, part).down > 0)
      if (shifted !== undefined) parts.set(day, shifted)
      else if (own.approved > 0) parts.set(day, 'a')
    }
    return parts
  })
}
