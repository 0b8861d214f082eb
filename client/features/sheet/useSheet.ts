/** The sheet of one unit and day as its pages use it: rows, typing, sending, and all that follows from them. */
import { computed, onBeforeUnmount, onScopeDispose, reactive, shallowRef, watch } from 'vue'
import type { Refusal } from '../../../shared/errors.ts'
import { type Actor, mayCommand } from '../../../shared/policy.ts'
import type { Day } from '../../../shared/progress/day.ts'
import { useConnection } from '../../stores/connection.ts'
import { useProgramme } from '../../stores/programme.ts'
import { useSession } from '../../stores/session.ts'
import { figureText, readFigure } from '../../../shared/reading/total.ts'
import { deviceStorage } from '../../sync/device.ts'
import { type Meaning, openDrafts } from '../../sync/drafts.ts'
import { cellKey, type CellKey, counterOf, isRestatement, type Stored, unitOf } from './cells.ts'
import { checkLines, writeRefusals, type CheckInput } from './check.ts'
import { figureIn, linesOn, sheetOf, sheetsWith } from './rows.ts'
import { type Carried, commandsOf, isOpen, type TypedRow, withheld } from './submit.ts'
import { offersBy, successorIn, todosOf } from './todo.ts'
import { standingTotal } from './total.ts'
import { useEffects } from './useEffects.ts'
import type { SheetRows } from './useRows.ts'
import { useSending, useWay } from './useSending.ts'
import { useTyping } from './useTyping.ts'
import { breakdownsOf, type CellView, type LineView, lineView, sumsOf } from './view.ts'
import type { DraftSheet } from './worklist.ts'

export type Sheet = ReturnType<typeof useSheet>

