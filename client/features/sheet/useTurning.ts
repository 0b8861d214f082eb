/** The sheet without a day in its address goes along with today, but not under the hands of somebody who is at it. */
import { useEventListener } from '@vueuse/core'
import { computed, type ComputedRef, type Ref, ref, watch } from 'vue'
import type { Day } from '../../../shared/progress/day.ts'
import type { Sheet } from './useSheet.ts'

/** `room`: the element of the page. `asked`: the day in the address; null = whatever is today. */
export function useTurning(
  room: Readonly<Ref<HTMLElement | null>>,
  sheet: Readonly<Ref<Sheet | null>>,
  unit: () => string,
  asked: () => Day | null,
): ComputedRef<Day | null> {
  /** somebody is at a field of the page, or at one of its dialogs; another window in front changes nothing */
  const at = ref(false)
  const look = () => {
    const here = document.activeElement
    at.value = room.value?.contains(here) === true && here?.closest('input, textarea, select, dialog') != null
  }
  useEventListener(room, 'focusin', look)
  useEventListener(room, 'focusout', () => setTimeout(look))

  /** the day that the sheet stayed on when another one began, until it is left */
  const stayed = ref<Day | null>(null)
  const held = computed(() => {
    const of = sheet.value
    if (of === null || of.unit !== unit()) return null
    if (stayed.value !== null) return stayed.value
    return at.value || of.unsent > 0 || of.way.waiting.length > 0 ? of.day : null
  })
  watch(
    () => sheet.value?.rows.clock.today,
    () => {
      if (asked() === null && held.value !== null && held.value !== sheet.value?.rows.clock.today)
        stayed.value = held.value
    },
  )
  watch([unit, asked], () => (stayed.value = null))
  return held
}
