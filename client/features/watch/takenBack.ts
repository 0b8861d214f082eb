/** Why a day that was once reached no longer is, in a sentence. */
import { useI18n } from 'vue-i18n'
import type { Standing } from '../../../shared/progress/standing.ts'
import { useProgramme } from '../../stores/programme.ts'
import { useFormat } from '../../ui/format.ts'
import { causeOf } from './changes.ts'

/** Null while nothing was taken back. */
export function useTakenBack(): (standing: Standing) => string | null {
  const { t } = useI18n()
  const format = useFormat()
  const store = useProgramme()
  return ({ takenBack, reachedOn }) => {
    if (takenBack === null) return null
    const { unit, day, type, was } = takenBack
    const cause = causeOf(type)
    return t(`overview.headline.${reachedOn === null ? 'takenBack' : 'movedBack'}`, {
      was: format.monthDay(was),
      on: reachedOn === null ? '' : format.monthDay(reachedOn),
      unit: store.name(store.units.get(unit)!.short),
      day: format.monthDay(day),
      cause: cause === null ? '' : t(`overview.changes.${cause}`),
    })
  }
}
