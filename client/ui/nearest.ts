/** Marks that are smaller than what can be pointed at: of those that stand close together the nearest is meant. */
import { useEventListener } from '@vueuse/core'
import { type MaybeRefOrGetter, toValue } from 'vue'

/** px */
const REACH = 16

/**
 * Of the links `.spot` in `box`, which lie on the middles of their marks and have no size, the one that is nearest to the
 * pointer gets one (see `panels.css`), so that a click, whichever way, is a click on it.
 */
export function useNearest(box: MaybeRefOrGetter<HTMLElement | null | undefined>): void {
  let near: HTMLElement | null = null
  const mean = (spot: HTMLElement | null) => {
    if (spot === near) return
    near?.removeAttribute('data-near')
    spot?.setAttribute('data-near', '')
    near = spot
  }
  useEventListener(
    () => toValue(box),
    ['pointermove', 'pointerdown'],
    ({ clientX, clientY }: PointerEvent) => {
      let found: HTMLElement | null = null
      let least = REACH
      for (const spot of toValue(box)!.querySelectorAll<HTMLElement>('.spot')) {
        const { left, top, width, height } = spot.getBoundingClientRect()
        const away = Math.hypot(left + width / 2 - clientX, top + height / 2 - clientY)
        if (away <= least) [found, least] = [spot, away]
      }
      mean(found)
    },
  )
  useEventListener(
    () => toValue(box),
    'pointerleave',
    ({ pointerType }: PointerEvent) => {
      if (pointerType === 'mouse') mean(null)
    },
  )
}
