/** Writing to a question: a reply, or a reason for closing or reopening it; nothing typed is lost. */
import { computed, type Ref, ref, shallowRef, watch } from 'vue'
import type { Answer } from '../../../shared/command.ts'
import type { Units } from '../../../shared/domain/units.ts'
import type { Refusal } from '../../../shared/errors.ts'
import { type Actor, mayCommand } from '../../../shared/policy.ts'
import type { IssueRow } from '../../../shared/view/rows.ts'
import { newId, sendCommand } from '../../sync/commands.ts'
import { kept } from './kept.ts'
import { type Draft, fits, MODES, type Mode, modesFor, readDrafts } from './modes.ts'

export interface Composer {
  mode: Ref<Mode>
  /** what may be written now, and what is half written */
  modes: Readonly<Ref<readonly Mode[]>>
  text: Ref<string>
  sending: Readonly<Ref<boolean>>
  /** the question has changed its state under a text that no longer fits it */
  overtaken: Readonly<Ref<boolean>>
  refusals: Readonly<Ref<readonly Refusal[]>>
  /** an earlier sending under the same id was recorded after all */
  earlier: Readonly<Ref<boolean>>
  send(): Promise<void>
}

/** Drafts are kept on this device by question and person. */
export function useComposer(issue: () => IssueRow, actor: Actor, units: Units): Composer {
  const place = kept(`issues/${issue().issue}/${actor.id}`)
  const drafts = ref(readDrafts(place.read(), newId))
  const may = (mode: Mode) => mayCommand(actor, COMMAND[mode], units)
  const modes = computed(() => modesFor(issue().state, drafts.value, may))
  const mode = ref<Mode>(MODES.find((m) => modes.value.includes(m) && drafts.value[m].text !== '') ?? first())
  const sending = ref(false)
  const refusals = shallowRef<readonly Refusal[]>([])
  const earlier = ref(false)

  const text = computed({
    get: () => drafts.value[mode.value].text,
    set: (value) => {
      drafts.value[mode.value].text = value
      save()
    },
  })
  const overtaken = computed(() => !sending.value && text.value.trim() !== '' && !fits(mode.value, issue().state))

  function first(): Mode {
    return modesFor(issue().state, drafts.value, may)[0] ?? 'reply'
  }

  watch(mode, () => {
    refusals.value = []
    earlier.value = false
  })
  // an empty box follows the question; a text stays where it is
  watch([() => issue().state, () => text.value === '', sending], () => {
    if (!sending.value && text.value === '' && !fits(mode.value, issue().state)) mode.value = first()
  })

  function save(): void {
    place.write(MODES.some((m) => drafts.value[m].text !== '') ? JSON.stringify(drafts.value) : null)
  }

  async function send(): Promise<void> {
    const sent = mode.value
    const draft: Draft = drafts.value[sent]
    const words = draft.text.trim()
    if (sending.value || overtaken.value) return
    refusals.value = words === '' ? [{ code: 'input.required' }] : []
    earlier.value = false
    if (words === '') return
    sending.value = true
    const answer = await command(sent, issue().issue, words, draft.id)
    if (answer.ok) {
      drafts.value[sent] = { id: newId(), text: '' }
      save()
    } else if (answer.refusals.some((r) => r.code === 'command.idReused')) {
      drafts.value[sent].id = newId()
      save()
      earlier.value = true
    } else refusals.value = answer.refusals
    sending.value = false
  }

  return { mode, modes, text, sending, overtaken, refusals, earlier, send }
}

const COMMAND = { reply: 'ReplyToIssue', close: 'CloseIssue', reopen: 'ReopenIssue' } as const

function command(mode: Mode, issue: number, words: string, id: string): Promise<Answer> {
  if (mode === 'reply') return sendCommand('ReplyToIssue', { issue, text: words }, id)
  return sendCommand(COMMAND[mode], { issue, reason: words }, id)
}
