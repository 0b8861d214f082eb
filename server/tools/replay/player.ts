/** Enters publications through the ordinary write path, so that later changes stay in the log as restatements. */
import { randomUUID } from 'node:crypto'
import { type Answer, type CommandData, type CommandKind, SYSTEM_ID } from '../../../shared/command.ts'
import { ITEMS, type ReportItem } from '../../../shared/domain/input.ts'
import type { Programme } from '../../../shared/domain/programme.ts'
import { type Correction, type QuestionCode, QUESTIONS, type Values } from '../../../shared/domain/values.ts'
import type { Refusal } from '../../../shared/errors.ts'
import { addDays, type Day } from '../../../shared/progress/day.ts'
import { type Core, SYSTEM } from '../../core/core.ts'
import { confirmed } from '../simulate/confirm.ts'
import { momentOf, type SetClock } from '../simulate/clock.ts'
import { type Fault, SourceRefused } from './faults.ts'
import type { Format } from './format.ts'
import { createReviewer } from './reviewer.ts'
import type { Publication, Row } from './rows.ts'
import { wordsOf } from './words.ts'

/** Local time at which a day begins, unless it was published before. */
const MORNING = '06:00'
/** Refusals that mean a person has disputed or locked the report. */
const BLOCKED: readonly string[] = ['report.disputed', 'report.locked', 'report.stale']

/** Reports by what they were, and what was done about them. */
export interface Counts {
  /** first figures of a day that was not due, and changes to them before it was */
  given: number
  edited: number
  /** restatements, by type */
  restated: Record<Correction, number>
  /** questions that were confirmed in the importer's name */
  confirmed: Record<QuestionCode, number>
  /** reports that were left out, wholly or in part, because a person had disputed, locked or changed them */
  left: number
  /** figures that stand although a later publication leaves them blank */
  blanked: number
  /** figures approved by the reviewer of the replay */
  approved: number
}

export interface Player {
  /** begins the publication's day, enters its rows, and passes the deadline where it has come; rejects with a SourceRefused */
  play(publication: Publication): Promise<void>
  /** the last day's deadline passes */
  finish(): Promise<void>
  counts(): Counts
}

/** Opens the programme if the log is empty, and adds the people of the replay; `first` is the moment of the first publication. */
export async function prepare(
  core: Pick<Core, 'dispatch' | 'setting'>,
  clock: SetClock,
  programme: Programme,
  format: Format,
  first = Infinity,
): Promise<void> {
  clock.set(Math.min(momentOf(programme.startsOn, MORNING, programme.timeZone), first))
  if (core.setting() === null) await send('OpenProgramme', programme.key, { programme, origin: 'replayed' })
  const reviewers = format.reviewer === null ? [] : [format.reviewer]
  for (const { member, name, role, unit } of [format.importer, ...reviewers, ...format.people])
    await send('AddMember', member, { member, name, role, unit })

  async function send<K extends CommandKind>(kind: K, about: string, data: CommandData<K>): Promise<void> {
    const answer = await core.dispatch({ id: `${SYSTEM_ID}${kind}:${about}`, kind, data }, SYSTEM)
    const file = kind === 'AddMember' ? 'replay.json' : 'programme.json'
    if (!answer.ok) throw new SourceRefused(answer.refusals.map((r) => ({ file, place: about, says: wordsOf(r) })))
  }
}

