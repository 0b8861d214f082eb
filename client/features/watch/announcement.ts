/** What a screen reader announces of live figures: not every change, but the latest from time to time. */
import { onScopeDispose, type Ref, ref, watch } from 'vue'

/**
 * Follows `text` at most once every `ms`; the last text always arrives. A change of `about` (another target, another
 * language, figures instead of waiting) is announced at once.
 */
export function useAnnouncement(text: () => string, about: () => string, ms: number): Readonly<Ref<string>> {
  const announced = ref(text())
  let timer: ReturnType<typeof setTimeout> | undefined
  const announce = () => {
    clearTimeout(timer)
    timer = undefined
    announced.value = text()
  }
  watch(text, () => {
    timer ??= setTimeout(announce, ms)
  })
  watch(about, announce)
  onScopeDispose(() => clearTimeout(timer))
  return announced
}
