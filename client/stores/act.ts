/** One command of a dialog and its answer, however long that takes. */
import { ref } from 'vue'
import type { Answer } from '../../shared/command.ts'
import type { Submission } from '../sync/outbox.ts'

export function useAct() {
  const busy = ref(false)
  /** no answer came: the command waits in the outbox and goes out again by itself */
  const stuck = ref(false)

  /** Resolves with the answer; a lost connection is none. */
  async function carry({ firstTry, answer }: Submission): Promise<Answer> {
    busy.value = true
    const first = await firstTry
    stuck.value = !first.ok && first.refusals.some((r) => r.code === 'network.lost')
    const last = stuck.value ? await answer : first
    busy.value = false
    stuck.value = false
    return last
  }
  return { busy, stuck, carry }
}
