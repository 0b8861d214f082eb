/** Which rows have changed a moment ago, so that they can be marked for as long as it takes to see it. */
import { onScopeDispose, type Ref, shallowRef, watch } from 'vue'

const MARKED_MS = 4_000

/** Keys whose version is not the one seen before, for four seconds each; the first look is not a change. */
export function useRecentlyChanged(
  versions: () => ReadonlyMap<string, number>,
  ready: Ref<boolean>,
): Ref<ReadonlySet<string>> {
  const recent = shallowRef<ReadonlySet<string>>(new Set())
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
      recent.value = new Set([...recent.value, ...changed])
      const timer = setTimeout(() => {
        timers.delete(timer)
        recent.value = new Set([...recent.value].filter((key) => !changed.includes(key)))
      }, MARKED_MS)
      timers.add(timer)
    },
    { immediate: true },
  )
  onScopeDispose(() => timers.forEach(clearTimeout))
  return recent
}
