/** The rows behind the sheet of one unit and day, live: reports, clock, sums of its lines and neighbours, questions. */
import { computed, reactive } from 'vue'
import { counterOf, reportedOf } from '../../../shared/progress/breakdown.ts'
import type { Day } from '../../../shared/progress/day.ts'
import { type Standing, standingOf } from '../../../shared/progress/standing.ts'
import { targetsOf } from '../../../shared/progress/targets.ts'
import type { ClockRow, ClosedRow, SumsRow } from '../../../shared/view/rows.ts'
import { rowKey } from '../../../shared/view/wire.ts'
import { usePresentOf } from '../../stores/present.ts'
import { useProgramme } from '../../stores/programme.ts'
import { useScope } from '../../stores/scope.ts'
import { type OwnTarget, targetOf } from './effect.ts'
import { linesOf } from './rows.ts'

const NO_CLOCK: Omit<ClockRow, 'kind' | 'key'> = { today: null, closed: null, due: null, lockedThrough: null }

export type SheetRows = ReturnType<typeof useRows>

/** `unit` is empty while there is none to show; `day` may depend on today, which the log says (null before the first). */
export function useRows(unit: () => string, day: (today: Day | null) => Day | null) {
  const store = useProgramme()
  const parentOf = (code: string) => store.units.get(code)?.parent ?? ''
  /** the unit whose children are compared: a street stands among its neighbours */
  const group = computed(() => (store.units.isLeaf(unit()) ? parentOf(unit()) || unit() : unit()))
  const named = (code: string) => (code === '' ? '' : `unit:${code}`)
  const around = useScope(() => named(group.value))
  const above = useScope(() => named(parentOf(group.value)))
  const nearClock = computed(() => around.get<'clock'>(rowKey.clock()))
  const sheet = useScope(() => {
    const wanted = nearClock.value === undefined ? null : day(nearClock.value.today)
    return unit() === '' || wanted === null ? '' : `sheet:${unit()}/${wanted}`
  })
  const legal = useScope(() => (store.hasIssues ? 'issues' : ''))

  const at = (code: string) => store.units.index(code)
  const clock = computed(() => sheet.get<'clock'>(rowKey.clock()) ?? nearClock.value ?? NO_CLOCK)
  usePresentOf(computed(() => clock.value.today))
  const baseline = computed(() => store.baseline(clock.value.today ?? store.programme.startsOn))
  function sums(code: string): SumsRow | undefined {
    const key = rowKey.sums(at(code))
    return around.get<'sums'>(key) ?? above.get<'sums'>(key)
  }
  function closed(code: string): ClosedRow | undefined {
    const key = rowKey.closed(at(code))
    return around.get<'closed'>(key) ?? above.get<'closed'>(key)
  }
  /** from the day after its end a unit has no rank (A11) */
  const isRanked = (code: string) => clock.value.today === null || !store.units.ended(code, clock.value.today)
  const stakes = computed(() =>
    targetsOf(baseline.value, store.units, unit()).flatMap((stake): OwnTarget[] => {
      const plan = store.plans.get(baseline.value.key, stake.target.key)
      const [total, counted] = [sums(stake.unit), closed(stake.unit)]
      if (plan === undefined || total === undefined || counted === undefined) return []
      const standing = standingOf(plan, stake.unit, total, counted, clock.value)
      return standing === null ? [] : [{ ...stake, plan, standing }]
    }),
  )
  const target = computed(() => targetOf(stakes.value, unit(), clock.value.today))

  return reactive({
    clock,
    baseline,
    /** what the sheet is measured by, and where its unit stands now; undefined when the unit has no part of any target */
    target,
    lines: computed(() => linesOf(store.units, unit())),
    /** units that the rank is among */
    peers: computed(() => linesOf(store.units, group.value).filter(isRanked)),
    /** units that the sheet's own unit is ranked among */
    rivals: computed(() => (parentOf(unit()) === '' ? [] : store.units.children(parentOf(unit())).filter(isRanked))),
    issues: computed(() => legal.all('issueLine')),
    offers: computed(() => sheet.all('offer')),
    ready: computed(() => sheet.ready.value && around.ready.value),
    refusals: computed(() => sheet.refusals.value),
    /** line of the log up to which the sheet's rows are */
    seq: computed(() => sheet.seq.value),
    /** a new map after every change of the sheet */
    changes: computed(() => sheet.rows.value),
    report: (code: string) => sheet.get<'report'>(rowKey.report(at(code))),
    line: (code: string) => sheet.get<'line'>(rowKey.line(at(code))),
    asked: (code: string) => sheet.get<'asked'>(rowKey.asked(at(code))),
    above: (code: string) => sheet.get<'above'>(rowKey.above(at(code))),
    /** everything reported of all days against the sheet's target, as it stands; null without rows */
    reportedOf(code: string): number | null {
      const row = sums(code)
      return row === undefined || target.value === undefined
        ? null
        : reportedOf(counterOf(row.total, target.value.plan.counter))
    },
    standing(code: string): Standing | null {
      const [total, counted] = [sums(code), closed(code)]
      if (total === undefined || counted === undefined || target.value === undefined) return null
      return standingOf(target.value.plan, code, total, counted, clock.value)
    },
  })
}
