/** The edge that a changed row keeps for a moment. */
import { refAutoReset } from '@vueuse/core'
import { type Ref, watch } from 'vue'

const EDGE_MS = 4_000

/** True for four seconds after `value` has changed. */
export function useRecentlyChanged(value: () => unknown): Readonly<Ref<boolean>> {
  const on = refAutoReset(false, EDGE_MS)
  watch(value, (_, before) => {
    if (before !== undefined) on.value = true
  })
  return on
}
