/** Amounts in the unit that suits their size, with the name of what is counted. */
import { useI18n } from 'vue-i18n'
import { useProgramme } from '../../stores/programme.ts'
import { useFormat } from '../../ui/format.ts'
import type { Told } from '../../ui/numbers.ts'

export interface Amounts {
  /** figure and unit apart; `max` chooses the unit, so that figures side by side share it */
  told(n: number, max?: number): Told
  /** 217.37 · 2.17 M: the unit only where the language has no word for it nearby */
  bare(n: number, max?: number): string
  /** 217.37 万 · 2.17 M */
  full(n: number, max?: number): string
  /** 217.37 万张 · 2.17 M permits */
  things(n: number, max?: number): string
  /** 万张 · permits: the unit that `bare` leaves out */
  unit(max: number): string
}

/** Below this, whole numbers are shorter than 万 and say more. */
const SMALL = 100_000

export function useAmounts(): Amounts {
  const { t, locale } = useI18n()
  const format = useFormat()
  const store = useProgramme()
  const item = () => store.name(store.programme.item)
  const told = (n: number, max = n): Told =>
    locale.value !== 'en' && Math.abs(max) < SMALL ? { figure: format.int(n), unit: '' } : format.told(n)
  const bare = (n: number, max = n) => {
    const { figure, unit } = told(n, max)
    return unit === '' || unit === '万' ? figure : `${figure}\u00a0${unit}`
  }
  const full = (n: number, max = n) => {
    const { figure, unit } = told(n, max)
    return unit === '' ? figure : `${figure}\u00a0${unit}`
  }
  return {
    told,
    bare,
    full,
    things: (n, max = n) => t('overview.things', { n: full(n, max), item: item() }),
    unit: (max) => (told(0, max).unit === '万' ? '万' : '') + item(),
  }
}
