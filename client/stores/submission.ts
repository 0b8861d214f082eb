/** A form's command on its way: what the form shows until the answer, and what becomes of it then. */
import { computed, type ComputedRef, onScopeDispose, watch } from 'vue'
import type { Answer, CommandData, CommandKind } from '../../shared/command.ts'
import { outbox } from '../sync/commands.ts'
import type { Waiting } from '../sync/outbox.ts'
import { useOutbox } from './outbox.ts'

export interface FormSubmission<K extends CommandKind> {
  /** the form's command that has no answer yet, also one that an earlier page or another tab has sent */
  waiting: ComputedRef<Waiting<K> | null>
  /** it waits because the last try found no answer; it goes out again by itself */
  stuck: ComputedRef<boolean>
  send<P extends K>(kind: P, data: CommandData<P>): void
}

/**
 * The commands of one form: those of its `kinds` that are `about` what it stands for. `answered` is called with each
 * answer, and `here` is false when the form has gone meanwhile: what was refused is then put back where the form will
 * find it. The same answer may come twice.
 */
export function useSubmission<K extends CommandKind>(
  kinds: readonly K[],
  about: (command: Waiting<K>) => boolean,
  answered: (command: Waiting<K>, answer: Answer, here: boolean) => void,
): FormSubmission<K> {
  const box = useOutbox()
  const joined = new Set<string>()
  let here = true
  onScopeDispose(() => (here = false))

  const isOwn = (command: Waiting): boolean =>
    (kinds as readonly string[]).includes(command.kind) && about(command as Waiting<K>)
  const waiting = computed(() => (box.waiting.find(isOwn) ?? null) as Waiting<K> | null)

  function hear(command: Waiting<K>, answer: Promise<Answer>): void {
    joined.add(command.id)
    void answer.then((given) => answered(command, given, here))
  }
  // the same id joins what waits, whoever has sent it
  watch(
    () => box.waiting.filter(isOwn) as Waiting<K>[],
    (commands) => {
      for (const command of commands)
        if (!joined.has(command.id)) hear(command, outbox.submit(command.kind, command.data, command).answer)
    },
    { immediate: true, flush: 'sync' },
  )
  watch(
    () => box.refused.filter(isOwn),
    (commands) => {
      for (const command of commands) {
        answered(command as Waiting as Waiting<K>, command.answer, here)
        outbox.dismiss(command.id)
      }
    },
    { immediate: true },
  )

  return {
    waiting,
    stuck: computed(() => waiting.value !== null && box.stuck),
    send(kind, data) {
      const { id, answer } = outbox.submit(kind, data)
      // without a signed-in person it is refused at once and never waits
      if (!joined.has(id)) hear({ id, kind, data, at: 0, drafts: [] } as Waiting as Waiting<K>, answer)
    },
  }
}
