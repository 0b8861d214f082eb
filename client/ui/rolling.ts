/** Smooth change of a figure. */
import { TransitionPresets, useDocumentVisibility, usePreferredReducedMotion, useTransition } from '@vueuse/core'
import { computed, type Ref, shallowRef, watch } from 'vue'
import { usePresent } from '../stores/present.ts'

const ROLL_MS = 400

/**
 * Follows `value`: rolls for 400 ms, at once where motion is not wanted. With a new day it is there at once too: a figure of
 * the day before never stands under the date of the next.
 */
export function useRolling(value: Ref<number>): Readonly<Ref<number>> {
  const motion = usePreferredReducedMotion()
  const visibility = useDocumentVisibility()
  const present = usePresent()
  const jumps = shallowRef(false)
  let day = present.today
  // once for all that comes together
  watch([value, () => present.today], () => {
    jumps.value = present.today !== day
    day = present.today
  })
  return useTransition(value, {
    duration: ROLL_MS,
    easing: TransitionPresets.easeOutCubic,
    disabled: computed(() => jumps.value || motion.value === 'reduce' || visibility.value === 'hidden'),
  })
}
