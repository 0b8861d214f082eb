/** What a watching page is about: the unit, the day, the baseline and the main one of its targets. */
import { computed, type ComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { baselineOn } from '../../../shared/domain/baseline.ts'
import type { Baseline, Target } from '../../../shared/domain/programme.ts'
import { mainTarget, targetsOf } from '../../../shared/progress/targets.ts'
import { unitsInScope } from '../../../shared/view/within.ts'
import { useProgramme } from '../../stores/programme.ts'
import { type UnitRows, useUnit } from '../../stores/unit.ts'
import type { Card } from './cards.ts'
import { stable } from './stable.ts'
import { useUnits } from './units.ts'

export interface Focus extends UnitRows {
  /** the baseline that figures are measured against */
  baseline: ComputedRef<Baseline>
  /** the baseline in force today */
  inForce: ComputedRef<Baseline>
  cards: ComputedRef<readonly Card[]>
  /** where the unit has no part of a target of a unit above: the first such target, and whether that is for want of a base */
  why: ComputedRef<{ target: Target; lacksBase: boolean } | null>
  /** the main one; undefined while loading, and where no target concerns the unit */
  main: ComputedRef<Card | undefined>
  /** a page's address with another baseline or target */
  address(change: { baseline?: string; target?: string }): { query: Record<string, string> }
  choose(change: { baseline?: string; target?: string }): void
}

export function useFocusTarget(unit: () => string): Focus {
  const store = useProgramme()
  const route = useRoute()
  const router = useRouter()
  const own = useUnit(unit)
  const inForce = computed(() => baselineOn(store.programme, own.today.value))
  const baseline = computed(
    () => store.programme.baselines.find((b) => b.key === route.query.baseline) ?? inForce.value,
  )
  const stakes = computed(() => targetsOf(baseline.value, store.units, unit()))
  // a target may lie deeper than the rows of the page's own scope
  const near = computed(() => new Set(unitsInScope(store.units, unit())))
  const far = useUnits(() => stakes.value.flatMap((s) => (near.value.has(s.unit) ? [] : [s.unit])))
  const cards = computed<readonly Card[]>((old) =>
    stable(
      old,
      stakes.value.flatMap((stake) => {
        const rows = near.value.has(stake.unit) ? own : far(stake.unit)
        const plan = store.plans.get(baseline.value.key, stake.target.key)
        const standing = plan === undefined ? null : (rows?.standing(plan, stake.unit) ?? null)
        if (standing === null) return []
        const comparable = rows!.standingAtDue(plan!, stake.unit)!.breakdown
        const { reports, confirmed } = rows!.closed(stake.unit)!
        return [{ ...stake, standing, comparable, owed: reports.partial + reports.missing, confirmed }]
      }),
    ),
  )
  const why = computed(() => {
    if (cards.value.some((card) => card.unit === unit())) return null
    const target = stakes.value.find((stake) => stake.unit === unit())?.target
    const plan = target && store.plans.get(baseline.value.key, target.key)
    return plan === undefined ? null : { target: plan.target, lacksBase: plan.allocation.lacksBase(unit()) }
  })
  const main = computed<Card | undefined>(() => {
    const wanted = route.query.target
    const { main } = baseline.value
    return mainTarget(cards.value, own.today.value, { main, wanted: typeof wanted === 'string' ? wanted : undefined })
  })
  const address: Focus['address'] = (change) => {
    const query: Record<string, string> = {}
    for (const name of ['baseline', 'table']) if (typeof route.query[name] === 'string') query[name] = route.query[name]
    if (typeof route.query.target === 'string' && change.baseline === undefined) query.target = route.query.target
    const next = { ...query, ...change }
    // the one in force needs no mention, and goes on being it
    if (next.baseline === inForce.value.key) delete next.baseline
    return { query: next }
  }
  return {
    ...own,
    baseline,
    inForce,
    cards,
    why,
    main,
    address,
    choose: (change) => void router.push(address(change)),
  }
}
