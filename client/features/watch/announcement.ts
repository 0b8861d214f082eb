/** What a screen reader is told of live figures: not every change, but the latest now and then. */
import { onScopeDispose, type Ref, ref, watch } from 'vue'

/**
 * Follows `text` at most once every `ms`; the last text always arrives. When `about` changes, something else is told of
 * than before (another target, another language, figures instead of waiting): that is told at once.
 */
export function useAnnouncement(text: () => string, about: () => string, ms: number): Readonly<Ref<string>> {
  const said = ref(text())
  let timer: ReturnType<typeof setTimeout> | undefined
  const tell = () => {
    clearTimeout(timer)
    timer = undefined
    said.value = text()
  }
  watch(text, () => {
    timer ??= setTimeout(tell, ms)
  })
  watch(about, tell)
  onScopeDispose(() => clearTimeout(timer))
  return said
}
