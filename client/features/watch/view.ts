/** What a watching page is about: the unit, the day, the baseline and the target in the balance. */
import { computed, type ComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { baselineOn } from '../../../shared/domain/baseline.ts'
import type { Baseline } from '../../../shared/domain/programme.ts'
import type { Day } from '../../../shared/progress/day.ts'
import { type NowRow, rowKey } from '../../../shared/view/rows.ts'
import { useProgramme } from '../../stores/programme.ts'
import { type ScopeRows, useScope } from '../../stores/scope.ts'
import { keptRecords } from './kept.ts'
import { type Card, inQuestion, stakesOf } from './question.ts'
import { useScopes } from './scopes.ts'

export interface View {
  scope: ScopeRows
  now: ComputedRef<NowRow | undefined>
  today: ComputedRef<Day | null>
  /** the baseline that figures are measured against */
  baseline: ComputedRef<Baseline>
  /** the baseline in force today */
  inForce: ComputedRef<Baseline>
  cards: ComputedRef<readonly Card[]>
  /** undefined while loading, and where no target concerns the unit */
  question: ComputedRef<Card | undefined>
  /** a page's address with another baseline or target */
  address(change: { baseline?: string; target?: string }): { query: Record<string, string> }
  choose(change: { baseline?: string; target?: string }): void
}

export function useView(unit: () => string): View {
  const store = useProgramme()
  const route = useRoute()
  const router = useRouter()
  const scope = useScope(() => `unit:${unit()}`)
  const now = computed(() => scope.get<'now'>(rowKey.now()))
  const today = computed(() => now.value?.today ?? null)
  const inForce = computed(() => baselineOn(store.programme, today.value))
  const baseline = computed(
    () => store.programme.baselines.find((b) => b.key === route.query.baseline) ?? inForce.value,
  )
  const stakes = computed(() => stakesOf(baseline.value, store.units, unit()))
  // a page's scope holds the pace of its unit and of two levels below; a target may lie deeper, or above
  const isFar = (code: string) => {
    const up = store.units.chain(code).indexOf(unit())
    return up < 0 || up > 2
  }
  const far = useScopes(() => stakes.value.flatMap((s) => (isFar(s.unit) ? [`unit:${s.unit}`] : [])))
  const cards = computed<readonly Card[]>((old) =>
    keptRecords(
      old,
      stakes.value.flatMap((stake) => {
        const rows = isFar(stake.unit) ? far(`unit:${stake.unit}`) : scope
        const pace = rows?.get<'pace'>(rowKey.pace(stake.unit, baseline.value.key, stake.target.key))
        return pace === undefined ? [] : [{ ...stake, pace }]
      }),
    ),
  )
  const question = computed<Card | undefined>(() => {
    const wanted = route.query.target
    return inQuestion(cards.value, today.value, typeof wanted === 'string' ? wanted : undefined)
  })
  const address: View['address'] = (change) => {
    const query: Record<string, string> = {}
    if (typeof route.query.baseline === 'string') query.baseline = route.query.baseline
    if (typeof route.query.target === 'string' && change.baseline === undefined) query.target = route.query.target
    const next = { ...query, ...change }
    // the one in force needs no mention, and goes on being it
    if (next.baseline === inForce.value.key) delete next.baseline
    return { query: next }
  }
  return {
    scope,
    now,
    today,
    baseline,
    inForce,
    cards,
    question,
    address,
    choose: (change) => void router.replace(address(change)),
  }
}
