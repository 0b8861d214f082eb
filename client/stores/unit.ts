/** Rows of a unit's scope by the codes of units. */
import { computed, type ComputedRef, type MaybeRefOrGetter, toValue } from 'vue'
import type { Day } from '../../shared/progress/day.ts'
import { type Plan, type Standing, standingAtDue, standingOf } from '../../shared/progress/standing.ts'
import type { BelowRow, ClockRow, ClosedRow, SumsRow } from '../../shared/view/rows.ts'
import { rowKey } from '../../shared/view/wire.ts'
import { usePresentOf } from './present.ts'
import { useProgramme } from './programme.ts'
import { type ScopeRows, useScope } from './scope.ts'

export interface UnitRows {
  scope: ScopeRows
  clock: ComputedRef<ClockRow | undefined>
  today: ComputedRef<Day | null>
  /** undefined while loading, and for units that the scope holds no rows of */
  sums(code: string): SumsRow | undefined
  closed(code: string): ClosedRow | undefined
  below(code: string): BelowRow | undefined
  /** null where a row is not there, and for a unit without a part of the target */
  standing(plan: Plan, code: string): Standing | null
  /** the same of the moment that units are ranked at */
  standingAtDue(plan: Plan, code: string): Standing | null
}

/** Watches `unit:U` while the calling component lives; an empty code watches nothing. */
export function useUnit(unit: MaybeRefOrGetter<string>): UnitRows {
  const store = useProgramme()
  const scope = useScope(() => (toValue(unit) === '' ? '' : `unit:${toValue(unit)}`))
  const clock = computed(() => scope.get<'clock'>(rowKey.clock()))
  const today = usePresentOf(computed(() => clock.value?.today ?? null))
  const sums = (code: string) => scope.get<'sums'>(rowKey.sums(store.units.index(code)))
  const closed = (code: string) => scope.get<'closed'>(rowKey.closed(store.units.index(code)))
  const measured = (measure: typeof standingAtDue, plan: Plan, code: string) => {
    const [total, counted] = [sums(code), closed(code)]
    if (total === undefined || counted === undefined || clock.value === undefined) return null
    return measure(plan, code, total, counted, clock.value)
  }
  return {
    scope,
    clock,
    today,
    sums,
    closed,
    below: (code) => scope.get<'below'>(rowKey.below(store.units.index(code))),
    standing: (plan, code) => measured(standingOf, plan, code),
    standingAtDue: (plan, code) => measured(standingAtDue, plan, code),
  }
}