/** The log must hold no report yet that the importer did not enter. */
export function createPlayer(
  core: Pick<Core, 'dispatch' | 'actor' | 'setting' | 'now'>,
  clock: SetClock,
  format: Format,
): Player {
  const { programme } = core.setting()!
  const { timeZone, reporting } = programme
  const cells = new Map<string, { values: Values; totals: Values; version: number }>()
  const counts: Counts = {
    given: 0,
    edited: 0,
    restated: { late: 0, corrected: 0, reduced: 0 },
    confirmed: Object.fromEntries(QUESTIONS.map((code) => [code, 0])) as Counts['confirmed'],
    left: 0,
    blanked: 0,
    approved: 0,
  }
  // whoever is signed in meanwhile must not be able to guess an id
  const run = randomUUID()
  let sent = 0
  const ask = (kind: CommandKind, data: unknown, member: string | null) =>
    core.dispatch({ id: `replay:${run}:${++sent}`, kind, data }, member === null ? SYSTEM : core.actor(member)!)
  const reviewer = createReviewer(format.reviewer, reporting.reviewLevels, ask)

  async function tell(kind: 'BeginDay' | 'PassDeadline', day: Day): Promise<void> {
    const answer = await ask(kind, { day }, null)
    if (!answer.ok)
      throw new SourceRefused(answer.refusals.map((r) => ({ file: format.reports, place: day, says: wordsOf(r) })))
  }

  const deadline = (day: Day): number => momentOf(day, reporting.deadline, timeZone)

  /** Today's deadline passes, if it has come by a moment. */
  async function passDeadline(by: number): Promise<void> {
    const { today, closed } = core.now()
    if (today === null || closed === today || deadline(today) > by) return
    clock.set(deadline(today))
    await tell('PassDeadline', today)
  }

  /** Confirms every question that comes back; leaves out what a person has disputed or locked. */
  async function enter(batch: ReportItem[], refused: (item: ReportItem, refusal: Refusal) => void): Promise<void> {
    const asked = new Map<string, Set<string>>()
    let items = batch
    while (items.length > 0) {
      const answer = await ask('SubmitReports', { items }, format.importer.member)
      if (answer.ok) return entered(items, answer, asked)
      const other = answer.refusals.filter((r) => r.level !== 'warning' && !BLOCKED.includes(r.code))
      if (other.length > 0) return other.forEach((refusal) => refused(items[indexOf(refusal)] ?? items[0]!, refusal))
      for (const refusal of answer.refusals) {
        const cell = nameOf(items[indexOf(refusal)]!)
        if (refusal.level === 'warning')
          asked.set(cell, (asked.get(cell) ?? new Set()).add(`${refusal.code} ${counterOf(refusal)}`))
      }
      const confirming = confirmed(items, answer.refusals)
      items = confirming.map((item, i) => withoutBlocked(item, i, answer.refusals)).filter((item) => item !== null)
    }
  }

  async function entered(
    items: readonly ReportItem[],
    { seq, happened }: Answer & { ok: true },
    asked: ReadonlyMap<string, ReadonlySet<string>>,
  ): Promise<void> {
    const versions = Map.groupBy(happened, ({ subject }) => subject)
    const waiting = items.flatMap((item) => {
      const cell = nameOf(item)
      const before = cells.get(cell)
      const all = (versions.get(`report/${cell}`) ?? []).map(({ version }) => version)
      // what says a running total comes last, and is no version of a figure
      const own = item.totals === undefined ? all : all.slice(0, -1)
      const totals = { ...before?.totals, ...item.totals }
      cells.set(cell, { values: { ...before?.values, ...item.values }, totals, version: all.at(-1) ?? seq })
      const changed = Object.entries(item.values).filter(([key, value]) => before?.values[key] !== value)
      if (changed.length === 0) return []
      if (item.type !== undefined) counts.restated[item.type]++
      else if (before === undefined) counts.given++
      else counts.edited++
      for (const question of asked.get(cell) ?? []) {
        const [code, counter] = question.split(' ') as [QuestionCode, string]
        if (Object.hasOwn(item.values, counter)) counts.confirmed[code]++
      }
      return [{ item: { ...item, values: Object.fromEntries(changed) }, before: before?.values ?? {}, versions: own }]
    })
    counts.approved += await reviewer.approve(waiting)
  }

  /** The item without the blocked counters; null when nothing is left. */
  function withoutBlocked(item: ReportItem, index: number, refusals: readonly Refusal[]): ReportItem | null {
    const blocked = refusals.filter((r) => BLOCKED.includes(r.code) && indexOf(r) === index)
    if (blocked.length === 0) return item
    counts.left++
    const counters = blocked.map(counterOf)
    const rest = Object.entries(item.values).filter(([k]) => !counters.includes(k))
    if (counters.includes(undefined) || rest.length === 0) return null
    const { totals, ...plain } = item
    const kept = Object.entries(totals ?? {}).filter(([k]) => !counters.includes(k))
    return { ...plain, values: Object.fromEntries(rest), ...(kept.length > 0 && { totals: Object.fromEntries(kept) }) }
  }

  /** An item of the values that change; on a day that is due (C4) `late` where there was no value, else a correction. */
  function itemOf({ unit, day, values, totals = {}, derived }: Row, at: string): ReportItem | null {
    const { values: before = {}, totals: told = {}, version = 0 } = cells.get(`${unit}/${day}`) ?? {}
    if (derived !== true) counts.blanked += Object.keys(before).filter((k) => values[k] === undefined).length
    const changed = Object.keys(values).filter((k) => before[k] !== values[k])
    // with its figure, so that nothing is derived from it: what a fall takes from is the source's to say
    const kept = Object.keys(totals).filter((k) => told[k] !== totals[k])
    if (changed.length + kept.length === 0) return null
    const item = {
      ...{ unit, day, basedOn: version },
      values: Object.fromEntries([...changed, ...kept].map((k) => [k, values[k]!])),
      ...(kept.length > 0 && { totals: Object.fromEntries(kept.map((k) => [k, totals[k]!])) }),
    }
    if (!isDue(day)) return item
    if (changed.length === 0) return { ...item, reason: format.reasons.corrected.replace('{at}', at) }
    const type = changed.every((k) => before[k] === undefined) ? 'late' : directionOf(before, values, format.direction)
    return { ...item, type, reason: format.reasons[type].replace('{at}', at) }
  }

  function isDue(day: Day): boolean {
    const { closed } = core.now()
    return closed !== null && day <= addDays(closed, -reporting.graceDays)
  }

  return {
    async play({ at, moment, rows }) {
      if (rows.length === 0) return
      await passDeadline(moment)
      const latest = rows.reduce<Day>((max, r) => (r.day > max ? r.day : max), core.now().today ?? '')
      if (latest !== core.now().today) {
        clock.set(Math.min(momentOf(latest, MORNING, timeZone), moment))
        await tell('BeginDay', latest)
      }
      clock.set(moment)
      const faults: Fault[] = []
      const rowOf = new Map(rows.map((row) => [nameOf(row), row]))
      const refused = (item: ReportItem, refusal: Refusal) => {
        const about = `${item.unit} on ${item.day}, published ${at}`
        const counter = counterOf(refusal)
        const place = `row ${rowOf.get(nameOf(item))!.row}${counter === undefined ? '' : `, ${counter}`}`
        faults.push({ file: format.reports, place, says: `${wordsOf(refusal)} (${about})` })
      }
      const items = rows.map((row) => itemOf(row, at)).filter((item) => item !== null)
      for (let i = 0; i < items.length; i += ITEMS) await enter(items.slice(i, i + ITEMS), refused)
      if (faults.length > 0) throw new SourceRefused(faults)
      // what is published after its own day's deadline is not late for that
      await passDeadline(moment)
    },
    finish: () => passDeadline(Infinity),
    counts: () => counts,
  }
}

const nameOf = ({ unit, day }: { unit: string; day: Day }): string => `${unit}/${day}`

/** Which item of a command a refusal is about. */
const indexOf = ({ at }: Refusal): number => Number(/^items\.(\d+)/.exec(at ?? '')?.[1] ?? NaN)

/** The counter that a refusal is about; undefined where it is about the report. */
const counterOf = ({ at }: Refusal): string | undefined => /^items\.\d+\.values\.(.+)$/.exec(at ?? '')?.[1]

/** Decided by the counter `first`, else by the first other one that changed; a counter that was blank does not count. */
function directionOf(before: Values, after: Values, first: string): 'corrected' | 'reduced' {
  const changed = [first, ...Object.keys(after)].find(
    (k) => before[k] !== undefined && after[k] !== undefined && before[k] !== after[k],
  )
  return changed !== undefined && after[changed]! < before[changed]! ? 'reduced' : 'corrected'
}
