/** Sending the sheet: one command for all streets that are ready, the same command again after a lost network. */
import { computed, onScopeDispose, reactive, shallowRef, watch } from 'vue'
import type { ReportItem } from '../../../shared/domain/report.ts'
import type { Values } from '../../../shared/event.ts'
import type { Day } from '../../../shared/progress/day.ts'
import type { Refusal } from '../../../shared/errors.ts'
import { useConnection } from '../../stores/connection.ts'
import { newId, sendCommand } from '../../sync/commands.ts'
import { type CellKey, cellKey, valueOf } from './cells.ts'
import { noVerdict } from './check.ts'
import { itemOf, keysOf, mapRefusals, type Meaning, type TypedRow } from './submit.ts'
import type { Typing } from './useTyping.ts'

/** What the last save came to. */
export interface Outcome {
  seq: number
  cells: number
  at: Date
}

/** ms before the same command goes out again while the connection stands */
const AGAIN_MS = 1_000

export type Sending = ReturnType<typeof useSending>

export function useSending(typing: Typing, day: Day) {
  const connection = useConnection()
  const busy = shallowRef(false)
  const lost = shallowRef(false)
  const outcome = shallowRef<Outcome | null>(null)
  /** accepted, and not yet in the rows of this screen: value and the version that they replace */
  const sent = shallowRef<ReadonlyMap<CellKey, { value: number; version: number }>>(new Map())

  async function deliver(): Promise<boolean> {
    const command = typing.pending
    if (command === null || busy.value) return false
    busy.value = true
    const answer = await sendCommand('SubmitReports', { items: command.items }, command.id)
    busy.value = false
    const keys = keysOf(command.items)
    if (!answer.ok && answer.refusals.some((r) => r.code === 'network.lost')) {
      lost.value = true
      typing.keep(keys)
      return false
    }
    lost.value = false
    typing.pending = null
    if (answer.ok) {
      accept(command.items, keys)
      outcome.value = { seq: answer.seq, cells: keys.length, at: new Date() }
    } else {
      typing.verdict = mapRefusals(command.items, answer.refusals)
      outcome.value = null
    }
    return answer.ok
  }

  function accept(items: readonly ReportItem[], keys: readonly CellKey[]): void {
    const value = valueIn(items)
    // a cell typed over while its command was under way keeps the newer text
    const done = keys.filter((key) => valueOf(typing.edits.get(key)?.text ?? '') === value(key))
    const next = new Map(sent.value)
    for (const { unit, values, basedOn } of items)
      for (const k in values) {
        const key = cellKey(unit, k)
        // rows that came before the answer already say what stands
        if (typing.stored(key).version === basedOn) next.set(key, { value: values[k]!, version: basedOn })
      }
    sent.value = next
    typing.drop(done)
    typing.verdict = { ...noVerdict, sheet: [] }
  }

  // a try that was under way when the connection came back may fail after it: then again, while there is something to send
  let next: ReturnType<typeof setTimeout> | undefined
  watch(
    () => connection.state === 'live' && !busy.value && typing.pending !== null,
    (due) => {
      clearTimeout(next)
      if (due) next = setTimeout(() => void deliver(), lost.value ? AGAIN_MS : 0)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(next))

  return reactive({
    busy,
    /** the last command went out and no answer came back */
    lost,
    outcome,
    sending: computed<ReadonlySet<CellKey>>(() => new Set(busy.value ? keysOf(typing.pending?.items ?? []) : [])),
    sent: computed<ReadonlyMap<CellKey, number>>(() => new Map([...sent.value].map(([k, s]) => [k, s.value]))),
    deliver,
    /** the rows have moved on: what they show now is what stands */
    arrived() {
      const left = [...sent.value].filter(([key, s]) => typing.stored(key).version === s.version)
      if (left.length < sent.value.size) sent.value = new Map(left)
    },
    /** Sends the streets; a command without an answer goes out again first. */
    async send(rows: () => readonly TypedRow[], meaning: (unit: string) => Meaning | undefined) {
      if (typing.pending !== null && !(await deliver())) return
      const items = rows().map((row) => itemOf(row, day, meaning(row.unit)))
      if (items.length === 0) return
      typing.verdict = { ...noVerdict, sheet: [] }
      typing.pending = { id: newId(), items, at: new Date().toISOString() }
      // on disk before it is on the wire
      typing.save()
      await deliver()
    },
    /** Settles a dispute; the refusals, if any. */
    async settle(unit: string, values: Values, basedOn: number, reason: string): Promise<readonly Refusal[]> {
      const answer = await sendCommand('SettleDispute', { unit, day, values, basedOn, reason })
      if (!answer.ok) return answer.refusals
      outcome.value = { seq: answer.seq, cells: Object.keys(values).length, at: new Date() }
      return []
    },
  })
}

function valueIn(items: readonly ReportItem[]): (key: CellKey) => number | undefined {
  const values = new Map<CellKey, number>()
  for (const item of items) for (const k in item.values) values.set(cellKey(item.unit, k), item.values[k]!)
  return (key) => values.get(key)
}
