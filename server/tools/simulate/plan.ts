/** What everybody does, in order of time: days begin, sheets come in bit by bit, mistakes are corrected. */
import type { Setting } from '../../../shared/domain/world.ts'
import type { Values } from '../../../shared/domain/values.ts'
import { type Day, daysBetween } from '../../../shared/progress/day.ts'
import { momentOf } from './clock.ts'
import { createMishaps } from './mishaps.ts'
import { createModel } from './model.ts'
import { between, integer, random, type Random } from './random.ts'
import { roundsOf } from './rounds.ts'
import type { Simulation } from './simulation.ts'
import { type Intent, OPENING, type Step } from './steps.ts'

/** All steps from the first day of the programme to its last, in order of time. The same seed gives the same steps. */
export function* plan(setting: Setting, simulation: Simulation, seed: number): Generator<Step, void> {
  const { programme, units, calendar } = setting
  const { deadline } = programme.reporting
  const model = createModel(setting, simulation, seed)
  const mishaps = createMishaps(simulation, calendar, units, seed)
  const at = (day: Day, time: string) => momentOf(day, time, programme.timeZone)
  const one = (part: Simulation['people'][number]['part']) => simulation.people.find((p) => p.part === part)!.member
  const districts = new Map<string, { official: string; streets: string[] }>()
  for (const person of simulation.people)
    if (person.part === 'official')
      districts.set(person.unit, { official: person.member, streets: [...units.leaves(person.unit)] })

  /** which reports for a street by itself */
  const machineOf = (street: string, day: Day) => simulation.machines.find((m) => m.unit === street && m.from.day < day)

  for (const day of daysBetween(programme.startsOn, programme.endsOn)) {
    const figures = model.next(day)
    const steps: Step[] = [
      { at: at(day, OPENING), kind: 'begin', day },
      { at: at(day, deadline), kind: 'deadline', day },
      ...escalations(day),
    ]
    for (const [district, { official, streets }] of districts) {
      const chance = random(seed, 'sheets', district, day)
      const open = streets.filter((s) => figures.has(s) && machineOf(s, day) === undefined)
      const push = (times: number[], intents: (part: number, time: number) => Intent[]) =>
        times.forEach((time, i) => {
          const list = intents((i + 1) / times.length, i)
          if (list.length > 0) steps.push({ at: time, kind: 'report', by: official, intents: list })
        })
      for (let i = 0; i < open.length; i += simulation.rounds.streets) {
        const sheet = open.slice(i, i + simulation.rounds.streets)
        const reports = mishaps.sheet(
          day,
          sheet.map((unit) => ({ unit, values: figures.get(unit)! })),
        )
        push(timesOf(day, chance), (part) =>
          reports.flatMap(({ unit, sent, until }) =>
            sent === null || (until < 1 && part > until) ? [] : [{ unit, day, values: partOf(sent, part, chance) }],
          ),
        )
      }
      const repairs = mishaps.repairs(day, district)
      for (const { time, filing } of repairs)
        steps.push({ at: at(day, time) + Math.floor(chance() * 1_500_000), by: official, ...filing })
    }
    for (const { member, name, unit, by, from } of simulation.machines) {
      if (from.day === day) steps.push({ at: at(day, from.time), kind: 'machine', by, member, name, unit })
      const values = figures.get(unit)
      if (values === undefined || from.day >= day) continue
      const chance = random(seed, 'machine', unit, day)
      const times = timesOf(day, chance)
      times.forEach((time, i) => {
        const intent = { unit, day, values: partOf(values, (i + 1) / times.length, chance) }
        steps.push({ at: time, kind: 'report', by: member, intents: [intent] })
      })
    }
    for (const d of simulation.disputes) {
      const cell = { unit: d.unit, day: d.day }
      if (d.at.day === day) {
        const counters = d.counters === undefined ? {} : { counters: d.counters }
        steps.push({
          at: at(day, d.at.time),
          kind: 'dispute',
          by: one('office'),
          ...cell,
          factor: d.factor,
          ...counters,
        })
      }
      if (d.settled?.day === day) {
        const { time, reason } = d.settled
        steps.push({ at: at(day, time), kind: 'settle', by: one('office'), ...cell, reason })
      }
    }
    simulation.offers.forEach(({ from, to, counters, at: when, by, reason, answered }, i) => {
      const move = { from, to, counters, reason }
      if (when.day === day) steps.push({ at: at(day, when.time), kind: 'offer', by, ...move })
      if (answered?.day !== day) return
      const { accept, reason: why } = answered
      steps.push({
        at: at(day, answered.time),
        kind: 'decide',
        by: answered.by,
        offer: i + 1,
        move,
        accept,
        reason: why,
      })
    })
    for (const { at: when, through } of simulation.locks)
      if (when.day === day) steps.push({ at: at(day, when.time), kind: 'lock', by: one('office'), through })
    for (const { at: when, from, reason } of simulation.reopenings)
      if (when.day === day) steps.push({ at: at(day, when.time), kind: 'reopen', by: one('office'), from, reason })
    steps.push(...roundsOf(setting, simulation, seed, day, (time) => at(day, time)))
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
    // the sort is stable: of steps at the same moment the one pushed first comes first
    yield* steps.sort((a, b) => a.at - b.at)
  }

  /** When silence may escalate: at the deadline, a while later, and on the next working day. */
  function escalations(day: Day): Step[] {
    const { escalation } = programme.reporting
    if (escalation === undefined) return []
    const deadlineAt = at(day, deadline)
    const times = [at(day, escalation.supervisionAt), deadlineAt, deadlineAt + escalation.districtAfter * 60_000]
    return times.map((time) => ({ at: time, kind: 'escalate' }))
  }

  /** The moments at which one sheet is sent: several on a working day, a single late one on a day off. */
  function timesOf(day: Day, chance: Random): number[] {
    const { from, to, least, most } = simulation.rounds
    const first = at(day, from)
    const last = at(day, to)
    const rounds = calendar.isWork(day) ? integer(chance, least, most) : 1
    return Array.from({ length: rounds }, (_, i) => {
      const end = i + 1 === rounds
      const share = end ? between(chance, 0.7, 1) : between(chance, i + 0.35, i + 0.8) / rounds
      return Math.floor((first + (last - first) * share) / 1000) * 1000
    })
  }
}

/** The day's values after `part` of the rounds. */
function partOf(values: Values, part: number, chance: Random): Values {
  if (part >= 1) return values
  const share = part * between(chance, 0.85, 1)
  return Object.fromEntries(Object.entries(values).map(([k, v]) => [k, Math.floor(v * share)]))
}
