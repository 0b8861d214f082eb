/** How the server and its log are, asked for again while the page is looked at; what was said before an answer failed is no longer shown. */
import { useDocumentVisibility, useIntervalFn } from '@vueuse/core'
import { ref, watch } from 'vue'
import type { Refusal } from '../../../shared/errors.ts'
import type { OperationReport } from '../../../shared/protocol/operation.ts'
import { callApi } from '../../sync/api.ts'

/** ms between two times of asking */
const EVERY = 5_000

export function useOperation() {
  const report = ref<OperationReport | null>(null)
  const refusals = ref<readonly Refusal[]>([])

  async function load(): Promise<void> {
    const answer = await callApi('operation', {})
    refusals.value = answer.ok ? [] : answer.refusals
    report.value = answer.ok ? answer.value : null
  }

  const visibility = useDocumentVisibility()
  const { pause, resume } = useIntervalFn(() => void load(), EVERY)
  watch(visibility, (now) => {
    if (now === 'hidden') return pause()
    void load()
    resume()
  })
  void load()
  return { report, refusals }
}
