/** The versions of a report, fetched again when a new one stands. */
import { shallowRef, watch } from 'vue'
import type { Refusal } from '../../../shared/errors.ts'
import type { HistoryEntry } from '../../../shared/protocol/api.ts'
import { callApi } from '../../sync/api.ts'

/** `key` is the street, the day and the version that stands; the fetch waits while the focus runs over cells. */
export function useHistory(of: () => { unit: string; day: string; version: number }) {
  const entries = shallowRef<readonly HistoryEntry[]>([])
  const refusals = shallowRef<readonly Refusal[]>([])
  let asked = 0
  watch(
    () => {
      const { unit, day, version } = of()
      return [unit, day, version] as const
    },
    async ([unit, day, version], before, onCleanup) => {
      const turn = ++asked
      if (before?.[0] !== unit || before[1] !== day) entries.value = []
      refusals.value = []
      if (version === 0) {
        entries.value = []
        return
      }
      const wait = setTimeout(async () => {
        const answer = await callApi('history', { subject: `report/${unit}/${day}` })
        if (turn !== asked) return
        entries.value = answer.ok ? answer.value.entries : []
        refusals.value = answer.ok ? [] : answer.refusals
      }, 120)
      onCleanup(() => clearTimeout(wait))
    },
    { immediate: true },
  )
  return { entries, refusals }
}