export function useSheet(rows: SheetRows, unit: string, day: Day) {
  const store = useProgramme()
  const connection = useConnection()
  const session = useSession()
  /** as the server has them now, with their tasks; the sheet is left when they are not signed in any more */
  const me = computed<Actor>((before) => (session.me ?? before)!)
  const counters = store.programme.counters.map((c) => c.key)
  const drafts = openDrafts(deviceStorage, { programme: store.programme.key, member: me.value.id }, () => Date.now())
  onScopeDispose(() => drafts.close())

  const isCumulative = (key: CellKey) => store.programme.counters[counters.indexOf(counterOf(key))]?.cumulative === true
  const figure = (key: CellKey) => figureIn(rows.report(unitOf(key)), counters.indexOf(counterOf(key)))
  const way = useWay({
    day,
    lines: () => rows.lines,
    seq: () => rows.seq,
    isDisputed: (key) => figure(key).state === 'disputed',
  })
  function stored(key: CellKey): Stored {
    const { value, state, version } = figure(key)
    const cumulative = isCumulative(key)
    const [waits, accepted] = [way.cells.get(key), way.accepted.get(key)]
    const own = waits ?? accepted
    if (own === undefined) {
      const base = rows.line(unitOf(key))?.totals?.[counters.indexOf(counterOf(key))]
      return { cumulative, version, value, state, ...standingTotal(base, value) }
    }
    return {
      ...{ cumulative, version: accepted?.version ?? version, value: isOpen(own) ? value : own.value },
      ...{ state: 'submitted', ...(waits !== undefined && { command: waits.command }) },
      ...(own.total !== undefined && { total: own.total }),
    }
  }
  const typing = useTyping({ drafts, day, lines: () => rows.lines, stored })
  const sending = useSending({ way, typing, day, lines: () => rows.lines, figure, isCumulative })

  const known = (cells: ReadonlyMap<CellKey, Carried>) =>
    new Map([...cells].flatMap(([key, carried]) => (isOpen(carried) ? [] : [[key, carried.value] as const])))
  const waiting = computed(() => known(new Map<CellKey, Carried>([...way.accepted, ...way.cells])))
  const accepted = computed(() => known(way.accepted))
  const checkInput = computed<CheckInput>(() => ({
    setting: store.setting,
    clock: rows.clock,
    me: me.value,
    day,
    report: rows.report,
    line: rows.line,
    above: rows.above,
    waiting: waiting.value,
  }))
  /** units with a line: those that live on the day, and ended ones of which something is there */
  const codes = computed(() => {
    const typed = new Set([...typing.edits.keys(), ...way.cells.keys()].map(unitOf))
    return linesOn(store.units, unit, day, (code) => typed.has(code) || rows.report(code) !== undefined)
  })
  const checked = computed(() => checkLines(checkInput.value, codes.value, typing.edits, sending.covered, typing.said))
  const lines = computed<LineView[]>(() =>
    codes.value.map((code) => {
      const report = rows.report(code)
      const given = new Set(counters.filter((_, i) => isThere(figureIn(report, i))))
      const typed: TypedRow = { unit: code, cells: checked.value.get(code) ?? new Map(), given }
      return lineView({
        setting: store.setting,
        day,
        clock: rows.clock,
        typed,
        report,
        line: rows.line(code),
        barred: writeRefusals(checkInput.value, code),
        onItsWay: way.cells,
        sent: accepted.value,
      })
    }),
  )
  const cellOf = computed(() => new Map(lines.value.flatMap((l) => l.cells.map((c) => [c.key, c] as const))))
  const ready = computed(() => lines.value.map((l) => l.typed).filter((r) => r.cells.size > 0 && withheld(r) === null))
  const restating = computed(() => isRestatement(day, rows.clock.due))

  /** nothing is left to report here: until when it was, and what carries it on; null while there are lines */
  const ended = computed<{ refusal: Refusal; into: string | null } | null>(() => {
    if (codes.value.length > 0) return null
    const own = store.units.isLeaf(unit) ? writeRefusals(checkInput.value, unit) : []
    const params = { unit, ends: store.units.lastDay(unit) ?? day }
    const refusal = own.find((r) => r.code === 'unit.ended') ?? { code: 'unit.ended', params }
    return { refusal, into: successorIn([refusal]) }
  })

  const main = computed(() => rows.target?.plan.counter ?? -1)
  const effects = useEffects({ rows, unit, day, lines, main })

  const offers = computed(() => offersBy(rows.offers, rows.lines, day))
  const sheetOn = (code: string, on: Day) => sheetOf(store.units, me.value, code, on, rows.clock.today)

  /** other sheets of which something is typed on this device, by whichever of their pages and tabs */
  const drafted = shallowRef(drafts.texts())
  onScopeDispose(drafts.onChange(() => (drafted.value = drafts.texts())))
  const elsewhere = computed<DraftSheet[]>(() =>
    sheetsWith(drafted.value, { unit, day }, sheetOn).map((sheet) => {
      const cells = sheet.cells.map(({ unit: code, counter, text }) => {
        const key = cellKey(code, counter)
        return { key, faulty: readFigure(text, isCumulative(key)).kind === 'refused' }
      })
      return { unit: sheet.unit, day: sheet.day, cells: cells.sort((a, b) => Number(b.faulty) - Number(a.faulty)) }
    }),
  )

  const focus = shallowRef<CellKey>(cellKey(codes.value[0] ?? '', counters[Math.max(0, main.value)] ?? counters[0]!))

  // rows move: accepted cells arrive, and typing that stands anyway is over
  watch(
    () => rows.changes,
    () => typing.dropRedundant(),
    { immediate: true },
  )

  /** cells that nothing has taken up yet */
  const unsent = computed(() => [...typing.edits.keys()].filter((key) => !sending.covered.has(key)).length)
  onBeforeUnmount(() => typing.commit())

  return reactive({
    unit,
    day,
    me,
    rows,
    typing,
    way,
    sending,
    counters,
    lines,
    effects,
    focus,
    focusOn(key: CellKey) {
      focus.value = key
    },
    /** column of the counter that the target is measured by; −1 without one */
    main,
    sums: computed(() => sumsOf(lines.value)),
    /** of the same columns, by counter */
    breakdowns: computed(() => breakdownsOf(lines.value, (code, i) => rows.line(code)?.estimate[i] ?? 0)),
    todos: computed(() =>
      todosOf({
        lines: lines.value,
        verdict: typing.said,
        offers: offers.value.here,
        due: restating.value,
        questions: (code) => rows.asked(code)?.questions ?? [],
      }),
    ),
    /** days of these lines on which offers wait that are not about this day */
    offersElsewhere: computed(() => offers.value.elsewhere),
    ended,
    /** lines that would go out now */
    ready,
    /** there are some, and the server does not say that it would take nothing */
    sendable: computed(() => ready.value.length > 0 && !connection.closed),
    unsent,
    /** the day is over: changes are restatements, with a type and a reason */
    restating,
    writable: computed(() => codes.value.some((code) => mayWrite(code))),
    /** some cell may be written now */
    open: computed(() => lines.value.some((l) => l.cells.some((c) => c.editable))),
    elsewhere,
    /** the sheet that has the unit as a line */
    sheetOn,
    mayWrite,
    cell: (key: CellKey): CellView | undefined => cellOf.value.get(key),
    /** Sends what is ready; `meaning` is asked where something needs a reason. */
    send(meaning: (unit: string) => Meaning | undefined) {
      sending.send(commandsOf(ready.value, day, restating.value, meaning))
    },
    /** cells in which a zero may be filled */
    blanks: computed(() =>
      lines.value.flatMap((l) => l.cells).filter((c) => c.editable && c.text === '' && c.checked?.withdrawal !== true),
    ),
    /** The given cells as zero reports; one step of undo. */
    fillZero(cells: readonly CellView[]) {
      typing.set(cells.map(({ key }) => ({ key, text: zeroIn(key) })))
    },
  })

  /** a running total that has not moved is a day of nothing */
  function zeroIn(key: CellKey): string {
    if (!isCumulative(key)) return '0'
    const base = rows.line(unitOf(key))?.totals?.[counters.indexOf(counterOf(key))]
    return figureText(base?.last == null ? { day: 0 } : { total: base.last.total + base.between }, true)
  }

  function mayWrite(code: string): boolean {
    return store.units
      .heirs(code, rows.clock.today)
      .some((heir) => mayCommand(me.value, 'SubmitReports', store.units, heir))
  }
}

const isThere = ({ value, approved }: { value: number | null; approved: number | null }): boolean =>
  value !== null || approved !== null
