/** Smooth change of a figure. */
import { useDocumentVisibility, usePreferredReducedMotion } from '@vueuse/core'
import { computed, onScopeDispose, type Ref, shallowRef, watch } from 'vue'
import { usePresent } from '../stores/present.ts'

const ROLL_MS = 400
/** fast at first, slow at the end */
const eased = (part: number) => 1 - (1 - part) ** 3

/**
 * Follows `value`: rolls for 400 ms, at once where motion is not wanted or nobody looks. With a new day it is there at once
 * too: a figure of the day before never stands under the date of the next. Wherever the clock is set to meanwhile, it arrives.
 */
export function useRolling(value: Ref<number>): Readonly<Ref<number>> {
  const motion = usePreferredReducedMotion()
  const visibility = useDocumentVisibility()
  const present = usePresent()
  const shown = shallowRef(value.value)
  const still = computed(() => motion.value === 'reduce' || visibility.value === 'hidden')
  let frame = 0
  // once for all that comes together
  watch([value, () => present.today, still], ([to, day], [, before]) => {
    cancelAnimationFrame(frame)
    if (still.value || day !== before) shown.value = to
    else if (shown.value !== to) roll(shown.value, to)
  })
  onScopeDispose(() => cancelAnimationFrame(frame))

  function roll(from: number, to: number): void {
    const began = performance.now()
    const step = () => {
      const part = Math.max(0, (performance.now() - began) / ROLL_MS)
      shown.value = part < 1 ? from + (to - from) * eased(part) : to
      if (part < 1) frame = requestAnimationFrame(step)
    }
    step()
  }
  return shown
}
