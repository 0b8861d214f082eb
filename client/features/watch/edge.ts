/** The edge that a changed row keeps for a moment. */
import { onScopeDispose, type Ref, ref, watch } from 'vue'

const EDGE_MS = 4_000

/** True for four seconds after `value` has changed. */
export function useEdge(value: () => unknown): Readonly<Ref<boolean>> {
  const on = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(value, (_, before) => {
    if (before === undefined) return
    on.value = true
    clearTimeout(timer)
    timer = setTimeout(() => (on.value = false), EDGE_MS)
  })
  onScopeDispose(() => clearTimeout(timer))
  return on
}
