/** What approving would do to the reviewer's unit, those right below it, and the chain above a report. */
import { computed } from 'vue'
import { type Approval, type Approving, approvingOf } from '../../../shared/progress/approving.ts'
import type { Day } from '../../../shared/progress/day.ts'
import type { Plan } from '../../../shared/progress/standing.ts'
import { nextDue, targetsOf } from '../../../shared/progress/targets.ts'
import { useProgramme } from '../../stores/programme.ts'
import { useUnit } from '../../stores/unit.ts'

export type ApprovingRows = ReturnType<typeof useApproving>

/** `unit` is the reviewer's own; `below` a unit between it and the report that is looked at, or the same. */
export function useApproving(unit: () => string, below: () => string) {
  const store = useProgramme()
  const own = useUnit(unit)
  const near = useUnit(below)
  /** of the target that heads the page: the main one that is counted, as in the overview; undefined while loading, or without any */
  const plan = computed<Plan | undefined>(() => {
    const today = own.clock.value?.today ?? null
    if (unit() === '' || today === null) return undefined
    const baseline = store.baseline(today)
    const isCounted = ({ measure }: { measure: string }) => measure !== 'rate'
    const next = nextDue(baseline, store.units, unit(), today)
    const counted = targetsOf(baseline, store.units, unit()).find(
      (s) => s.of !== 'below' && isCounted(s.target),
    )?.target
    const target = next !== undefined && isCounted(next) ? next : counted
    return target === undefined ? undefined : store.plans.get(baseline.key, target.key)
  })
  function of(code: string, approvals: readonly Approval[]): Approving | null {
    const rows = own.sums(code) === undefined ? near : own
    const [sums, closed, clock] = [rows.sums(code), rows.closed(code), rows.clock.value]
    if (plan.value === undefined || sums === undefined || closed === undefined || clock === undefined) return null
    return approvingOf(plan.value, code, sums, closed, clock, approvals)
  }
  return {
    plan,
    of,
    /** its deadline has not passed: its figures go on growing, and do not count in the points yet */
    isOpen: (day: Day): boolean => own.clock.value !== undefined && day > (own.clock.value.closed ?? ''),
  }
}
