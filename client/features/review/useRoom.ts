/** How high something that sticks below the bar can be, wherever the page is scrolled to. */
import { useElementBounding, useWindowSize } from '@vueuse/core'
import { computed, type MaybeRefOrGetter } from 'vue'

/** px from the top of the window where it sticks, and what is left free at the foot */
const TOP = 56
const FOOT = 8

/** In px; with it its end, and the sign that it goes on, is never out of sight. */
export function useRoom(element: MaybeRefOrGetter<HTMLElement | null | undefined>) {
  const { top } = useElementBounding(element)
  const { height } = useWindowSize()
  return computed(() => height.value - Math.max(TOP, top.value) - FOOT)
}
