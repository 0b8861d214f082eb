/** Sending the sheet through the outbox, and what its answers do to the cells. */
import { computed, onScopeDispose, reactive, shallowRef } from 'vue'
import type { Answer } from '../../../shared/command.ts'
import type { Figure } from '../../../shared/domain/cells.ts'
import type { Day } from '../../../shared/progress/day.ts'
import { useOutbox } from '../../stores/outbox.ts'
import { outbox } from '../../sync/commands.ts'
import type { Basis, DraftMark } from '../../sync/drafts.ts'
import type { Waiting } from '../../sync/outbox.ts'
import { type CellKey, type IsCumulative, unitOf } from './cells.ts'
import { noVerdict } from './check.ts'
import { coveredBy, ofSheet, type Sent, sentBy, typingOf, type WaitingReport, wayOf } from './onItsWay.ts'
import { basisIn, cellsOf, isNextOf, mapRefusals, type SheetCommand } from './submit.ts'
import type { Typing } from './useTyping.ts'

/** What the last sending has come to so far: the line of the log that it reached, its units, and how many cells were accepted. */
export interface Outcome {
  seq: number
  cells: number
  units: readonly string[]
}

export type Way = ReturnType<typeof useWay>
export type Sending = ReturnType<typeof useSending>

interface WayInput {
  day: Day
  lines: () => readonly string[]
  seq: () => number
  /** of two values, which is given or taken back is for their dialogs to say */
  isDisputed: (key: CellKey) => boolean
}

/** What own commands make of these lines on this day before the rows show it; those are up to line `seq` of the log. */
export function useWay({ day, lines, seq, isDisputed }: WayInput) {
  const box = useOutbox()
  const sent = shallowRef<ReadonlyMap<CellKey, Sent>>(new Map())
  function take(command: Waiting, answer: Answer): void {
    const own = answer.ok ? ofSheet(command, day, lines()) : null
    if (own !== null && answer.ok) sent.value = new Map([...sent.value, ...sentBy(own, answer, day)])
  }
  // answers that came while this sheet was not open
  for (const command of box.arrived) take(command, command.answer)
  onScopeDispose(outbox.onAnswer(take))
  const waiting = computed(() =>
    box.waiting.map((command) => ofSheet(command, day, lines())).filter((command) => command !== null),
  )
  return reactive({
    waiting,
    cells: computed(() => new Map([...wayOf(waiting.value, day, box.sending)].filter(([key]) => !isDisputed(key)))),
    /** what was accepted, and the rows do not show yet */
    accepted: computed(
      (): ReadonlyMap<CellKey, Sent> =>
        new Map([...sent.value].filter(([key, { version }]) => version > seq() && !isDisputed(key))),
    ),
    /** some of it is out at this moment */
    busy: computed(() => waiting.value.some((command) => command.id === box.sending)),
    /** some of it waits because the last try found no answer */
    stuck: computed(() => box.stuck && waiting.value.length > 0),
  })
}

export interface SendingInput {
  way: Way
  typing: Typing
  day: Day
  lines: () => readonly string[]
  figure: (key: CellKey) => Figure
  isCumulative: IsCumulative
}

export function useSending({ way, typing, day, lines, figure, isCumulative }: SendingInput) {
  const box = useOutbox()
  const outcome = shallowRef<Outcome | null>(null)
  /** commands without an answer, and how many cells were accepted since there was last none */
  const open = new Set<string>()
  let accepted = 0
  let units: string[] = []
  /** what refused commands were made upon, for those that were made upon them */
  const bases = new Map<string, Map<CellKey, Basis>>()

  function begin(): void {
    accepted = 0
    units = []
  }

  function heard(command: Waiting, answer: Answer): void {
    const own = command.typed === true ? ofSheet(command, day, lines()) : null
    if (own === null) return
    if (answer.ok) accept(own, answer)
    else refuse(own, answer)
  }

  function accept(command: WaitingReport, answer: Extract<Answer, { ok: true }>): void {
    if (open.size === 0) begin()
    open.delete(command.id)
    const cells = [...cellsOf(command as SheetCommand, day).keys()]
    accepted += cells.length
    units = [...new Set([...units, ...cells.map(unitOf)])]
    outcome.value = { seq: answer.seq, cells: accepted, units }
    typing.forget()
    typing.verdict = { ...noVerdict, sheet: [] }
  }

  function refuse(command: WaitingReport, { refusals }: Extract<Answer, { ok: false }>): void {
    open.delete(command.id)
    const typed = typingOf(command, day, basisUnder, valueAt, isCumulative)
    bases.set(command.id, new Map([...typed].map(([key, { basis }]) => [key, basis])))
    for (const [key, was] of typed) {
      const edit = typing.edits.get(key)
      const upon = basisIn(command as SheetCommand, key)
      if (edit === undefined || edit.basis.command === command.id || isNextOf(edit, upon))
        typing.restore(key, was, upon)
    }
    typing.verdict = mapRefusals(command as SheetCommand, refusals)
    outcome.value = null
    outbox.dismiss(command.id)
  }

  /** what a refused command was made upon; in its cell still, it is known from before this page */
  function basisUnder(id: string, key: CellKey): Basis | undefined {
    const edit = typing.edits.get(key)
    return bases.get(id)?.get(key) ?? (edit?.from?.command === id ? edit.basis : undefined)
  }

  function valueAt(key: CellKey, at: number): number | null {
    const { value, version } = figure(key)
    return version <= at ? value : null
  }

  // answers that came while this sheet was not open
  for (const command of box.refused) heard(command, command.answer)
  onScopeDispose(outbox.onAnswer(heard))

  return reactive({
    outcome,
    /** cells whose typing is on its way as it is */
    covered: computed(() => coveredBy(way.cells, typing.edits, isCumulative)),
    /** Puts the commands into the outbox, in order; their drafts stay until they are accepted. */
    send(commands: readonly SheetCommand[]) {
      typing.verdict = { ...noVerdict, sheet: [] }
      if (open.size === 0) begin()
      for (const command of commands) {
        const drafts = [...cellsOf(command, day).keys()]
          .map((key): DraftMark | undefined => typing.mark(key))
          .filter((mark) => mark !== undefined)
        open.add(outbox.submit(command.kind, command.data, { drafts, typed: true }).id)
      }
    },
    /** tries again at once */
    again: () => outbox.flush(),
  })
}
