/** What is rolled out, as every page needs it. Use on pages that show only when it is `ready`. */
import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { baselineOn } from '../../shared/domain/baseline.ts'
import type { Baseline, Programme, Worded } from '../../shared/domain/programme.ts'
import type { Role } from '../../shared/domain/roles.ts'
import type { DataOrigin } from '../../shared/domain/values.ts'
import { type Setting, settingOf } from '../../shared/domain/world.ts'
import type { Day } from '../../shared/progress/day.ts'
import { plansOf } from '../../shared/progress/standing.ts'
import { rowKey } from '../../shared/view/wire.ts'
import { i18n } from '../i18n/index.ts'
import { callApi } from '../sync/api.ts'
import { shelf } from '../sync/device.ts'
import { setUnitIndex, useScope } from './scope.ts'
import { useSession } from './session.ts'

/** ms between two tries to fetch the programme */
const AGAIN_MS = 2_000

export const useProgramme = defineStore('programme', () => {
  const session = useSession()
  const scope = useScope(() => (session.me === null ? '' : 'programme'))
  const row = computed(() => scope.get<'programme'>(rowKey.programme()))
  const origin = computed<DataOrigin>(() => row.value?.origin ?? session.info?.programme?.origin ?? 'real')

  /** the last one fetched; while another is on its way, and after signing out, pages go on standing on it */
  const loaded = shallowRef<{ hash: string; programme: Programme } | null>(null)
  watch(
    () => row.value?.hash,
    (hash) => {
      if (hash !== undefined && hash !== loaded.value?.hash) void load(hash)
    },
    { immediate: true },
  )

  async function load(hash: string): Promise<void> {
    const wanted = () => row.value?.hash === hash
    while (wanted()) {
      const programme = (await shelf.programme(hash)) ?? (await fetched(hash))
      if (programme !== null) {
        if (wanted()) loaded.value = { hash, programme }
        return
      }
      await new Promise((done) => setTimeout(done, AGAIN_MS))
    }
  }

  /** A programme never changes under its hash: it is kept. */
  async function fetched(hash: string): Promise<Programme | null> {
    const answer = await callApi('programme', { hash })
    if (!answer.ok) return null
    void shelf.saveProgramme(hash, answer.value.programme)
    return answer.value.programme
  }

  const setting = computed<Setting>((before) =>
    loaded.value === null ? before! : settingOf(loaded.value.programme, origin.value),
  )
  const programme = computed(() => setting.value.programme)
  const units = computed(() => setting.value.units)
  const calendar = computed(() => setting.value.calendar)
  const rhythm = computed(() => setting.value.rhythm)
  /** where units stand against targets is worked out from these */
  const plans = computed(() => plansOf(setting.value))
  watch(loaded, () => setUnitIndex(loaded.value === null ? null : units.value), { flush: 'sync' })

  /** legal questions are kept in this rollout */
  const hasIssues = computed(() => programme.value.issues !== null)
  const ready = computed(() => loaded.value !== null && row.value !== undefined)
  /** loaded, but nothing has been opened yet */
  const none = computed(() => scope.ready.value && row.value === undefined)

  /** The baseline in force on a day; before the first comes into force, the first. */
  const baseline = (today: Day): Baseline => baselineOn(programme.value, today)

  /** A name of the programme's data in the reader's language. */
  function name(x: Worded): string {
    return i18n.global.locale.value === 'en' ? x.en : x.zh
  }

  /** Name of a holiday or make-up day, in the reader's language. */
  function dayName(day: Day): string | undefined {
    const known = calendar.value.nameOf(day)
    return known === undefined ? undefined : name(known)
  }

  /** What a role is called in this rollout; known before signing in, as its name is. */
  function role(key: Role): string {
    const roles = row.value === undefined ? undefined : loaded.value?.programme.roles
    const known = roles ?? session.info?.programme?.roles
    const called = known?.[key] ?? null
    return called === null ? '' : name(called)
  }

  return {
    setting,
    programme,
    units,
    calendar,
    rhythm,
    plans,
    origin,
    ready,
    none,
    hasIssues,
    baseline,
    name,
    dayName,
    role,
  }
})
