/** Enters publications through the ordinary write path, so that later changes stay in the log as restatements. */
import { randomUUID } from 'node:crypto'
import { type Answer, type CommandData, type CommandKind, SYSTEM_ID } from '../../../shared/command.ts'
import { ITEMS, type ReportItem } from '../../../shared/domain/input.ts'
import type { Programme } from '../../../shared/domain/programme.ts'
import type { Values } from '../../../shared/domain/values.ts'
import type { Refusal } from '../../../shared/errors.ts'
import type { Actor } from '../../../shared/policy.ts'
import { addDays, type Day } from '../../../shared/progress/day.ts'
import { type Core, SYSTEM } from '../../core/core.ts'
import { confirmed } from '../simulate/confirm.ts'
import { localDay, momentOf, type SetClock } from '../simulate/clock.ts'
import type { Publication, Replay, Row } from './source.ts'

/** Local time at which the day of a publication begins. */
const MORNING = '06:00'
/** Refusals that mean a person has disputed or locked the report. */
const BLOCKED: readonly string[] = ['report.disputed', 'report.locked']

export interface Player {
  /** begins the publication's day, enters its rows, and passes the deadline */
  play(publication: Publication): Promise<void>
  counts(): {
    /** rows read so far, how many of them were restatements, and how many were left out, wholly or in part, because a person disputed or locked them */
    rows: number
    restated: number
    left: number
    /** rows that were left out: of days past the programme's last, and of days that had not come when they were published */
    past: number
    early: number
  }
}

/** The figures were refused: the source does not fit the programme. */
export class ReplayRefused extends Error {
  readonly refusals: readonly Refusal[]
  constructor(at: string, refusals: readonly Refusal[]) {
    const lines = refusals.slice(0, 20).map((r) => `  ${r.at ?? ''} ${r.code} ${JSON.stringify(r.params ?? {})}`)
    super([`refused at ${at}:`, ...lines].join('\n'))
    this.refusals = refusals
  }
}

/** Opens the programme if the log is empty, and adds the people of the replay. */
export async function prepare(
  core: Pick<Core, 'dispatch' | 'setting'>,
  clock: SetClock,
  programme: Programme,
  replay: Replay,
): Promise<void> {
  clock.set(momentOf(programme.startsOn, MORNING, programme.timeZone))
  if (core.setting() === null) await send('OpenProgramme', programme.key, { programme, origin: 'replayed' })
  for (const { member, name, role, unit } of [replay.importer, ...replay.people])
    await send('AddMember', member, { member, name, role, unit })

  async function send<K extends CommandKind>(kind: K, about: string, data: CommandData<K>): Promise<void> {
    const answer = await core.dispatch({ id: `${SYSTEM_ID}${kind}:${about}`, kind, data }, SYSTEM)
    if (!answer.ok) throw new ReplayRefused(kind, answer.refusals)
  }
}

