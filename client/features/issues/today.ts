/** The day of the log. */
import { computed, type ComputedRef } from 'vue'
import type { Day } from '../../../shared/progress/day.ts'
import { rowKey } from '../../../shared/view/wire.ts'
import { usePresentOf } from '../../stores/present.ts'
import { useProgramme } from '../../stores/programme.ts'
import { useScope } from '../../stores/scope.ts'

/** Today as the log has it, not the device; null until it is known. It comes with any unit's rows. */
export function useToday(): ComputedRef<Day | null> {
  const store = useProgramme()
  const scope = useScope(() => `unit:${store.units.root}`)
  return usePresentOf(computed(() => scope.get<'clock'>(rowKey.clock())?.today ?? null))
}
