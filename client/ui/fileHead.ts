/** What a table that leaves the page must say by itself: which programme and unit, as known when, and where the figures come from. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRoute } from 'vue-router'
import type { Day } from '../../shared/progress/day.ts'
import { useConnection } from '../stores/connection.ts'
import { usePresent } from '../stores/present.ts'
import { useProgramme } from '../stores/programme.ts'
import { useSession } from '../stores/session.ts'
import { useFormat } from './format.ts'

/** The report, or the unit, that a table is about where that is not what the page is about. */
export interface FileSubject {
  unit: string
  day?: Day
}

export function useFileHead(about: () => FileSubject | undefined = () => undefined) {
  const { t } = useI18n()
  const connection = useConnection()
  const present = usePresent()
  const format = useFormat()
  const programme = useProgramme()
  const session = useSession()
  const route = useRoute()
  const nameOf = (code: unknown) => {
    const unit = typeof code === 'string' ? programme.units.get(code) : undefined
    return unit === undefined ? undefined : programme.name(unit.name)
  }
  /** of what the table is about, else of the address, else one's own */
  const unit = computed(() => nameOf(about()?.unit) ?? nameOf(route.params.unit) ?? nameOf(session.me?.unit) ?? '')
  /** the unit, and the day of a report, that the title does not say */
  const subject = (title: string): string =>
    [unit.value, about()?.day ?? ''].filter((part) => part !== '' && !title.includes(part)).join(' ')
  /** simulated and replayed days have no clock but the log; their day is the programme's own */
  const asOf = computed(() => {
    const seq = format.int(connection.seq)
    if (programme.origin !== 'real' && present.today !== null)
      return t('common.paper.asOfDay', { day: format.day(present.today), seq })
    return connection.provenAt === null || programme.origin !== 'real'
      ? t('common.paper.asOfLine', { seq })
      : t('common.paper.asOf', { moment: format.instant(connection.provenAt), seq })
  })
  /** '' = real */
  const origin = computed(() => {
    const { origin: of } = programme
    return of === 'real' ? '' : `${t(`common.origin.${of}`)}: ${t(`common.originNote.${of}`)}`
  })
  return {
    unit,
    asOf,
    origin,
    subject,
    /** the same as lines of a file */
    lines: (title: string): string[] =>
      [
        `${programme.name(programme.programme.name)} · ${title}`,
        subject(title),
        asOf.value,
        origin.value || t('files.reported'),
      ].filter((line) => line !== ''),
  }
}
