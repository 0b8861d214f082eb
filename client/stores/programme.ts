/** What is rolled out, as every page needs it. Use on pages that show only when it is `ready`. */
import { defineStore } from 'pinia'
import { computed } from 'vue'
import { baselineOn } from '../../shared/domain/baseline.ts'
import type { Baseline, Programme } from '../../shared/domain/programme.ts'
import { indexUnits, type Units } from '../../shared/domain/units.ts'
import type { Nature } from '../../shared/event.ts'
import { type Workdays, workdays } from '../../shared/progress/calendar.ts'
import type { Role } from '../../shared/policy.ts'
import type { Day } from '../../shared/progress/day.ts'
import { rowKey } from '../../shared/view/rows.ts'
import { i18n } from '../i18n/index.ts'
import { useScope } from './scope.ts'
import { useSession } from './session.ts'

export const useProgramme = defineStore('programme', () => {
  const session = useSession()
  const scope = useScope(() => (session.me === null ? '' : 'programme'))
  const row = computed(() => scope.get<'programme'>(rowKey.programme()))
  // pages stand on it until they are gone, and signing out takes the row away before that
  const programme = computed<Programme>((before) => row.value?.programme ?? before!)
  const units = computed<Units>(() => indexUnits(programme.value))
  const calendar = computed<Workdays>(() => workdays(programme.value.calendar))
  const nature = computed<Nature>(() => row.value?.nature ?? session.info?.programme?.nature ?? 'real')
  const ready = computed(() => row.value !== undefined)
  /** loaded, but nothing has been opened yet */
  const none = computed(() => scope.ready.value && row.value === undefined)

  /** The baseline in force on a day; before the first comes into force, the first. */
  const baseline = (today: Day): Baseline => baselineOn(programme.value, today)

  /** A name of the programme's data in the reader's language. */
  function name(x: { zh: string; en: string }): string {
    return i18n.global.locale.value === 'en' ? x.en : x.zh
  }

  /** What a role is called in this rollout; known before signing in, as its name is. */
  function role(key: Role): string {
    const roles = row.value?.programme.roles ?? session.info?.programme?.roles
    return roles === undefined ? '' : name(roles[key])
  }

  return { programme, units, calendar, nature, ready, none, baseline, name, role }
})
