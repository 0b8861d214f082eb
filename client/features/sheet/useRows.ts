/** The rows behind the sheet of one unit, live: reports, clock, pace of its streets and of its neighbours, questions. */
import { computed, reactive } from 'vue'
import type { Target } from '../../../shared/domain/programme.ts'
import type { Frame } from '../../../shared/domain/world.ts'
import type { Day } from '../../../shared/progress/day.ts'
import { type NowRow, type PaceRow, type ReportRow, rowKey } from '../../../shared/view/rows.ts'
import { useProgramme } from '../../stores/programme.ts'
import { useScope } from '../../stores/scope.ts'
import { mainTarget } from './effect.ts'
import { bookOf, linesOf } from './rows.ts'

const NO_CLOCK: Omit<NowRow, 'kind' | 'key'> = { today: null, closed: null, due: null, lockedThrough: null }

export type SheetRows = ReturnType<typeof useRows>

/** `unit` is empty while there is none to show. */
export function useRows(unit: () => string) {
  const store = useProgramme()
  const parentOf = (code: string) => store.units.get(code)?.parent ?? ''
  /** the unit whose children are compared: a street stands among its neighbours */
  const group = computed(() => (store.units.isLeaf(unit()) ? parentOf(unit()) || unit() : unit()))
  const named = (kind: string, code: string) => (code === '' ? '' : `${kind}:${code}`)
  const sheet = useScope(() => named('sheet', unit()))
  const around = useScope(() => named('unit', group.value))
  const above = useScope(() => named('unit', parentOf(group.value)))
  const legal = useScope('issues')

  const frame = computed<Frame>(() => ({
    programme: store.programme,
    units: store.units,
    calendar: store.calendar,
    nature: store.nature,
  }))
  const now = computed(() => sheet.get<'now'>(rowKey.now()) ?? NO_CLOCK)
  const baseline = computed(() => store.baseline(now.value.today ?? store.programme.startsOn))
  const paceKey = (code: string, target: string) => rowKey.pace(code, baseline.value.key, target)
  const target = computed<Target | undefined>(() => {
    const today = now.value.today ?? store.programme.startsOn
    return mainTarget(baseline.value, today, (t) => around.get(paceKey(unit(), t.key)) !== undefined)
  })

  return reactive({
    frame,
    now,
    baseline,
    /** what the sheet is measured by; undefined when the unit has no part of any target */
    target,
    lines: computed(() => linesOf(store.units, unit())),
    /** units that the rank is among */
    peers: computed(() => linesOf(store.units, group.value)),
    /** units that the sheet's own unit is ranked among */
    rivals: computed(() => (parentOf(unit()) === '' ? [] : store.units.children(parentOf(unit())))),
    book: computed(() => bookOf(sheet.all('report'), store.programme.counters)),
    issues: computed(() => legal.all('issue')),
    ready: computed(() => sheet.ready.value && around.ready.value),
    refusals: computed(() => sheet.refusals.value),
    report: (code: string, day: Day): ReportRow | undefined => sheet.get<'report'>(rowKey.report(code, day)),
    /** pace against the sheet's target */
    pace(code: string): PaceRow | undefined {
      if (target.value === undefined) return undefined
      const key = paceKey(code, target.value.key)
      return around.get<'pace'>(key) ?? above.get<'pace'>(key)
    },
  })
}