/** The log must hold no report yet that the importer did not enter. */
export function createPlayer(
  core: Pick<Core, 'dispatch' | 'actor' | 'setting' | 'now'>,
  clock: SetClock,
  replay: Replay,
): Player {
  const { programme } = core.setting()!
  const { timeZone, reporting } = programme
  const cells = new Map<string, { values: Values; version: number }>()
  const importer = (): Actor => core.actor(replay.importer.member)!
  let rows = 0
  let restated = 0
  let left = 0
  let past = 0
  let early = 0
  // whoever is signed in meanwhile must not be able to guess an id
  const run = randomUUID()
  let sent = 0

  const ask = (kind: CommandKind, data: unknown, by: Actor) =>
    core.dispatch({ id: `replay:${run}:${++sent}`, kind, data }, by)

  async function tell(kind: 'BeginDay' | 'PassDeadline', day: Day, at: string): Promise<void> {
    const answer = await ask(kind, { day }, SYSTEM)
    if (!answer.ok) throw new ReplayRefused(at, answer.refusals)
  }

  /** Confirms every warning that comes back; leaves out what a person has disputed or locked. */
  async function enter(batch: ReportItem[], at: string): Promise<void> {
    let items = batch
    while (items.length > 0) {
      const answer = await ask('SubmitReports', { items }, importer())
      if (answer.ok) return entered(items, answer)
      const other = answer.refusals.filter((r) => r.level !== 'warning' && !BLOCKED.includes(r.code))
      if (other.length > 0) throw new ReplayRefused(at, other)
      const confirming = confirmed(items, answer.refusals)
      items = confirming.map((item, i) => withoutBlocked(item, i, answer.refusals)).filter((item) => item !== null)
    }
  }

  function entered(items: readonly ReportItem[], { seq, happened }: Answer & { ok: true }): void {
    const versions = new Map<string | null, number>()
    for (const { subject, version } of happened) versions.set(subject, version)
    for (const { unit, day, values, type } of items) {
      const cell = `${unit}/${day}`
      const before = cells.get(cell)
      cells.set(cell, { values: { ...before?.values, ...values }, version: versions.get(`report/${cell}`) ?? seq })
      if (type !== undefined) restated++
    }
  }

  /** The item without the blocked counters; null when nothing is left. */
  function withoutBlocked(item: ReportItem, index: number, refusals: readonly Refusal[]): ReportItem | null {
    const blocked = refusals.filter((r) => BLOCKED.includes(r.code) && r.at?.split('.')[1] === String(index))
    if (blocked.length === 0) return item
    left++
    const counters = blocked.map((r) => /^items\.\d+\.values\.(.+)$/.exec(r.at ?? '')?.[1])
    const rest = Object.entries(item.values).filter(([k]) => !counters.includes(k))
    return counters.includes(undefined) || rest.length === 0 ? null : { ...item, values: Object.fromEntries(rest) }
  }

  /** An item of the values that change; on a day that is due (C4) `late` where there was no value, else a correction. */
  function itemOf({ unit, day, values }: Row, at: string): ReportItem | null {
    const { values: before = {}, version = 0 } = cells.get(`${unit}/${day}`) ?? {}
    const changed = Object.keys(values).filter((k) => before[k] !== values[k])
    if (changed.length === 0) return null
    const item = { unit, day, values: Object.fromEntries(changed.map((k) => [k, values[k]!])), basedOn: version }
    if (!isDue(day)) return item
    const type = changed.every((k) => before[k] === undefined) ? 'late' : directionOf(before, values, replay.direction)
    return { ...item, type, reason: replay.reasons[type].replace('{at}', at) }
  }

  function isDue(day: Day): boolean {
    const { closed } = core.now()
    return closed !== null && day <= addDays(closed, -reporting.graceDays)
  }

  /** A mistyped day must not move the clock, which goes forward only: a day later than tomorrow cannot have been meant. */
  function inTime({ at, rows: published }: Publication): Row[] {
    const tomorrow = addDays(localDay(Date.parse(at), timeZone), 1)
    return published.filter(({ day }) => {
      if (day > programme.endsOn) past++
      else if (day > tomorrow) early++
      else return true
      return false
    })
  }

  return {
    async play(publication) {
      const { at } = publication
      const published = inTime(publication)
      rows += publication.rows.length
      if (published.length === 0) return
      const latest = published.reduce<Day>((max, r) => (r.day > max ? r.day : max), core.now().today ?? '')
      if (latest !== core.now().today) {
        clock.set(momentOf(latest, MORNING, timeZone))
        await tell('BeginDay', latest, at)
      }
      clock.set(Date.parse(at))
      const items = published.map((row) => itemOf(row, at)).filter((item) => item !== null)
      for (let i = 0; i < items.length; i += ITEMS) await enter(items.slice(i, i + ITEMS), at)
      clock.set(momentOf(latest, reporting.deadline, timeZone))
      if (core.now().closed !== latest) await tell('PassDeadline', latest, at)
    },
    counts: () => ({ rows, restated, left, past, early }),
  }
}

/** Decided by the counter `first`, else by the first other one that changed; a counter that was blank does not count. */
function directionOf(before: Values, after: Values, first: string): 'corrected' | 'reduced' {
  const changed = [first, ...Object.keys(after)].find((k) => before[k] !== undefined && before[k] !== after[k])
  return changed !== undefined && (after[changed] ?? 0) < (before[changed] ?? 0) ? 'reduced' : 'corrected'
}
