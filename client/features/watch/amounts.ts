/** Amounts in the unit that suits their size, with the name of what is counted. */
import { useI18n } from 'vue-i18n'
import { useProgramme } from '../../stores/programme.ts'
import { useFormat } from '../../ui/format.ts'
import type { Scaled } from '../../ui/numbers.ts'

export interface Amounts {
  /**
   * Figure and unit apart. `max` is what it is measured against, which it is never rounded up to; in Chinese it chooses the
   * unit too, so that figures side by side share it; in English each is shown by its own size. `fine` shows a million to the
   * thousand. A mean below that size has decimals, cut.
   */
  scaled(n: number, max?: number, fine?: boolean): Scaled
  /** 217.38 · 2.17 M: the unit only where the language has no word for it nearby */
  bare(n: number, max?: number): string
  /** 217.38 万 · 2.17 M */
  full(n: number, max?: number): string
  /** what of `whole` is lacking beside `part`, so that both add up to it as they are shown */
  gap(whole: number, part: number): string
  /** the same with the name of what is counted */
  gapThings(whole: number, part: number): string
  /** 217.38 万张 · 2.17 M permits */
  things(n: number, max?: number): string
  /** what was set, with all of its digits: 500 万 · 5 M; 5,123,456 */
  round(n: number): string
  /** 500 万张 · 5 M permits */
  roundThings(n: number): string
  /** 万张 · M permits: what stands beside the figure of `scaled` */
  unit(n: number, max?: number): string
}

/** Below this, whole numbers are shorter than 万 or M and say more. */
const SMALL = { zh: 100_000, en: 1_000_000 }

export function useAmounts(): Amounts {
  const { t, locale } = useI18n()
  const format = useFormat()
  const store = useProgramme()
  const item = () => store.name(store.programme.item)
  const scaled = (n: number, max = n, fine = false): Scaled => {
    const small = locale.value === 'en' ? Math.abs(n) < SMALL.en : Math.abs(max) < SMALL.zh
    if (small) return { figure: Number.isInteger(n) ? format.int(n) : format.mean(n), unit: '' }
    return format.scaled(n, fine && locale.value === 'en' ? 3 : 2, n < max ? max : undefined)
  }
  const bare = (n: number, max = n) => {
    const { figure, unit } = scaled(n, max)
    return unit === '' || unit === '万' ? figure : `${figure}\u00a0${unit}`
  }
  const full = (n: number, max = n) => {
    const { figure, unit } = scaled(n, max)
    return unit === '' ? figure : `${figure}\u00a0${unit}`
  }
  // a mean is cut, so what lacks is rounded up
  const gap = (whole: number, part: number) =>
    Number.isInteger(part) ? full(whole - part) : full(Math.ceil((whole - part) * 100 - 1e-9) / 100)
  // 万 belongs to the word after it, a figure does not
  const named = (n: string) => t(`overview.${n.endsWith('万') ? 'tenThousands' : 'things'}`, { n, item: item() })
  return {
    scaled,
    bare,
    full,
    gap,
    gapThings: (whole, part) => named(gap(whole, part)),
    things: (n, max = n) => named(full(n, max)),
    round: format.set,
    roundThings: (n) => named(format.set(n)),
    unit: (n, max = n) => {
      const { unit } = scaled(n, max)
      return unit === '' || unit === '万' ? unit + item() : `${unit}\u00a0${item()}`
    },
  }
}
