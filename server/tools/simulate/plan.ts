/** What everybody does, in order of time: days begin, sheets come in piece by piece, mistakes are put right. */
import type { CommandData } from '../../../shared/command.ts'
import type { Frame } from '../../../shared/domain/world.ts'
import type { Restatement, Values } from '../../../shared/event.ts'
import { type Day, daysBetween } from '../../../shared/progress/day.ts'
import { momentOf } from './clock.ts'
import { createMishaps } from './mishaps.ts'
import { createModel } from './model.ts'
import { between, random, type Random, whole } from './random.ts'
import type { Simulation } from './simulation.ts'

/** One report as its sender means it; what it is based on is known only when it is sent. */
export interface Intent {
  unit: string
  day: Day
  values: Values
  type?: Restatement
  reason?: string
}

type Deed =
  | { kind: 'begin' | 'deadline'; day: Day }
  | { kind: 'report'; by: string; intents: Intent[] }
  /** over a version that is no longer the current one */
  | { kind: 'dispute'; by: string; intent: Intent; factor: number }
  | { kind: 'settle'; by: string; unit: string; day: Day; reason: string }
  | { kind: 'lock'; by: string; through: Day }
  | { kind: 'ask'; by: string; issue: number; data: CommandData<'LogIssue'> }
  | { kind: 'answer'; by: string; issue: number; step: 'reply' | 'close' | 'reopen'; text: string }
  /** to one of the open questions, chosen by whoever carries it out */
  | { kind: 'reply'; by: string; chosen: number; text: string }

/** A deed and its moment, ms since 1970 UTC. */
export type Step = Deed & { at: number }

/** When the office opens and the log's day begins. */
export const OPENING = '08:00'

/** All steps from the first day of the programme to its last, in order of time. The same seed gives the same steps. */
export function* plan(frame: Frame, simulation: Simulation, seed: number): Generator<Step, void> {
  const { programme, units, calendar } = frame
  const { deadline } = programme.reporting
  const model = createModel(frame, simulation, seed)
  const mishaps = createMishaps(simulation, calendar, units, seed)
  const at = (day: Day, time: string) => momentOf(day, time, programme.timeZone)
  const one = (part: Simulation['people'][number]['part']) => simulation.people.find((p) => p.part === part)!.member
  const districts = new Map<string, { official: string; streets: string[] }>()
  for (const person of simulation.people)
    if (person.part === 'official')
      districts.set(person.unit, { official: person.member, streets: [...units.leaves(person.unit)] })

  for (const day of daysBetween(programme.startsOn, programme.endsOn)) {
    const figures = model.next(day)
    const steps: Step[] = [
      { at: at(day, OPENING), kind: 'begin', day },
      { at: at(day, deadline), kind: 'deadline', day },
    ]
    for (const [district, { official, streets }] of districts) {
      const chance = random(seed, 'sheets', district, day)
      const open = streets.filter((s) => figures.has(s))
      const push = (times: number[], intents: (part: number, time: number) => Intent[]) =>
        times.forEach((time, i) => {
          const list = intents((i + 1) / times.length, i)
          if (list.length > 0) steps.push({ at: time, kind: 'report', by: official, intents: list })
        })
      for (let i = 0; i < open.length; i += simulation.rounds.streets) {
        const sheet = open.slice(i, i + simulation.rounds.streets)
        const reports = sheet.map((unit) => mishaps.report(unit, day, figures.get(unit)!))
        push(timesOf(day, chance), (part) =>
          reports.flatMap(({ unit, sent, until }) =>
            sent === null || (until < 1 && part > until) ? [] : [{ unit, day, values: partOf(sent, part, chance) }],
          ),
        )
      }
      const repairs = mishaps.repairs(day, district)
      for (const { time, intents } of repairs)
        steps.push({ at: at(day, time) + Math.floor(chance() * 1_500_000), kind: 'report', by: official, intents })
    }
    for (const d of simulation.disputes) {
      if (d.at.day === day) {
        const intent = { unit: d.unit, day: d.day, values: mishaps.known(d.unit, d.day) }
        steps.push({ at: at(day, d.at.time), kind: 'dispute', by: one('office'), intent, factor: d.factor })
      }
      if (d.settled?.day === day) {
        const { unit, day: about } = d
        const { time, reason } = d.settled
        steps.push({ at: at(day, time), kind: 'settle', by: one('office'), unit, day: about, reason })
      }
    }
    for (const { at: when, through } of simulation.locks)
      if (when.day === day) steps.push({ at: at(day, when.time), kind: 'lock', by: one('office'), through })
    simulation.issues.forEach(({ at: when, by, question, steps: answers }, i) => {
      const issue = i + 1
      if (when.day === day) steps.push({ at: at(day, when.time), kind: 'ask', by, issue, data: question })
      for (const a of answers)
        if (a.at.day === day)
          steps.push({ at: at(day, a.at.time), kind: 'answer', by: a.by, issue, step: a.step, text: a.text })
    })
    if (day > simulation.until.day && calendar.isWork(day)) {
      const chance = random(seed, 'reply', day)
      if (chance() < simulation.replies.chance) {
        const { texts } = simulation.replies
        const time = at(day, '10:00') + Math.floor(chance() * 6 * 3_600_000)
        const text = texts[Math.floor(chance() * texts.length)]!
        steps.push({ at: time, kind: 'reply', by: one('legal'), chosen: chance(), text })
      }
    }
    // a stable sort: what is pushed first happens first
    yield* steps.sort((a, b) => a.at - b.at)
  }

  /** Two to four moments of one sheet; a single late one on a day off. */
  function timesOf(day: Day, chance: Random): number[] {
    const { from, to, least, most } = simulation.rounds
    const first = at(day, from)
    const last = at(day, to)
    const rounds = calendar.isWork(day) ? whole(chance, least, most) : 1
    return Array.from({ length: rounds }, (_, i) => {
      const end = i + 1 === rounds
      const share = end ? between(chance, 0.7, 1) : between(chance, i + 0.35, i + 0.8) / rounds
      return Math.floor((first + (last - first) * share) / 1000) * 1000
    })
  }
}

/** The day's figures as they stand when `part` of the rounds is over. */
function partOf(values: Values, part: number, chance: Random): Values {
  if (part >= 1) return values
  const share = part * between(chance, 0.85, 1)
  return Object.fromEntries(Object.entries(values).map(([k, v]) => [k, Math.floor(v * share)]))
}
