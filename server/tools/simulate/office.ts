/** What the office does besides reviewing: it counts after, calls whoever is silent, offers what is another's, and locks periods. */
import type { Carried } from '../../../shared/domain/period.ts'
import { addDays, type Day } from '../../../shared/progress/day.ts'
import type { Refusal } from '../../../shared/errors.ts'
import { type Desk, keyed, lookAt } from './desk.ts'
import { between, pick, random } from './random.ts'
import type { Simulation } from './simulation.ts'
import type { Round } from './steps.ts'

/** Days for which reminders are postponed. */
const POSTPONED = 3

/** Another count is put beside a figure that waits, by somebody who had the sheet open before it came in. */
export async function compare(desk: Desk, { unit, draw }: Round, { office: odds, stages }: Simulation): Promise<void> {
  const sight = await lookAt(desk, `queue:${unit}`)
  const due = sight('clock')[0]?.due ?? ''
  const last = stages.at(-1)!.counter
  for (const row of sight('queue')) {
    const chance = random(draw, row.unit, row.day)
    const figure = keyed(desk, row.figures).find(({ counter }) => counter === last)
    if (figure?.state !== 'submitted' || figure.value === null || figure.by === null) continue
    const isFree = figure.moves === undefined && figure.inquiries === undefined && desk.isPlayed(figure.by.id)
    if (!isFree || row.day > due || figure.by.id === desk.me || chance() >= odds.claim) continue
    const value = Math.round(figure.value * between(chance, 0.9, 0.98))
    if (value === figure.value) continue
    const item = { unit: row.unit, day: row.day, values: { [last]: value }, basedOn: 0 }
    await desk.send({ kind: 'SubmitReports', data: { items: [item] } })
  }
}

/** Whoever has an item of supervision is called or reminded; now and then there is a reason to wait. */
export async function chase(desk: Desk, { unit, draw }: Round, { office: odds, words }: Simulation): Promise<void> {
  const sight = await lookAt(desk, `silence:${unit}`)
  const today = sight('clock')[0]!.today!
  for (const { unit, day, officials, item, call, postponed } of sight('chase')) {
    const chance = random(draw, unit, day)
    const [official] = officials
    const drawn = chance()
    if (item === null || postponed !== null || official === undefined) continue
    if (call === null && drawn < odds.call)
      await desk.send({ kind: 'NoteCall', data: { unit, day, member: official.id, text: pick(chance, words.called) } })
    else if (drawn < odds.call + odds.postpone)
      await desk.send({
        kind: 'PostponeReminder',
        data: { cells: [{ unit, day }], until: addDays(today, POSTPONED), reason: pick(chance, words.postponed) },
      })
    else
      await desk.send({ kind: 'RemindOfficials', data: { cells: [{ unit, day }], text: pick(chance, words.reminded) } })
  }
}

/** What is still open there is carried over by name: the refusal says what it is. */
export async function lock(desk: Desk, through: Day): Promise<void> {
  const answer = await desk.send({ kind: 'LockPeriod', data: { through } })
  if (answer.ok) return
  const open = answer.refusals.filter(({ code }) => code === 'period.open')
  if (open.length > 0) await desk.send({ kind: 'LockPeriod', data: { through, carried: carriedOf(open) } })
}

function carriedOf(open: readonly Refusal[]): Carried[] {
  const found = new Map<string, Carried>()
  for (const { params } of open) {
    const [unit, day, counter] = [String(params?.unit), String(params?.day), String(params?.counter)]
    const carried = found.get(`${unit}/${day}`) ?? { unit, day, counters: [] }
    carried.counters.push(counter)
    found.set(`${unit}/${day}`, carried)
  }
  return [...found.values()]
}

/** Figures of a day off that were handed out for a street of another district are offered to it. */
export async function offer(desk: Desk, { unit, draw }: Round, day: Day, { stages, words }: Simulation): Promise<void> {
  const chance = random(draw)
  const { units } = desk.setting
  const last = stages.at(-1)!.counter
  const given = (await lookAt(desk, `sheet:${unit}/${day}`))('report').flatMap(({ unit, figures }) =>
    keyed(desk, figures).flatMap((figure) =>
      figure.counter === last && (figure.value ?? 0) > 0 && figure.state === 'approved' ? [{ unit, figure }] : [],
    ),
  )
  const others = units.leaves(units.root).filter((leaf) => !units.within(leaf, unit) && units.startsOn(leaf) <= day)
  if (given.length === 0 || others.length === 0) return
  const { unit: from, figure } = pick(chance, given)
  await desk.send({
    kind: 'ReattributeReports',
    data: {
      from: { unit: from, day, basedOn: figure.version },
      to: { unit: pick(chance, others), day, basedOn: 0 },
      counters: [last],
      reason: pick(chance, words.offered),
    },
  })
}
