/** An official goes through what wants them: returns, a reviewer's questions, conflicts, offers, quality questions, reminders. */
import type { ReportItem } from '../../../shared/domain/input.ts'
import type { Values } from '../../../shared/domain/values.ts'
import type { Day } from '../../../shared/progress/day.ts'
import type { QualityCode } from '../../../shared/quality/question.ts'
import { isOpenQuestion } from '../../../shared/view/asked.ts'
import type { QueueRow } from '../../../shared/view/queueRows.ts'
import type { OfferRow } from '../../../shared/view/rows.ts'
import type { WorkRow } from '../../../shared/view/workRows.ts'
import { type Desk, type Keyed, keyed, lookAt, reportAt, versionsOf } from './desk.ts'
import { between, pick, random, type Random } from './random.ts'
import type { Simulation } from './simulation.ts'
import type { Attendance } from './steps.ts'

/** Of what was returned, how often it was right and is given again as it was. */
const RIGHT = 0.4
/** Of disputes, how often the standing value holds. */
const STANDS = 0.6

export async function attend(desk: Desk, step: Attendance, simulation: Simulation): Promise<void> {
  const { unit, draw, spare, early } = step
  const { attend: odds, words } = simulation
  const isSpared = (cell: { unit: string; day: Day }) =>
    spare && simulation.disputes.some((d) => d.unit === cell.unit && d.day === cell.day)
  const sight = await lookAt(desk, `work:${unit}`)
  for (const row of sight('work')) {
    const chance = random(draw, row.what, row.unit, row.day)
    // what is missing is known to who was late
    if (row.what === 'missing' || row.what === 'partial' || isSpared(row)) continue
    if (chance() < odds[row.what]) await WORK[row.what](desk, row, words, chance)
  }
  for (const offer of spare ? [] : sight('offer')) {
    const chance = random(draw, 'offer', offer.offer)
    if (chance() < odds.offer) await decide(desk, offer, words, chance)
  }
  if (early) await readUp(desk, step, simulation)
}

/** First thing in the morning: what yesterday's reports were asked about, and what the clock reminded of. */
async function readUp(desk: Desk, { unit, draw }: Attendance, { attend: odds, words }: Simulation): Promise<void> {
  const sight = await lookAt(desk, `queue:${unit}`)
  const due = sight('clock')[0]?.due ?? ''
  for (const row of sight('queue')) {
    const chance = random(draw, 'question', row.unit, row.day)
    if (row.day <= due && (row.asked ?? []).some(isOpenQuestion) && chance() < odds.question)
      await explain(desk, row, words, chance)
  }
  for (const { member, seq, seen } of (await lookAt(desk, `silence:${unit}`))('reminder'))
    if (member === desk.me && seen === null) await desk.send({ kind: 'SeeReminder', data: { reminder: seq } })
}

type Words = Simulation['words']

const WORK = { returned: giveAgain, disputed: settle, inquiry: answer }

const countersOf = ({ setting }: Desk, { counters }: WorkRow): string[] =>
  counters.map((i) => setting.programme.counters[i]!.key)

/** Figures of the work's counters; none where somebody who is not played has written one. */
async function figuresOf(desk: Desk, row: WorkRow): Promise<Keyed[]> {
  const report = await reportAt(desk, row)
  const wanted = countersOf(desk, row)
  const figures = report === undefined ? [] : keyed(desk, report.figures).filter((f) => wanted.includes(f.counter))
  const isOurs = ({ by, claim }: Keyed) =>
    (by === null || desk.isPlayed(by.id)) && (claim === undefined || desk.isPlayed(claim.by.id))
  return figures.every(isOurs) ? figures : []
}

/** What was returned is counted again, or was right; what could not be withdrawn stays as it was approved. */
async function giveAgain(desk: Desk, row: WorkRow, words: Words, chance: Random): Promise<void> {
  const figures = await figuresOf(desk, row)
  const isRight = chance() < RIGHT
  const values: Values = {}
  for (const { counter, value, approved } of figures) {
    const given = value ?? approved
    if (given !== null)
      values[counter] = isRight || value === null ? given : Math.round(given * between(chance, 0.94, 1.01))
  }
  const falls = figures.some(({ counter, value, approved }) => (values[counter] ?? 0) < (value ?? approved ?? 0))
  if (Object.keys(values).length === 0) return
  const item: ReportItem = {
    ...{ unit: row.unit, day: row.day, values, basedOn: versionsOf(figures) },
    ...{ type: falls ? 'reduced' : 'corrected', reason: pick(chance, isRight ? words.again : words.recounted) },
  }
  await desk.send({ kind: 'SubmitReports', data: { items: [item] } })
}

async function settle(desk: Desk, row: WorkRow, words: Words, chance: Random): Promise<void> {
  const figures = await figuresOf(desk, row)
  const stands = chance() < STANDS
  const values: Values = {}
  let basedOn = 0
  for (const { counter, value, claim, version } of figures) {
    if (claim === undefined) continue
    values[counter] = stands ? (value ?? claim.value) : claim.value
    basedOn = Math.max(basedOn, version, claim.version)
  }
  if (basedOn === 0) return
  const reason = pick(chance, stands ? words.settled.stands : words.settled.claim)
  await desk.send({ kind: 'SettleDispute', data: { unit: row.unit, day: row.day, values, basedOn, reason } })
}

/** Each question for itself. */
async function answer(desk: Desk, row: WorkRow, words: Words, chance: Random): Promise<void> {
  const { unit, day } = row
  const open = (await figuresOf(desk, row)).flatMap(({ counter, inquiries = [] }) =>
    inquiries.flatMap(({ seq, answer }) => (answer === undefined ? [{ counter, seq }] : [])),
  )
  for (const [asked, about] of Map.groupBy(open, ({ seq }) => seq)) {
    const counters = about.map(({ counter }) => counter)
    const data = { unit, day, counters, text: pick(chance, words.answered), asked }
    await desk.send({ kind: 'AnswerInquiry', data })
  }
}

/** Figures that have changed since they were offered can only be declined. */
async function decide(
  desk: Desk,
  { offer, from, to, asks, changed }: OfferRow,
  words: Words,
  chance: Random,
): Promise<void> {
  if (changed || chance() < 0.3) {
    await desk.send({ kind: 'DeclineReattribution', data: { offer, reason: pick(chance, words.declined) } })
    return
  }
  const { versions } = asks === 'from' ? from : to
  await desk.send({ kind: 'AcceptReattribution', data: { offer, basedOn: Math.max(...versions) } })
}

/** Says something to every open question about a report, in one go. */
async function explain(desk: Desk, { unit, day, asked = [] }: QueueRow, words: Words, chance: Random): Promise<void> {
  const codes: Record<string, QualityCode[]> = {}
  const versions: Record<string, number> = {}
  for (const question of asked.filter(isOpenQuestion)) {
    const { key } = desk.setting.programme.counters[question.counter]!
    codes[key] = [...(codes[key] ?? []), question.code]
    versions[key] = question.version
  }
  const text = pick(chance, words.explained)
  await desk.send({ kind: 'AnswerQuestions', data: { unit, day, versions, codes, text } })
}
