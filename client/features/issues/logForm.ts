/** Typing, keeping and sending the form that logs a question. */
import { computed, ref, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { Refusal } from '../../../shared/errors.ts'
import { type Actor, mayCommand } from '../../../shared/policy.ts'
import { usePlace } from '../../stores/place.ts'
import { useProgramme } from '../../stores/programme.ts'
import { useSubmission } from '../../stores/submission.ts'
import { forgetText, keepText, useKeptText } from './keptText.ts'
import {
  formOf,
  type IssueForm,
  loggedIssue,
  newForm,
  readForm,
  refusalsByField,
  toLogIssue,
  unfilled,
} from './logging.ts'
import { useToday } from './today.ts'

/** What is typed is kept on this device by programme and person until it is sent; then the outbox has it. */
export function useLogForm(actor: Actor) {
  const route = useRoute()
  const router = useRouter()
  const store = useProgramme()
  const today = useToday()
  const may = (unit: string) => store.units.get(unit) !== undefined && mayCommand(actor, 'LogIssue', store.units, unit)
  const { place } = usePlace()
  /** where one comes from, unless the address names a place */
  const from = computed(() =>
    typeof route.query.unit === 'string' || place === null
      ? route.query
      : { unit: place.unit, ...(place.day === null ? {} : { from: place.day }), ...route.query },
  )
  const blank = () => newForm(from.value, store.programme, may, actor.unit, today.value)

  const name = `words/${store.programme.key}/${actor.id}/issue/new`
  const kept = useKeptText(name)
  const form = ref<IssueForm>(readForm(kept.value) ?? blank())
  const fromDraft = ref(kept.value !== '')
  /** something was typed that is not sent yet */
  const touched = computed(() => kept.value !== '')
  const refusals = shallowRef<readonly Refusal[]>([])
  const byField = computed(() => refusalsByField(refusals.value))

  const {
    waiting,
    stuck,
    send: submit,
  } = useSubmission(
    ['LogIssue'],
    () => true,
    ({ data }, answer, here) => {
      if (!answer.ok) {
        if (kept.value === '') keepText(name, JSON.stringify(formOf(data)))
        if (here) refusals.value = answer.refusals
      } else if (here) {
        const issue = loggedIssue(answer)
        void router.replace(issue === null ? '/issues' : `/issues/${issue}`)
      }
    },
  )
  const sending = computed(() => waiting.value !== null)

  watch(
    form,
    () => {
      if (!sending.value) kept.value = JSON.stringify(form.value)
    },
    { deep: true, flush: 'sync' },
  )
  // typed or sent in another tab, or put back after a refusal
  watch(
    [kept, waiting],
    (_, [, before]) => {
      if (waiting.value !== null) show(formOf(waiting.value.data))
      else if (kept.value !== '') show(readForm(kept.value) ?? blank())
      else if (before) clear()
    },
    { immediate: true },
  )
  // who types faster than today comes keeps what was typed
  watch(today, (day) => {
    if (form.value.from !== '' || day === null || sending.value) return
    if (touched.value) form.value.from = day
    else clear()
  })

  function show(next: IssueForm): void {
    if (JSON.stringify(next) !== JSON.stringify(form.value)) form.value = next
  }

  /** An empty form that is not a draft. */
  function clear(): void {
    forgetText(name, kept.value)
    form.value = blank()
    kept.value = ''
  }

  function discard(): void {
    refusals.value = []
    fromDraft.value = false
    clear()
  }

  function send(): void {
    if (sending.value) return
    refusals.value = unfilled(form.value)
    if (refusals.value.length > 0) return
    submit('LogIssue', toLogIssue(form.value))
    forgetText(name, kept.value)
    kept.value = ''
  }

  return { form, sending, stuck, byField, fromDraft, touched, send, discard }
}
