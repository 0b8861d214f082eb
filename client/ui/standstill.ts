/** Why the clock of the programme stands still, in words. */
import { useI18n } from 'vue-i18n'
import type { Day } from '../../shared/progress/day.ts'
import { useProgramme } from '../stores/programme.ts'
import { useFormat } from './format.ts'

/** As in the row of the clock. */
interface Stand {
  over?: Day | undefined
  doubted?: Day | undefined
}

/** The sentence; null = the clock goes on. */
export function useStandstill(): (clock: Stand) => string | null {
  const { t } = useI18n()
  const format = useFormat()
  const store = useProgramme()
  return ({ over, doubted }) => {
    const { endsOn } = store.programme
    if (over !== undefined) return t('clock.over', { day: format.day(endsOn) })
    if (doubted === undefined) return null
    const day = format.day(doubted)
    return doubted > endsOn ? t('clock.pastEnd', { day }) : t('clock.doubted', { day })
  }
}
