/** What a screen reader is told of live figures: not every change, but the latest now and then. */
import { onScopeDispose, type Ref, ref, watch } from 'vue'

/** Follows `text` at most once every `ms`; the last text always arrives. */
export function useSpoken(text: () => string, ms: number): Readonly<Ref<string>> {
  const spoken = ref(text())
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(text, () => {
    timer ??= setTimeout(() => {
      timer = undefined
      spoken.value = text()
    }, ms)
  })
  onScopeDispose(() => clearTimeout(timer))
  return spoken
}
