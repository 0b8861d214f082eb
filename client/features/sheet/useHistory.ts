/** The versions of a report, live; the scope changes only when the focus has come to rest on a unit. */
import { refDebounced } from '@vueuse/core'
import { computed } from 'vue'
import type { Day } from '../../../shared/progress/day.ts'
import type { VersionRow } from '../../../shared/view/rows.ts'
import { useScope } from '../../stores/scope.ts'

/** ms of rest before a report's history is asked for */
const REST_MS = 120

/** `unit` is empty while nothing is wanted. */
export function useHistory(unit: () => string, day: Day) {
  const wanted = computed(() => (unit() === '' ? '' : `history:report/${unit()}/${day}`))
  const rested = refDebounced(wanted, REST_MS)
  const scope = useScope(rested)
  const current = computed(() => rested.value === wanted.value)
  return {
    rows: computed<readonly VersionRow[]>(() => (current.value ? scope.all('version') : [])),
    refusals: computed(() => (current.value ? scope.refusals.value : [])),
    /** nothing is known yet */
    waiting: computed(() => wanted.value !== '' && !(current.value && scope.ready.value)),
  }
}
