/** The list of what waits for the person at the sheet, live, and the way through it from day to day. */
import {
  computed,
  inject,
  type InjectionKey,
  onScopeDispose,
  provide,
  reactive,
  type ShallowRef,
  shallowRef,
  watchEffect,
} from 'vue'
import { useRouter } from 'vue-router'
import { mayCommand } from '../../../shared/policy.ts'
import type { Day } from '../../../shared/progress/day.ts'
import { monthsOf } from '../../../shared/view/calendar.ts'
import { rowKey } from '../../../shared/view/wire.ts'
import { useProgramme } from '../../stores/programme.ts'
import { useScope } from '../../stores/scope.ts'
import { useWaiting } from '../../stores/waiting.ts'
import { cellKey, unitOf } from './cells.ts'
import { isNothing } from './strip.ts'
import type { Sheet } from './useSheet.ts'
import { stillBlank } from './view.ts'
import { type At, cellNumbers, type Item, nextOf, numbersOf, placeOf, worklistOf } from './worklist.ts'

const AT: InjectionKey<ShallowRef<At | null>> = Symbol('at')

/** For the page, which stays when another day is shown: where in the list the person is. */
export const provideWorkAt = (): void => provide(AT, shallowRef<At | null>(null))

/** What is done by a figure, at its field. */
const WANTS_FIGURES: ReadonlySet<Item['what']> = new Set(['missing', 'partial', 'open', 'unfinished', 'drafts'])

export type Worklist = ReturnType<typeof useWorklist>

