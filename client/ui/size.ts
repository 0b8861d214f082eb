/** How much room an element has, on the screen and on paper. */
import { type MaybeComputedElementRef, unrefElement, useElementSize } from '@vueuse/core'
import { type Ref, watch } from 'vue'
import { useOnPaper } from './paper.ts'

/** Inner width and height in px, 0 before there is an element; measured anew at once when the page is put on paper. */
export function useSize(target: MaybeComputedElementRef): { width: Ref<number>; height: Ref<number> } {
  const { width, height } = useElementSize(target)
  watch(
    useOnPaper(),
    () => {
      const element = unrefElement(target)
      if (!(element instanceof HTMLElement)) return
      const style = getComputedStyle(element)
      const around = (...sides: string[]) => sides.reduce((sum, side) => sum + parseFloat(side), 0)
      width.value = element.clientWidth - around(style.paddingLeft, style.paddingRight)
      height.value = element.clientHeight - around(style.paddingTop, style.paddingBottom)
    },
    { flush: 'sync' },
  )
  return { width, height }
}
