/**
 * Approvals and returns: held for ten seconds in which they can be taken back, on whatever page, then sent; what changed
 * meanwhile is left out. The outbox holds them, so that neither the end of the page nor of the browser loses one.
 */
import { useIntervalFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Answer, CommandData } from '../../shared/command.ts'
import type { Refusal } from '../../shared/errors.ts'
import { rowKey } from '../../shared/view/wire.ts'
import { outbox } from '../sync/commands.ts'
import type { Waiting } from '../sync/outbox.ts'
import { useProgramme } from './programme.ts'
import { useReviewing } from './reviewing.ts'

/** ms for which a command can be taken back: once sent it stands in the log */
export const HOLD_MS = 10_000

type Decision = Waiting<'ApproveReports' | 'ReturnReports'>
export type Item = CommandData<'ApproveReports'>['items'][number]
/** What of a decision was left out, and why; without `item` the decision as a whole. */
export interface LeftOut {
  item?: Item
  /** key */
  counter?: string
  refusal: Refusal
}

const isDecision = (command: Waiting): command is Decision =>
  command.kind === 'ApproveReports' || command.kind === 'ReturnReports'

function placed(items: readonly Item[], refusal: Refusal): LeftOut {
  const [, i = NaN, counter] = /^items\.(\d+)(?:\.versions\.(.+))?/.exec(refusal.at ?? '') ?? []
  const item = items[Number(i)]
  return { refusal, ...(item !== undefined && { item, ...(counter !== undefined && { counter }) }) }
}

export const useDecisions = defineStore('decisions', () => {
  const programme = useProgramme()
  const reviewing = useReviewing()
  const keysOf = (items: readonly Item[]): string[] =>
    programme.ready ? items.map(({ unit, day }) => rowKey.queue(programme.units.index(unit), day)) : []
  const held = shallowRef<readonly Decision[]>([])
  /** sent, and not answered yet */
  const out = shallowRef<readonly Decision[]>([])
  const now = ref(Date.now())
  const leftOut = ref<readonly LeftOut[]>([])
  const sent = ref<{ done: number; left: number } | null>(null)
  const followed = new Set<string>()
  /** which report was looked at when it was decided, by command */
  const lookedAt = new Map<string, string>()
  /** where it is said what is held, instead of at the foot of the page */
  const place = shallowRef<HTMLElement | null>(null)
  /** not on the device yet, for which nothing is promised */
  const beingKept = ref(new Set<string>())
  const shown = computed(() => held.value.filter(({ id }) => !beingKept.value.has(id)))
  /** asked to be taken back: for whoever asked they are, at once */
  const beingTaken = new Set<string>()
  const clock = useIntervalFn(() => (now.value = Date.now()), 250, { immediate: false })

  function look(): void {
    held.value = outbox
      .held()
      .filter(isDecision)
      .filter(({ id }) => !beingTaken.has(id))
    out.value = outbox.waiting().filter(isDecision)
    if (held.value.length > 0 && !clock.isActive.value) {
      now.value = Date.now()
      clock.resume()
    } else if (held.value.length === 0) clock.pause()
    // the page that decided has gone
    for (const each of [...held.value, ...out.value]) if (each.at < performance.timeOrigin) follow(each)
  }
  outbox.onChange(look)
  look()

  /** reports that are held, by what was decided */
  const itemsOf = (kind: Decision['kind']) =>
    computed(() => shown.value.filter((each) => each.kind === kind).flatMap(({ data }): readonly Item[] => data.items))

  function hold(items: Item[], reason?: string): void {
    if (items.length === 0) return
    // sums are of all that goes out together
    if (held.value.length + out.value.length === 0) dismiss()
    const looked = reviewing.current
    lookedAt.set(send(items, reason, items.length, HOLD_MS), looked)
  }
  function dismiss(): void {
    sent.value = null
    leftOut.value = []
  }

  /** All that are held; what is typed from here on is to the report that was looked at when they were decided. */
  async function takeBack(): Promise<void> {
    const asked = held.value
    const first = asked[0]
    if (first === undefined) return
    for (const { id } of asked) beingTaken.add(id)
    held.value = []
    reviewing.current = lookedAt.get(first.id) ?? keysOf(first.data.items)[0] ?? ''
    const taken = await Promise.all(asked.map(({ id }) => outbox.takeBack(id)))
    for (const { id } of asked) beingTaken.delete(id)
    // another tab may have sent one meanwhile: that one stands
    const all = asked.filter((_, i) => taken[i])
    // those of a page that has gone would wait for somebody to look after them
    for (const { id } of all) outbox.dismiss(id)
    for (const { data } of all) if ('reason' in data) reviewing.restore(keysOf(data.items), data.reason)
    look()
  }

  function send(items: Item[], reason: string | undefined, all: number, hold: number): string {
    const { id, answer, kept } =
      reason === undefined
        ? outbox.submit('ApproveReports', { items }, { hold })
        : outbox.submit('ReturnReports', { items, reason }, { hold })
    followed.add(id)
    beingKept.value.add(id)
    void kept.then(() => beingKept.value.delete(id))
    void answer.then((given) => heard(id, given, items, reason, all))
    look()
    return id
  }

  function follow({ id, kind, data }: Decision): void {
    if (followed.has(id)) return
    followed.add(id)
    const { answer } = outbox.submit(kind, data, { id })
    const reason = 'reason' in data ? data.reason : undefined
    void answer.then((given) => heard(id, given, data.items, reason, data.items.length))
  }

  /** One report that has changed must not keep the others from being reviewed: it is left out, and named. */
  function heard(id: string, given: Answer, items: Item[], reason: string | undefined, all: number): void {
    // what is left out is said until it is dismissed
    outbox.dismiss(id)
    if (!given.ok && given.refusals.some(({ code }) => code === 'command.takenBack')) return
    reviewing.settle(keysOf(items), given.ok)
    if (given.ok) return count(items.length, all - items.length)
    const told = given.refusals.map((refusal) => placed(items, refusal))
    leftOut.value = [...leftOut.value, ...told]
    const faulty = new Set(told.map(({ item }) => items.indexOf(item!)))
    const rest = items.filter((_, i) => !faulty.has(i))
    if (rest.length > 0 && rest.length < items.length) send(rest, reason, all, 0)
    else count(0, all)
  }
  function count(done: number, left: number): void {
    sent.value = { done: (sent.value?.done ?? 0) + done, left: (sent.value?.left ?? 0) + left }
  }

  return {
    hold,
    takeBack,
    /** Sends what is held at once. */
    flush: () => held.value.forEach(({ id }) => outbox.release(id)),
    leftOut,
    sent,
    /** what was sent and left out has been seen */
    dismiss,
    place,
    approving: itemsOf('ApproveReports'),
    returning: itemsOf('ReturnReports'),
    /** reports that are held, and the seconds until the last of them goes out */
    holding: computed(() => shown.value.reduce((n, { data }) => n + data.items.length, 0)),
    seconds: computed(() => Math.max(0, Math.ceil(((shown.value.at(-1)?.from ?? now.value) - now.value) / 1000))),
    /** reports that are decided and gone out, and have no answer yet */
    unanswered: computed(() => out.value.reduce((n, { data }) => n + data.items.length, 0)),
    /** decided, and not answered yet */
    isHeld: (unit: string, day: string) =>
      [...held.value, ...out.value].some(({ data }) =>
        data.items.some((item) => item.unit === unit && item.day === day),
      ),
  }
})
