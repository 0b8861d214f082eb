/** What a card says beside its figures: its title, the base, what is above it, the best week, the end of the unit. */
import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { openingOf } from '../../../shared/domain/balance.ts'
import { useProgramme } from '../../stores/programme.ts'
import { useFormat } from '../../ui/format.ts'
import { useAmounts } from './amounts.ts'
import type { Card } from './cards.ts'

export interface CardWords {
  /** the target's name with what it asks for, and without what is counted, which the amount beside the bar says */
  title: ComputedRef<string>
  shortTitle: ComputedRef<string>
  /** the base of a coverage; null of other targets, and where the unit has none */
  base: ComputedRef<{ value: number; words: string } | null>
  /** the base by name and date, and whether it is a planning value; '' without one */
  baseWords: ComputedRef<string>
  /** of a coverage that holds more than there can be: by how much; else null */
  above: ComputedRef<string | null>
  /** of a rate its best seven days, per day, and the last of them; else null */
  best: ComputedRef<{ mean: string; day: string } | null>
  /** what of the total was counted before the first day; '' where nothing was, and for a mean */
  openingWords: ComputedRef<string>
  /** of a unit that has ended: when, and what it went into; else null */
  end: ComputedRef<string | null>
}

export function useCardWords(card: () => Card): CardWords {
  const { t } = useI18n()
  const format = useFormat()
  const amounts = useAmounts()
  const store = useProgramme()
  const standing = () => card().standing
  function titleWith(amount: (n: number) => string): string {
    const { target, unit } = card()
    const own = unit === target.unit
    const name = store.name(target.name)
    const words = {
      name: own ? name : t('overview.card.part', { unit: store.name(store.units.get(unit)!.short), name }),
    }
    if (target.measure === 'coverage')
      return t('overview.card.coverage', { ...words, n: format.share(target.threshold) })
    return t(`overview.card.${target.measure}`, { ...words, n: amount(own ? target.threshold : standing().threshold) })
  }
  const base = computed(() => {
    const { target, unit } = card()
    const row = store.programme.bases.findLast((b) => b.key === target.base && b.unit === unit)
    if (row === undefined) return null
    const words = t('overview.card.baseOf', { definition: store.name(row.definition), day: format.dayShort(row.asOf) })
    return { value: row.value, words: row.official ? words : `${t('overview.card.planning')} · ${words}` }
  })
  return {
    title: computed(() => titleWith(amounts.roundThings)),
    shortTitle: computed(() => titleWith(amounts.round)),
    base,
    baseWords: computed(() => base.value?.words ?? ''),
    above: computed(() => {
      const { status, value } = standing()
      if (status !== 'aboveBase' || base.value === null) return null
      return t('overview.card.above', { n: amounts.things(value - base.value.value) })
    }),
    best: computed(() => {
      const { best, threshold } = standing()
      return best && { mean: amounts.full(best.mean, threshold), day: format.monthDay(best.on) }
    }),
    openingWords: computed(() => {
      const { target, unit } = card()
      const { counters } = store.setting
      const n = target.measure === 'rate' ? 0 : openingOf(store.setting, unit, counters.get(target.counter)!)
      if (n === 0) return ''
      return t('overview.card.opening', { n: amounts.things(n), day: format.monthDay(store.programme.startsOn) })
    }),
    end: computed(() => {
      const { ended, unit } = standing()
      if (ended === null) return null
      const into = store.units.into(unit)
      const words = t('overview.card.ended', { day: format.day(ended) })
      if (into === null) return words
      return `${words} · ${t('overview.card.endedInto', { into: store.name(store.units.get(into)!.short) })}`
    }),
  }
}
