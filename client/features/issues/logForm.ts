/** Typing, keeping and sending the form that logs a question. */
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { Refusal } from '../../../shared/errors.ts'
import { type Actor, mayCommand } from '../../../shared/policy.ts'
import { useProgramme } from '../../stores/programme.ts'
import type { ScopeRows } from '../../stores/scope.ts'
import { newId, sendCommand } from '../../sync/commands.ts'
import { kept } from './kept.ts'
import { findLogged, newForm, readDraft, refusalsByField, toLogIssue, unfilled } from './logging.ts'
import { useToday } from './today.ts'

/** How long to wait for the row of an accepted question before showing the list instead. */
const ROW_MS = 5_000

/** `issues` are the rows of scope `issues`, where the accepted question will appear. */
export function useLogForm(actor: Actor, issues: ScopeRows) {
  const route = useRoute()
  const router = useRouter()
  const store = useProgramme()
  const today = useToday()
  const may = (unit: string) => store.units.get(unit) !== undefined && mayCommand(actor, 'LogIssue', store.units, unit)
  const blank = () => newForm(route.query, store.programme, may, actor.unit, today.value)

  const place = kept(`issues/new/${actor.id}`)
  const found = readDraft(place.read())
  const form = ref(found?.form ?? blank())
  const id = ref(found?.id ?? newId())
  /** highest number when the id was first sent */
  const after = ref(found?.after ?? null)
  const fromDraft = ref(found !== null)
  const phase = ref<'typing' | 'sending' | 'accepted'>('typing')
  const refusals = shallowRef<readonly Refusal[]>([])
  /** an earlier sending under the same id had been accepted after all */
  const earlier = ref(false)
  /** highest number when what was sent last was sent first */
  const sentAfter = ref(after.value)

  const touched = ref(found !== null)
  watch(
    form,
    () => {
      if (phase.value !== 'typing') return
      touched.value = true
      save()
    },
    { deep: true, flush: 'sync' },
  )
  watch(today, (day) => {
    if (form.value.from === '' && day !== null && !touched.value) start()
  })
  let left = false
  onScopeDispose(() => (left = true))

  const byField = computed(() => refusalsByField(refusals.value))
  const earlierIssue = computed(() =>
    earlier.value && sentAfter.value !== null
      ? findLogged(issues.all('issue'), actor.id, sentAfter.value, null)
      : undefined,
  )

  function save(): void {
    place.write(JSON.stringify({ id: id.value, after: after.value, form: form.value }))
  }

  function discard(): void {
    id.value = newId()
    after.value = null
    earlier.value = false
    refusals.value = []
    fromDraft.value = false
    start()
  }

  /** An empty form that is not a draft. */
  function start(): void {
    form.value = blank()
    place.write(null)
    touched.value = false
  }

  async function send(): Promise<void> {
    if (phase.value !== 'typing') return
    refusals.value = unfilled(form.value)
    if (refusals.value.length > 0) return
    phase.value = 'sending'
    earlier.value = false
    const data = toLogIssue(form.value)
    after.value ??= highest()
    const from = after.value
    sentAfter.value = from
    save()
    const answer = await sendCommand('LogIssue', data, id.value)
    if (answer.ok) {
      phase.value = 'accepted'
      place.write(null)
      open(from, data.title)
      return
    }
    phase.value = 'typing'
    if (answer.refusals.some((r) => r.code === 'command.idReused')) {
      earlier.value = true
      id.value = newId()
      after.value = null
      save()
      return
    }
    refusals.value = answer.refusals
  }

  function highest(): number {
    return Math.max(0, ...issues.all('issue').map((i) => i.issue))
  }

  /** Goes to the question as soon as its row is here. */
  function open(from: number, title: string): void {
    const row = () => findLogged(issues.all('issue'), actor.id, from, title)
    const go = (path: string) => {
      clearTimeout(timer)
      stop()
      if (!left) void router.replace(path)
    }
    const timer = setTimeout(() => go('/issues'), ROW_MS)
    const stop = watch(row, (there) => {
      if (there !== undefined) go(`/issues/${there.issue}`)
    })
    const there = row()
    if (there !== undefined) go(`/issues/${there.issue}`)
  }

  return { form, phase, byField, earlier, earlierIssue, fromDraft, touched, send, discard }
}
