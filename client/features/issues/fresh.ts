/** What has just changed, so that it can keep an edge for a moment. */
import { onScopeDispose, type Ref, shallowRef, watch } from 'vue'

const EDGE_MS = 4_000

/** Keys whose version differs from the one seen before, for four seconds each; the first look is not a change. */
export function useFresh(versions: () => ReadonlyMap<string, number>, ready: Ref<boolean>): Ref<ReadonlySet<string>> {
  const fresh = shallowRef<ReadonlySet<string>>(new Set())
  const timers = new Set<ReturnType<typeof setTimeout>>()
  let seen: ReadonlyMap<string, number> | null = null
  watch(
    [versions, ready],
    () => {
      const now = versions()
      if (!ready.value) return
      const before = seen
      seen = now
      if (before === null) return
      const changed = [...now].filter(([key, version]) => before.get(key) !== version).map(([key]) => key)
      if (changed.length === 0) return
      fresh.value = new Set([...fresh.value, ...changed])
      const timer = setTimeout(() => {
        timers.delete(timer)
        fresh.value = new Set([...fresh.value].filter((key) => !changed.includes(key)))
      }, EDGE_MS)
      timers.add(timer)
    },
    { immediate: true },
  )
  onScopeDispose(() => timers.forEach(clearTimeout))
  return fresh
}
