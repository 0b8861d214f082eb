/** The sheet of one unit and day as its pages use it: rows, typing, sending, and all that follows from them. */
import { computed, onBeforeUnmount, reactive, shallowRef, watch } from 'vue'
import type { Day } from '../../../shared/progress/day.ts'
import { type Actor, mayCommand } from '../../../shared/policy.ts'
import { useProgramme } from '../../stores/programme.ts'
import { useSession } from '../../stores/session.ts'
import { cellKey, type CellKey, isRestatement } from './cells.ts'
import { checkRow, closedTo, type Grounds } from './check.ts'
import { otherDrafts } from './draft.ts'
import { type Effect, effectOf, type Move, rankOf } from './effect.ts'
import { estimateFor } from './history.ts'
import { type TypedRow, withheld } from './submit.ts'
import { todosOf } from './todo.ts'
import { type SheetRows } from './useRows.ts'
import { useSending } from './useSending.ts'
import { deviceDrawer, useTyping } from './useTyping.ts'
import { type CellView, type LineView, lineView, sumsOf } from './view.ts'

export type Sheet = ReturnType<typeof useSheet>

export function useSheet(rows: SheetRows, unit: string, day: Day) {
  const store = useProgramme()
  const session = useSession()
  const me = session.me as Actor
  const counters = store.programme.counters.map((c) => c.key)
  const drawer = deviceDrawer()
  const place = { programme: store.programme.key, member: me.id, unit, day }
  const typing = useTyping({ place, drawer, counters, report: rows.report })
  const sending = useSending(typing, day)

  const grounds = computed<Grounds>(() => ({
    frame: rows.frame,
    clock: rows.now,
    ground: { book: rows.book, closed: rows.now.closed },
    me,
    day,
  }))
  const lines = computed<LineView[]>(() =>
    rows.lines.map((code) => {
      const stored = counters.map((c) => typing.stored(cellKey(code, c)))
      const typed: TypedRow = {
        unit: code,
        stored,
        cells: checkRow(grounds.value, code, typing.edits, stored, typing.said),
      }
      return lineView({
        frame: rows.frame,
        day,
        now: rows.now,
        typed,
        report: rows.report(code, day),
        closed: closedTo(grounds.value, code),
        sending: sending.sending,
        sent: sending.sent,
      })
    }),
  )
  const cellOf = computed(() => new Map(lines.value.flatMap((l) => l.cells.map((c) => [c.key, c] as const))))
  const ready = computed(() => lines.value.map((l) => l.typed).filter((r) => r.cells.size > 0 && withheld(r) === null))

  // the first target's counter, and what each street does to it
  const main = computed(() => counters.indexOf(rows.target?.counter ?? ''))
  const effects = computed(() => {
    const found = new Map<string, Effect>()
    if (main.value < 0) return found
    const byUnit = new Map(lines.value.map((l) => [l.unit, l]))
    for (const code of rows.peers) {
      const pace = rows.pace(code)
      const cell = byUnit.get(code)?.cells[main.value]
      if (pace !== undefined) found.set(code, effectOf(pace, cell?.stored.value ?? null, shownOf(cell)))
    }
    return found
  })
  const whole = computed<Effect | undefined>(() => {
    const pace = rows.pace(unit)
    if (pace === undefined || main.value < 0) return undefined
    const sum = (f: (c: CellView) => number | null) =>
      lines.value.reduce<number | null>((n, l) => {
        const value = f(l.cells[main.value]!)
        return value === null ? n : (n ?? 0) + value
      }, null)
    return effectOf(
      pace,
      sum((c) => c.stored.value),
      sum(shownOf),
    )
  })
  const wholeRank = computed<Move | null>(() => {
    if (whole.value === undefined) return null
    const all = new Map<string, Effect>([[unit, whole.value]])
    for (const code of rows.rivals) {
      const pace = rows.pace(code)
      if (code !== unit && pace !== undefined) all.set(code, effectOf(pace, null, null))
    }
    return all.size > 1 ? rankOf(all, unit) : null
  })
  /** estimate of what the unit has not reported, without and with this sheet; null without a target */
  const estimate = computed<Move | null>(() => {
    const pace = rows.pace(unit)
    const target = rows.target
    if (pace === undefined || target === undefined) return null
    const filled = lines.value.filter((l) => l.report === undefined && shownOf(l.cells[main.value]) !== null)
    const due = isRestatement(day, rows.now.due)
    const gone = due
      ? filled.reduce((n, l) => n + estimateFor(rows.frame, rows.book, l.unit, target.counter, day), 0)
      : 0
    return { before: pace.makeup.m, after: Math.max(0, pace.makeup.m - gone) }
  })

  const focus = shallowRef<CellKey>(cellKey(rows.lines[0] ?? '', counters[Math.max(0, main.value)] ?? counters[0]!))

  // rows move: accepted cells arrive, and typing that stands anyway is over
  watch(
    () => rows.book,
    () => {
      sending.arrived()
      if (typing.live === null) typing.settle()
    },
    { immediate: true },
  )

  const unsent = computed(() => typing.edits.size)
  const guard = (event: BeforeUnloadEvent) => {
    if (unsent.value > 0 || typing.pending !== null) event.preventDefault()
  }
  window.addEventListener('beforeunload', guard)
  onBeforeUnmount(() => {
    typing.commit()
    window.removeEventListener('beforeunload', guard)
  })

  return reactive({
    unit,
    day,
    me,
    rows,
    typing,
    sending,
    counters,
    lines,
    effects,
    whole,
    wholeRank,
    estimate,
    focus,
    focusOn(key: CellKey) {
      focus.value = key
    },
    /** column of the counter that the target is measured by; −1 without one */
    main,
    sums: computed(() => sumsOf(lines.value)),
    todos: computed(() => todosOf(lines.value, typing.said)),
    /** streets that would go out now */
    ready,
    unsent,
    /** the day is over: changes are restatements, with a type and a reason */
    restating: computed(() => isRestatement(day, rows.now.due)),
    writable: computed(() => rows.lines.some((code) => mayCommand(me, 'SubmitReports', store.units, code))),
    /** some cell may be written now */
    open: computed(() => lines.value.some((l) => l.cells.some((c) => c.editable))),
    elsewhere: computed(() => (unsent.value >= 0 ? otherDrafts(drawer.keys(), place) : [])),
    cell: (key: CellKey): CellView | undefined => cellOf.value.get(key),
    rank: (code: string): Move | null => rankOf(effects.value, code),
    /** Blanks of the given cells as zero reports; one step of undo. How many there were. */
    fillZero(keys: Iterable<CellKey>): number {
      const blank = [...keys].filter((key) => {
        const cell = cellOf.value.get(key)
        return cell?.editable === true && cell.text === ''
      })
      typing.set(blank.map((key) => ({ key, text: '0' })))
      return blank.length
    },
  })
}

/** The figure that the sheet shows for a cell; a refused one leaves what stands. */
const shownOf = (cell: CellView | undefined): number | null => cell?.value ?? cell?.stored.value ?? null
