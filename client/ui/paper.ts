/** Whether the page is being put on paper: printed, or saved as a PDF. */
import { readonly, type Ref, shallowRef } from 'vue'

const onPaper = shallowRef(false)

/**
 * True from just before the browser lays the page out for paper until it is done. What is measured, and what is drawn in
 * colours of its own, follows at once (`flush: 'sync'`): browsers wait for nothing.
 */
export const useOnPaper = (): Readonly<Ref<boolean>> => readonly(onPaper)

/** Follows the browser; to be called once. The class `paper` of the root comes first, so that styles hold when others measure. */
export function followPaper(): void {
  const put = (on: boolean) => {
    document.documentElement.classList.toggle('paper', on)
    onPaper.value = on
  }
  addEventListener('beforeprint', () => put(true))
  addEventListener('afterprint', () => put(false))
  // a preview changes the medium alone
  matchMedia('print').addEventListener('change', ({ matches }) => put(matches))
}
