/** Scope `silence:U`: the reports that are owed at U and below it, who was reminded of them, and the items of supervision. */
import { isCarried, isOpenState } from '../../../shared/domain/carrying.ts'
import { firstLookedAt, officialsIn, officialsOf, owedAt, owedOf, type Officials } from '../../../shared/domain/owed.ts'
import { cellKey, itemsOf, type Silence } from '../../../shared/domain/silence.ts'
import { dueThrough } from '../../../shared/domain/world.ts'
import { type Recorded, subjectOf } from '../../../shared/event.ts'
import { addDays, type Day, dayNumber, dayOf } from '../../../shared/progress/day.ts'
import { type DueState, dueStateOf, reportStanding } from '../../../shared/view/due.ts'
import type { Row, RowKind } from '../../../shared/view/rows.ts'
import type { ChaseRow, ItemRow, ReminderRow, SilenceRow } from '../../../shared/view/silenceRows.ts'
import { kindOf, rowKey } from '../../../shared/view/wire.ts'
import { accountOf, figuresOf, type Ledger } from '../ledger.ts'
import type { Change, State } from '../state.ts'
import { owedThrough } from '../sums.ts'
import { clockRow, touchesClock } from './clock.ts'
import { ALL, numberIn, person, type View } from './view.ts'

/** Reports that are owed and may be named, whether they are or not, at most; a unit with more reporting units below it names none. */
const NAMED = 2_000
/** Days back of which open items are named. */
const ITEM_DAYS = 92

