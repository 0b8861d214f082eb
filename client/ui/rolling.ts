/** Smooth change of a figure. */
import {
  refThrottled,
  TransitionPresets,
  useDocumentVisibility,
  usePreferredReducedMotion,
  useTransition,
} from '@vueuse/core'
import { computed, type Ref } from 'vue'

const ROLL_MS = 400
const REST_MS = 1_000

/** Follows `value`: rolls for 400 ms, then rests until a second has passed; the last value always arrives exactly. */
export function useRolling(value: Ref<number>): Readonly<Ref<number>> {
  const motion = usePreferredReducedMotion()
  const visibility = useDocumentVisibility()
  return useTransition(refThrottled(value, REST_MS), {
    duration: ROLL_MS,
    easing: TransitionPresets.easeOutCubic,
    disabled: computed(() => motion.value === 'reduce' || visibility.value === 'hidden'),
  })
}
