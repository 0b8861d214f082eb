/** The versions of a report, fetched again when a new one stands or the connection is back. */
import { shallowRef, watch } from 'vue'
import type { Refusal } from '../../../shared/errors.ts'
import type { HistoryEntry } from '../../../shared/protocol/api.ts'
import { useConnection } from '../../stores/connection.ts'
import { callApi } from '../../sync/api.ts'

/** `key` is the street, the day and the version that stands; the fetch waits while the focus runs over cells. */
export function useHistory(of: () => { unit: string; day: string; version: number }) {
  const entries = shallowRef<readonly HistoryEntry[]>([])
  const refusals = shallowRef<readonly Refusal[]>([])
  /** nothing is known yet */
  const waiting = shallowRef(false)
  const connection = useConnection()
  /** changes when what could not be fetched can be again */
  const tries = shallowRef(0)
  watch(
    () => connection.state,
    (state) => {
      if (state === 'live' && refusals.value.length > 0) tries.value++
    },
  )
  watch(
    () => `${of().unit}/${of().day} ${of().version} ${tries.value}`,
    (key, before, onCleanup) => {
      const { unit, day, version } = of()
      if (before?.split(' ')[0] !== key.split(' ')[0]) entries.value = []
      refusals.value = []
      waiting.value = version > 0
      if (version === 0) return
      let over = false
      const wait = setTimeout(async () => {
        const answer = await callApi('history', { subject: `report/${unit}/${day}` })
        if (over) return
        waiting.value = false
        entries.value = answer.ok ? answer.value.entries : []
        refusals.value = answer.ok ? [] : answer.refusals
      }, 120)
      onCleanup(() => {
        over = true
        clearTimeout(wait)
      })
    },
    { immediate: true },
  )
  return { entries, refusals, waiting }
}
