/** Why a day that was once reached no longer is, in a sentence. */
import { useI18n } from 'vue-i18n'
import type { EventType } from '../../../shared/event.ts'
import type { Standing } from '../../../shared/progress/standing.ts'
import { useProgramme } from '../../stores/programme.ts'
import { changeWord } from '../../ui/changeWords.ts'
import { useFormat } from '../../ui/format.ts'

/** only an edit of figures that were there takes a day back */
const EDIT = [{ counter: 0, before: 0, after: 0 }]

/** Null while nothing was taken back. */
export function useTakenBack(): (standing: Standing) => string | null {
  const { t } = useI18n()
  const format = useFormat()
  const store = useProgramme()
  return ({ takenBack, reachedOn }) => {
    if (takenBack === null) return null
    const { unit, day, type, was } = takenBack
    const cause = changeWord({ type: type as EventType, changes: EDIT })
    return t(`overview.headline.${reachedOn === null ? 'takenBack' : 'movedBack'}`, {
      was: format.monthDay(was),
      on: reachedOn === null ? '' : format.monthDay(reachedOn),
      unit: store.name(store.units.get(unit)!.short),
      day: format.monthDay(day),
      cause: cause === null ? '' : t(`common.change.${cause}`),
    })
  }
}
