/** What is drawn anew less often than it changes. */
import { onScopeDispose, type Ref, shallowRef, watch } from 'vue'

/**
 * Follows `source`: at once after quiet, then at most once in `ms`, with the latest. By timers alone: a clock that is set back
 * does not make it wait until the time has come again.
 */
export function useRested<T>(source: Readonly<Ref<T>>, ms: number): Readonly<Ref<T>> {
  const shown = shallowRef(source.value)
  let resting: ReturnType<typeof setTimeout> | undefined
  let waiting = false
  watch(source, () => {
    if (resting === undefined) take()
    else waiting = true
  })
  onScopeDispose(() => clearTimeout(resting))

  function take(): void {
    shown.value = source.value
    waiting = false
    resting = setTimeout(() => {
      resting = undefined
      if (waiting) take()
    }, ms)
  }
  return shown
}