export function useWorklist(sheet: Sheet) {
  const store = useProgramme()
  const router = useRouter()
  const at = inject(AT, () => shallowRef<At | null>(null), true)
  /** one's own subtree, where one reports; who answers for the whole sees that of the sheet */
  const top = computed(() => {
    const { me, unit } = sheet
    const isOwn = me.unit !== store.units.root && mayCommand(me, 'SubmitReports', store.units, me.unit)
    return isOwn && store.units.within(unit, me.unit) ? me.unit : unit
  })
  const scope = useScope(() => `work:${top.value}`)
  const counts = computed(() => scope.get<'workCounts'>(rowKey.workCounts()))
  const typed = computed(() => {
    const lines = sheet.lines.filter((l) => l.typed.cells.size > 0).map((l) => l.unit)
    return new Set([...lines, ...[...sheet.way.cells.keys()].map(unitOf)])
  })
  /** what today still wants of these lines, from whatever day it is looked at, and what the office supervises */
  const calendar = useScope(() => `calendar:${top.value}`)
  const months = computed(() => monthsOf(calendar.all('calendar')))
  const openUnits = computed(() => {
    const { today } = sheet.rows.clock
    if (today === null) return []
    const isOpen =
      today === sheet.day
        ? new Set(sheet.lines.filter((l) => l.state === 'open').map((l) => l.unit))
        : new Set(sheet.rows.lines.filter((unit) => months.value(unit, today)?.state === 'open'))
    return sheet.rows.lines.filter((unit) => isOpen.has(unit) && sheet.mayWrite(unit))
  })
  const unfinished = computed(() => {
    const { today, due } = sheet.rows.clock
    if (today === null || (due !== null && today <= due)) return []
    const blankOf = (unit: string): readonly string[] => {
      if (today !== sheet.day) return (months.value(unit, today)?.blank ?? []).map((i) => sheet.counters[i]!)
      const line = sheet.lines.find((l) => l.unit === unit)
      return line?.standing === 'partial' ? stillBlank(line) : []
    }
    return sheet.rows.lines
      .filter((unit) => sheet.mayWrite(unit))
      .map((unit) => ({ unit, counters: blankOf(unit) }))
      .filter(({ counters }) => counters.length > 0)
  })
  const items = computed(() =>
    worklistOf({
      day: sheet.day,
      lines: sheet.rows.lines,
      todos: sheet.todos,
      typed: typed.value,
      rows: scope.all('work').filter(({ unit }) => sheet.mayWrite(unit)),
      offers: scope.all('offer'),
      open: { day: sheet.rows.clock.today ?? sheet.day, units: openUnits.value },
      unfinished: unfinished.value,
      drafts: sheet.elsewhere,
      counters: sheet.counters,
      supervised: (unit, day) => months.value(unit, day)?.supervised === true,
      index: (unit) => store.units.index(unit),
    }),
  )
  const place = computed(() => placeOf(items.value, at.value))
  const isHere = (item: Item) => item.day === sheet.day && sheet.rows.lines.includes(item.unit)
  /** its cell on the sheet */
  const cellOf = ({ unit, counters }: Item) => cellKey(unit, counters[0] ?? sheet.counters[0] ?? '')
  const dayAddress = (unit: string, day: Day): string =>
    `/sheet/${sheet.sheetOn(unit, day)}/${day}?at=${cellKey(unit, sheet.counters[0] ?? '')}`
  const addressOf = (item: Item): string =>
    item.of === 'drafts'
      ? `/sheet/${item.draft.unit}/${item.day}?at=${item.draft.cells[0]!.key}`
      : `/sheet/${sheet.sheetOn(item.unit, item.day)}/${item.day}?at=${cellOf(item)}`

  /** everything that waits, also what has no row here */
  const total = computed(() => {
    const { counts: of, offers } = counts.value ?? { counts: [], offers: 0 }
    const beyond = of.reduce((sum, n) => sum + n, 0) + offers - scope.all('work').length - scope.all('offer').length
    return items.value.length + Math.max(0, beyond)
  })
  // the bar says the same number
  const waiting = useWaiting()
  const list = {}
  watchEffect(() => {
    if (scope.ready.value && sheet.unit === sheet.me.unit) waiting.show(list, total.value)
    else waiting.hide(list)
  })
  onScopeDispose(() => waiting.hide(list))

  /** the act that somebody is at an item for may have ended it already: then one is still where it was */
  function be(item: Item): void {
    const found = items.value.findIndex(({ key }) => key === item.key)
    if (found >= 0) at.value = { key: item.key, place: found }
  }
  /** `focus` puts the focus into a cell of the day shown; on another day it is come to by its card, or by its `field` */
  function goTo(item: Item, focus: (key: string) => void, field: boolean): void {
    be(item)
    if (isHere(item)) focus(cellOf(item))
    else turnTo(item, { field })
  }
  function turnTo(item: Item, how: Pick<At, 'field' | 'answer'>): void {
    at.value = { key: item.key, place: at.value?.key === item.key ? at.value.place : 0, ...how }
    void router.push(addressOf(item))
  }
  /** Opens what its answer is written into, on whatever day it stands; false where it has none. */
  function answer(item: Item): boolean {
    const isSaid = item.what === 'inquiry' || (item.what === 'returned' && isHere(item))
    if (!isSaid) return false
    be(item)
    if (!isHere(item)) turnTo(item, { answer: true })
    else if (at.value !== null) at.value = { ...at.value, answer: true }
    return true
  }

  return reactive({
    items,
    ready: computed(() => scope.ready.value),
    /** of the item at which the person is; −1 at none */
    place,
    /** somebody goes through the list to what its cards say, also where it is not there yet; not to a field that wants a figure */
    walking: computed(() => at.value !== null && at.value.field !== true),
    total,
    numbers: computed(() => numbersOf(items.value)),
    onCells: computed(() => cellNumbers(items.value, sheet.day, sheet.counters)),
    /** something of the day is expected of these lines, or is there */
    hasReports: (day: Day): boolean =>
      sheet.rows.lines.some((unit) => {
        const there = months.value(unit, day)
        return there !== undefined && !isNothing(there)
      }),
    isHere,
    cellOf,
    addressOf,
    dayAddress,
    be,
    /** to what is to be done about it: what wants a figure to its field */
    go(item: Item, focus: (key: string) => void): void {
      if (isHere(item) || !answer(item)) goTo(item, focus, WANTS_FIGURES.has(item.what))
    },
    answer,
    /** somebody wants to answer the item at which the person is */
    answering: computed(() => at.value?.answer === true),
    answered(): void {
      if (at.value !== null) at.value = { key: at.value.key, place: at.value.place }
    },
    /** The next item, from where one is; false without any. */
    next(focus: (key: string) => void): boolean {
      const found = nextOf(items.value, at.value)
      if (found !== null) goTo(found.item, focus, false)
      return found !== null
    },
  })
}
