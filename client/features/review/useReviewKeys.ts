/** The reviewers' page by keys: 1–9 choose counters, the others are named by the page. */
import { useEventListener } from '@vueuse/core'

/** Not while something is typed, nor while a dialog is open. `toggle` is given the index of a counter. */
export function useReviewKeys(keys: Readonly<Record<string, () => unknown>>, toggle: (counter: number) => void): void {
  useEventListener('keydown', (event) => {
    const { target, key, ctrlKey, metaKey, altKey } = event
    if (
      ctrlKey ||
      metaKey ||
      altKey ||
      document.querySelector('dialog[open]') !== null ||
      (target as HTMLElement | null)?.closest('input:not([type=checkbox]), textarea, select')
    )
      return
    if (/^[1-9]$/.test(key)) toggle(Number(key) - 1)
    else if (Object.hasOwn(keys, key)) keys[key]!()
    else return
    event.preventDefault()
  })
}
