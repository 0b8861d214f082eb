/** Today by the log, for rights that begin with a day. */
import { computed, type ComputedRef } from 'vue'
import type { Day } from '../../shared/progress/day.ts'
import { rowKey } from '../../shared/view/wire.ts'
import { useProgramme } from './programme.ts'
import { useScope } from './scope.ts'
import { useSession } from './session.ts'

/**
 * Today, for the rights to units that went into another (R41, Y8). Null while it is not known, and where no unit goes into
 * another: nothing is watched for it then.
 */
export function useRightsDay(): ComputedRef<Day | null> {
  const session = useSession()
  const store = useProgramme()
  const isNeeded = computed(() => store.units.all.some((unit) => store.units.into(unit) !== null))
  const scope = useScope(() => (session.me === null || !isNeeded.value ? '' : `unit:${session.me.unit}`))
  return computed(() => scope.get<'clock'>(rowKey.clock())?.today ?? null)
}
