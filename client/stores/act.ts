/** One command of a dialog and its answer, however long that takes. */
import { onScopeDispose, ref } from 'vue'
import type { Answer } from '../../shared/command.ts'
import { outbox } from '../sync/commands.ts'
import type { Submission } from '../sync/outbox.ts'

/** `shows`: whether a refusal would be seen now; if not, or when the dialog has gone, it stays in the outbox. */
export function useAct(shows: () => boolean = () => true) {
  let here = true
  onScopeDispose(() => (here = false))
  const busy = ref(false)
  /** no answer came: the command waits in the outbox and goes out again by itself */
  const stuck = ref(false)

  /** Resolves with the answer; a lost connection is none. */
  async function carry({ id, firstTry, answer }: Submission): Promise<Answer> {
    busy.value = true
    const first = await firstTry
    stuck.value = !first.ok && first.refusals.some((r) => r.code === 'network.lost')
    const last = stuck.value ? await answer : first
    busy.value = false
    stuck.value = false
    if (here && shows()) outbox.dismiss(id)
    return last
  }
  return { busy, stuck, carry }
}

/** An act about what is shown: its answer, and whether that is shown still; if not, a refusal stays in the outbox. */
export function useActAbout(shown: () => string | undefined) {
  let about: string | undefined
  const isShown = () => shown() === about
  const { carry } = useAct(isShown)
  return async (submission: Submission): Promise<{ answer: Answer; isShown: boolean }> => {
    about = shown()
    const answer = await carry(submission)
    return { answer, isShown: isShown() }
  }
}
