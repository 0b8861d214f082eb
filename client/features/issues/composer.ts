/** Writing to a question: a reply, or a reason for closing or reopening it; nothing typed is lost. */
import { computed, type Ref, ref, shallowRef, watch } from 'vue'
import type { Units } from '../../../shared/domain/units.ts'
import type { Refusal } from '../../../shared/errors.ts'
import { type Actor, mayCommand } from '../../../shared/policy.ts'
import type { IssueRow } from '../../../shared/view/rows.ts'
import { useSubmission } from '../../stores/submission.ts'
import type { Waiting } from '../../sync/outbox.ts'
import { forgetText, keepText, useKeptText } from './keptText.ts'
import { COMMAND, fits, type Mode, modeOf, modesFor, type WritingKind } from './modes.ts'

export interface Composer {
  mode: Ref<Mode>
  /** what may be written now, and what is half written */
  modes: Readonly<Ref<readonly Mode[]>>
  /** what is typed, or what is on its way */
  text: Ref<string>
  sending: Readonly<Ref<boolean>>
  /** it is on its way and found no answer yet */
  stuck: Readonly<Ref<boolean>>
  /** the question has changed its state under a text that no longer fits it */
  overtaken: Readonly<Ref<boolean>>
  refusals: Readonly<Ref<readonly Refusal[]>>
  send(): void
}

type Writing = Waiting<WritingKind>

const wordsOf = ({ data }: Writing): string => ('text' in data ? data.text : data.reason)

/** What is typed is kept on this device by programme, person, question and mode until it is sent; then the outbox has it. */
export function useComposer(
  issue: IssueRow['issue'],
  state: () => IssueRow['state'],
  actor: Actor,
  units: Units,
  programme: string,
): Composer {
  const nameOf = (mode: Mode) => `words/${programme}/${actor.id}/issue/${issue}/${mode}`
  const kept: Record<Mode, Ref<string>> = {
    reply: useKeptText(nameOf('reply')),
    close: useKeptText(nameOf('close')),
    reopen: useKeptText(nameOf('reopen')),
  }
  const texts = computed(() => ({ reply: kept.reply.value, close: kept.close.value, reopen: kept.reopen.value }))
  const refusals = shallowRef<readonly Refusal[]>([])
  const may = (mode: Mode) => mayCommand(actor, COMMAND[mode], units)
  const modes = computed(() => modesFor(state(), texts.value, may))
  const first = () => modes.value[0] ?? 'reply'
  const chosen = ref<Mode>(modes.value.find((m) => texts.value[m] !== '') ?? first())
  const submission = useSubmission<WritingKind>(
    Object.values(COMMAND),
    ({ data }) => data.issue === issue,
    (command, answer, here) => {
      const mode = modeOf(command.kind)
      const words = wordsOf(command)
      if (answer.ok) {
        // another tab may have been at the same words
        if (kept[mode].value.trim() === words) forgetText(nameOf(mode), kept[mode].value)
        return
      }
      // a text typed in another tab meanwhile stays as well
      const both = `${words}\n${kept[mode].value}`.trim()
      if (!kept[mode].value.includes(words) && here) kept[mode].value = both
      else if (!here) keepText(nameOf(mode), words)
      if (!here) return
      chosen.value = mode
      refusals.value = answer.refusals
    },
  )
  const { waiting, stuck } = submission

  const mode = computed({
    get: () => (waiting.value === null ? chosen.value : modeOf(waiting.value.kind)),
    set: (value) => (chosen.value = value),
  })
  const text = computed({
    get: () => (waiting.value === null ? texts.value[mode.value] : wordsOf(waiting.value)),
    set: (value) => (kept[mode.value].value = value),
  })
  const sending = computed(() => waiting.value !== null)
  const overtaken = computed(() => !sending.value && text.value.trim() !== '' && !fits(mode.value, state()))

  watch(chosen, () => (refusals.value = []), { flush: 'sync' })
  // an empty box follows the question; a text stays where it is
  watch([state, text, sending], () => {
    if (!sending.value && text.value === '' && !fits(mode.value, state())) chosen.value = first()
  })

  function send(): void {
    const sent = mode.value
    const words = text.value.trim()
    if (sending.value || overtaken.value) return
    refusals.value = words === '' ? [{ code: 'input.required' }] : []
    if (words === '') return
    if (sent === 'reply') submission.send('ReplyToIssue', { issue, text: words })
    else submission.send(COMMAND[sent], { issue, reason: words })
    forgetText(nameOf(sent), kept[sent].value)
    kept[sent].value = ''
  }

  return { mode, modes, text, sending, stuck, overtaken, refusals, send }
}
