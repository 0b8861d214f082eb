/** Today by the log, as a page has last seen it: dates of its year are written without the year. */
import { defineStore } from 'pinia'
import { type ComputedRef, shallowRef, watch } from 'vue'
import type { Day } from '../../shared/progress/day.ts'

export const usePresent = defineStore('present', () => {
  /** null until a page has shown figures, and before the first day */
  const today = shallowRef<Day | null>(null)
  return { today }
})

/** Takes over the day that a page shows figures of, while the calling component lives. */
export function usePresentOf<D extends Day | null>(today: ComputedRef<D>): ComputedRef<D> {
  const present = usePresent()
  watch(today, (day) => (present.today = day ?? present.today), { immediate: true, flush: 'sync' })
  return today
}
