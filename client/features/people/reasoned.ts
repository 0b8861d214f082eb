/** A dialog about somebody or something that sends one command with a reason for the log: its state, for `ReasonForm.vue`. */
import { computed, reactive, type Ref, ref, watch } from 'vue'
import type { CommandData, CommandKind } from '../../../shared/command.ts'
import type { Refusal } from '../../../shared/errors.ts'
import { useKeptFields } from '../../stores/keptFields.ts'
import { useSubmission } from '../../stores/submission.ts'
import { useRefusals } from '../../ui/refusals.ts'
import { unfilled } from '../../ui/unfilled.ts'

interface Act<T, K extends CommandKind> {
  kind: K
  /** what names the subject among those of its kind */
  id: (subject: T) => string
  /** of a command that waits: the id of its subject */
  of: (data: CommandData<K>) => string
  data: (subject: T, reason: string) => CommandData<K>
  /** fields beside the reason that have to be filled, by their place in the command */
  texts?: Readonly<Record<string, Ref<string>>>
  /** what else begins anew with another subject */
  begin?: (subject: T | null) => void
  done?: () => void
}

/** The dialog is open while there is a `subject`, and closes when the command about it is accepted. */
export function useReasoned<T, K extends CommandKind>(
  subject: Ref<T | null>,
  { kind, id, of, data, texts = {}, begin, done }: Act<T, K>,
) {
  const { at, say } = useRefusals()
  const reason = ref('')
  const refusals = ref<readonly Refusal[]>([])
  const fields = { ...texts, reason }
  const current = () => (subject.value === null ? null : id(subject.value))
  const open = computed({
    get: () => subject.value !== null,
    set: (value) => {
      if (!value) subject.value = null
    },
  })
  watch(subject, (now) => {
    for (const field of Object.values(fields)) field.value = ''
    refusals.value = []
    begin?.(now)
  })
  useKeptFields(open, () => `${kind}/${current() ?? ''}`, fields)

  const { waiting, stuck, send } = useSubmission(
    [kind],
    (command) => of(command.data as CommandData<K>) === current(),
    (command, answer) => {
      if (of(command.data as CommandData<K>) !== current()) return
      if (!answer.ok) return void (refusals.value = answer.refusals)
      subject.value = null
      done?.()
    },
  )

  function submit(): void {
    if (subject.value === null || waiting.value !== null) return
    refusals.value = unfilled(Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.value])))
    if (refusals.value.length === 0) send(kind, data(subject.value, reason.value.trim()))
  }
  return reactive({
    open,
    reason,
    stuck,
    busy: computed(() => waiting.value !== null),
    /** those of a field, in words */
    faultsAt: (field: string) => at(refusals.value, field),
    otherFaults: computed(() => refusals.value.filter((r) => !Object.hasOwn(fields, r.at ?? '')).map(say)),
    submit,
  })
}
