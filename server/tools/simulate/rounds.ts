/** The rounds of a working day: reviewers, officials and the office go through what waits for them. */
import type { Setting } from '../../../shared/domain/world.ts'
import { addDays, type Day, dayNumber, weekday } from '../../../shared/progress/day.ts'
import { random } from './random.ts'
import type { Simulation } from './simulation.ts'
import type { Step } from './steps.ts'

/** ms from one district to the next in a reviewer's round, and by how much an official's begins later at most. */
const NEXT = 4 * 60_000
const LATER = 25 * 60_000
const MONDAY = 1

/** In any order. `at` is the moment of a local time of the day. */
export function roundsOf(
  { calendar, units }: Setting,
  simulation: Simulation,
  seed: number,
  day: Day,
  at: (time: string) => number,
): Step[] {
  if (!calendar.isWork(day)) return []
  const { people, review, attend, office, until } = simulation
  const [reviewers, officials] = (['reviewer', 'official'] as const).map((part) =>
    people.filter((p) => p.part === part),
  )
  const districts = officials!.map(({ unit }) => unit).filter((unit) => units.startsOn(unit) <= day)
  const steps: Step[] = []
  const draw = (...labels: string[]) => [seed, ...labels, day].join('/')
  const isHistory = day <= until.day

  for (const { member: by } of reviewers!)
    districts.forEach((unit, i) => {
      const later = (i + dayNumber(day)) % 2 === 0 ? review.evening : review.afternoon
      for (const time of [review.morning, later])
        steps.push({ at: at(time) + i * NEXT, kind: 'review', by, unit, draw: draw('review', unit, time) })
    })
  for (const { member: by, unit } of officials!) {
    if (!districts.includes(unit)) continue
    attend.times.forEach((time, i) => {
      const chance = random(draw('attend', unit, time))
      const round = { unit, draw: draw('attend', unit, time), early: i === 0, spare: isHistory }
      steps.push({ at: at(time) + Math.floor(chance() * LATER), kind: 'attend', by, ...round })
    })
    const passing = draw('pass', unit)
    if (!isHistory && weekday(day) === MONDAY && random(passing)() < attend.pass)
      steps.push({ at: at(attend.times[0]!), kind: 'pass', by, unit, day: addDays(day, -1), draw: passing })
  }
  for (const { member: by, unit, part } of people) {
    if (part !== 'office') continue
    for (const district of districts)
      steps.push({ at: at(office.comparing), kind: 'compare', by, unit: district, draw: draw('compare', district) })
    steps.push({ at: at(office.chasing), kind: 'chase', by, unit, draw: draw('chase') })
  }
  return steps
}
