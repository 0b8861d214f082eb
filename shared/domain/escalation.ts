/** Escalation by the clock: reminders to officials and districts, items of supervision, and how these close (E4–E9). */
import { ok, refuse, type Result } from '../errors.ts'
import { type Day, dayNumber } from '../progress/day.ts'
import { day, z } from '../schema.ts'
import { aboutCell } from './folding.ts'
import { command, type EventsOf, type EventTable, type FoldInput } from './noun.ts'
import { isPostponed, officialsIn, officialsOf, owedAt, owedOf, wasAsked } from './owed.ts'
import { cellKey, type ReminderStage, silenceOf, type Stage, STAGES } from './silence.ts'
import type { CellName } from './values.ts'
import { dueThrough, type World } from './world.ts'

export interface EscalationEvents {
  /** the moments of these stages have passed for all days up to those given */
  StagesReached: Partial<Record<Stage, Day>>
  /** one for each member, whatever they owe; `more`: how many reports are not named */
  OfficialReminded: { member: string; stage: ReminderStage; cells: CellName[]; more?: number; text?: string }
  SupervisionOpened: { item: number } & CellName
}

/** Reports that a reminder names at most; the latest. */
const NAMED = 100

const shape = { version: 1, upcast: [], cell: () => null, figures: () => [], movesClock: false }

export const escalationEvents: EventTable<EscalationEvents> = {
  StagesReached: {
    ...shape,
    subject: () => null,
    evolve({ silence }, { data }) {
      silence.reached = { ...silence.reached, ...data }
    },
  },
  OfficialReminded: {
    ...shape,
    subject: ({ member }) => `member/${member}`,
    evolve: remind,
  },
  SupervisionOpened: {
    ...aboutCell,
    evolve({ silence }, { data, seq, at }) {
      silenceOf(silence, data, {
        ...{ item: { number: data.item, seq, at: Date.parse(at) }, reported: null, closed: null },
      })
      silence.items = Math.max(silence.items, data.item)
    },
  },
}

function remind({ silence }: World, event: FoldInput<EscalationEvents['OfficialReminded']>): void {
  const { seq, actor, data } = event
  const { member, stage, cells, more = 0, text = null } = data
  const at = Date.parse(event.at)
  silence.reminded.set(member, { seq, at, by: actor, stage, cells, more, text, seen: null })
  for (const cell of cells) {
    const known = silence.cells.get(cellKey(cell))
    silenceOf(silence, cell, {
      // the office reminds the officials
      ...(stage !== 'office' && { [stage]: known?.[stage] ?? at }),
      // several of them at one moment
      ...(stage !== 'district' && known?.reminded?.at !== at && { reminded: { at, seen: null } }),
    })
  }
  if (stage === 'office') return
  // what goes out together has one moment
  const sent = silence.sent?.at === at ? silence.sent : { at, members: 0, cells: 0 }
  silence.sent = { at, members: sent.members + 1, cells: sent.cells + cells.length + more }
}

/** A reminder to a member of these reports, the latest named. */
export function reminderOf(
  member: string,
  stage: ReminderStage,
  cells: readonly CellName[],
  text?: string,
): EventsOf<EscalationEvents> {
  const named = cells.slice(-NAMED)
  const more = cells.length - named.length
  const data = { member, stage, cells: named, ...(more > 0 && { more }), ...(text !== undefined && { text }) }
  return { type: 'OfficialReminded', data }
}

/**
 * To be called after an event about a report: an item is closed while every counter that is expected has an approved
 * value, and open otherwise; the moment is that of the event by which it became so.
 */
export function judgeItem(world: World, cell: CellName, { seq, at }: { seq: number; at: string }): void {
  const known = world.silence.cells.get(cellKey(cell))
  if (known === undefined || known.item === null) return
  const n = dayNumber(cell.day)
  const isReported = owedOf(world, cell.unit, n).length === 0
  const isApproved = world
    .setting!.rhythm.expected(cell.unit, n)
    .every((counter) => world.cells.approved(cell.unit, n, counter) !== null)
  if (isReported === (known.reported !== null) && isApproved === (known.closed !== null)) return
  const now = { seq, at: Date.parse(at) }
  silenceOf(world.silence, cell, {
    reported: isReported ? (known.reported ?? now) : null,
    closed: isApproved ? (known.closed ?? now) : null,
  })
}

type Decision = Result<EventsOf<EscalationEvents>[]>
const stages = z.strictObject({ official: day.optional(), district: day.optional(), supervision: day.optional() })

export const escalationCommands = {
  /** these stages have been reached for all days up to those given, of which some may have been passed over: one summary for each member */
  Escalate: command(stages, (world, data): Decision => {
    const { setting, silence } = world
    if (setting === null) return refuse({ code: 'programme.notOpen' })
    const due = dueThrough(world)
    const given = STAGES.filter((stage) => data[stage] !== undefined)
    const refusals = given.flatMap((stage) => {
      const [to, reached] = [data[stage]!, silence.reached[stage]]
      if (due !== null && to <= due && (reached === null || to > reached)) return []
      return [{ code: 'day.notForward' as const, params: { day: to, today: world.today ?? '' }, at: stage }]
    })
    if (refusals.length > 0) return refuse(...refusals)
    if (given.length === 0) return ok([])
    // Zod leaves keys that are absent away, and the log holds no undefined
    const reached = Object.fromEntries(given.map((stage) => [stage, data[stage]]))
    const owed = owedAt(world, setting.units.root).filter((cell) => !isPostponed(world, cell))
    return ok([
      { type: 'StagesReached', data: reached },
      ...remindersOf(world, owed, data),
      ...itemsFor(world, owed, data),
    ])
  }),
}

/** Who is reminded: whoever owes a report that is new to the stage, and then of all that they owe; at the later stage where it is both. */
function remindersOf(
  world: World,
  owed: readonly CellName[],
  data: Partial<Record<Stage, Day | undefined>>,
): EventsOf<EscalationEvents>[] {
  const officials = officialsIn(world)
  const byMember = new Map<string, { stage: 'official' | 'district'; cells: Set<CellName> }>()
  for (const stage of ['official', 'district'] as const) {
    const to = data[stage]
    if (to === undefined) continue
    const since = world.silence.reached[stage]
    const mine = new Map<string, CellName[]>()
    const fresh = new Set<string>()
    for (const cell of owed) {
      if (cell.day > to) continue
      for (const member of officialsOf(world, officials, cell.unit, stage)) {
        mine.set(member, [...(mine.get(member) ?? []), cell])
        if (since === null || cell.day > since) fresh.add(member)
      }
    }
    for (const member of fresh) {
      const before = byMember.get(member)?.cells ?? []
      byMember.set(member, { stage, cells: new Set([...before, ...mine.get(member)!]) })
    }
  }
  return [...byMember].map(([member, { stage, cells }]) => reminderOf(member, stage, [...cells]))
}

/** An item for each report that is owed by now and was asked, unless it has one. */
function itemsFor(
  world: World,
  owed: readonly CellName[],
  { supervision }: Partial<Record<Stage, Day | undefined>>,
): EventsOf<EscalationEvents>[] {
  if (supervision === undefined) return []
  const { silence } = world
  const hasItem = (cell: CellName) => (silence.cells.get(cellKey(cell))?.item ?? null) !== null
  const silent = owed.filter((cell) => cell.day <= supervision && wasAsked(world, cell) && !hasItem(cell))
  return silent.map((cell, i) => ({ type: 'SupervisionOpened', data: { item: silence.items + i + 1, ...cell } }))
}