export function silenceView({ world }: State, ledger: Ledger, unit: string): View {
  const { units, rhythm, programme } = world.setting!
  const isBelow = (code: string) => units.within(code, unit)
  const days = Math.floor(NAMED / units.leaves(unit).length)
  let officials: Officials | undefined
  /** items by number, of those that are shown */
  let items: Map<number, Silence> | undefined
  /** reports that are owed although their day is locked; nothing is owed anew or given there but by what touches them all, or one of them */
  let lockedOwed: number | undefined

  /** number of the first day of which reports are named; null = none are */
  function firstNamed(): number | null {
    const due = dueThrough(world)
    return due === null || days === 0 ? null : Math.max(firstLookedAt(world, due), dayNumber(due) - days + 1)
  }
  const isOld = ({ day }: Silence): boolean => {
    const due = dueThrough(world)
    return days === 0 || due === null || day <= addDays(due, -ITEM_DAYS)
  }
  const isShown = ({ closed }: Silence): boolean => closed === null || isThisMonth(closed.at)
  const isThisMonth = (at: number): boolean =>
    world.today !== null && dayAt(at, programme.timeZone).startsWith(world.today.slice(0, 7))
  /** also those that are too old to be named */
  const itemsShown = (): Map<number, Silence> =>
    (items ??= new Map(
      [...itemsOf(world.silence)].filter((s) => isBelow(s.unit) && isShown(s)).map((s) => [s.item!.number, s]),
    ))

  function chaseRow(key: string): ChaseRow | null {
    const [index, n] = key.slice(1).split('.').map(Number) as [number, number]
    const code = units.at(index)
    const day = dayOf(n)
    const [first, due] = [firstNamed(), dueThrough(world)]
    if (first === null || due === null || day > due || n < first) return null
    const owed = owedOf(world, code, n)
    if (owed.length === 0) return null
    const known = world.silence.cells.get(cellKey({ unit: code, day }))
    const { reminded = null, call = null, postponed = null, item = null } = known ?? {}
    officials ??= officialsIn(world)
    return {
      ...{ kind: 'chase', key, unit: code, day, owed, partial: owed.length < rhythm.expected(code, n).length },
      officials: officialsOf(world, officials, code, 'official').map((id) => person(world, id)),
      reminded,
      call: call && { by: person(world, call.by), at: call.at, to: person(world, call.member), text: call.text },
      postponed: postponed && { until: postponed.until, reason: postponed.reason, by: person(world, postponed.by) },
      item: item?.number ?? null,
    }
  }

  function reminderRow(key: string): ReminderRow | null {
    const member = world.members.get(key.slice(1))
    if (member === undefined || member.ended || !(isBelow(member.unit) || units.within(unit, member.unit))) return null
    const reminder = world.silence.reminded.get(member.id)
    return reminder === undefined
      ? null
      : { kind: 'reminder', key, member: member.id, ...reminder, by: person(world, reminder.by) }
  }

  function itemRow(key: string): ItemRow | null {
    const known = itemsShown().get(numberIn(key))
    if (known === undefined || isOld(known)) return null
    const { unit: code, day, official, district, reported, closed } = known
    const item = known.item!
    return {
      ...{ kind: 'item', key, item: item.number, unit: code, day, state: stateOf(known), lock: lockOf(known) },
      ...{ opened: item.at, official, district },
      ...{ reported: reported?.at ?? null, closed: closed && { at: closed.at, seq: closed.seq } },
    }
  }

  /** of the report of an item: what is owed comes first */
  function stateOf({ unit: code, day }: Silence): DueState {
    const n = dayNumber(day)
    const expected = rhythm.expected(code, n)
    const figures = figuresOf(world, code, n)
    const standing = reportStanding(figures, expected)
    if (standing !== 'in') return standing
    return dueStateOf({
      ...{ day, due: dueThrough(world), starts: units.startsOn(code), ends: units.endsOn(code), expected, figures },
    })
  }
  function lockOf(name: Silence): ItemRow['lock'] {
    if (world.lockedThrough === null || name.day > world.lockedThrough) return null
    const isOpen = ({ key }: { key: string }, i: number) =>
      isCarried(world, name, key) && isOpenState(world.cells.state(name.unit, dayNumber(name.day), i))
    return programme.counters.some(isOpen) ? 'carried' : 'locked'
  }

  function silenceRow(key: string): SilenceRow {
    const { reached, sent } = world.silence
    const shown = [...itemsShown().values()]
    const open = shown.filter(({ closed }) => closed === null).length
    const { partial, missing } = accountOf(ledger, unit)
    const through = world.lockedThrough
    lockedOwed ??= through === null ? 0 : owedThrough(ledger, unit, dayNumber(through))
    const owed = { owed: partial + missing, locked: lockedOwed }
    return { kind: 'silence', key, reached, sent, ...owed, open, closed: shown.length - open }
  }

  const rows: Partial<Record<RowKind, (key: string) => Row | null>> = {
    clock: () => clockRow(world),
    silence: silenceRow,
    chase: chaseRow,
    reminder: reminderRow,
    item: itemRow,
  }

  function touchCell(cell: { unit: string; day: Day }, mark: (key: string) => void): void {
    items = undefined
    if (world.lockedThrough !== null && cell.day <= world.lockedThrough) lockedOwed = undefined
    mark(rowKey.chase(units.index(cell.unit), cell.day))
    mark(rowKey.silence())
    const item = world.silence.cells.get(cellKey(cell))?.item
    if (item != null) mark(rowKey.item(item.number))
  }

  function touchReminder(member: string, mark: (key: string) => void): void {
    mark(rowKey.reminder(member))
    for (const { unit: code, day } of world.silence.reminded.get(member)?.cells ?? [])
      if (isBelow(code)) mark(rowKey.chase(units.index(code), day))
  }

  return {
    *keys() {
      yield rowKey.clock()
      yield rowKey.silence()
      const first = firstNamed()
      if (first !== null)
        for (const { unit: code, day } of owedAt(world, unit, first)) yield rowKey.chase(units.index(code), day)
      for (const [id] of world.silence.reminded.entries()) yield rowKey.reminder(id)
      for (const item of itemsShown().keys()) yield rowKey.item(item)
    },
    row: (key) => rows[kindOf(key)]?.(key) ?? null,
    touch(change: Change, mark) {
      const { event, cell } = change
      if (isOfAll(change)) {
        officials = items = undefined
        lockedOwed = undefined
        mark(ALL)
      } else if (touchesClock(change)) mark(rowKey.clock())
      if (event.type === 'OfficialReminded' || event.type === 'ReminderSeen') touchReminder(event.data.member, mark)
      if (cell !== null && isBelow(cell.unit)) touchCell(cell, mark)
    },
  }
}

/** What may change any row. */
const isOfAll = ({ event, movesClock }: Change): boolean =>
  movesClock || 'through' in event.data || event.type === 'StagesReached' || isAboutMember(event)

const isAboutMember = (event: Recorded): boolean =>
  subjectOf(event)?.startsWith('member/') === true && event.type !== 'OfficialReminded' && event.type !== 'ReminderSeen'

const dayAt = (at: number, timeZone: string): Day =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString()
