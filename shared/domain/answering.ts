/** Answering quality questions: the answer stands beside the figures, and they are quiet for the versions that it names (R51–R54). */
import { ok, type Refusal, refuse, type Result } from '../errors.ts'
import { type Day, dayNumber } from '../progress/day.ts'
import { QUALITY_CODES, type QualityCode } from '../quality/question.ts'
import { qualityQuestions } from '../quality/questions.ts'
import { sceneIn } from '../quality/scene.ts'
import { reason, z } from '../schema.ts'
import { type CellClock, placeIn, reportRefusals } from './cell.ts'
import { aboutCell } from './folding.ts'
import { explainTotal } from './runningTotals.ts'
import { byCounter, cell } from './input.ts'
import { command, type EventsOf, type EventTable } from './noun.ts'
import { answersKey, type World } from './world.ts'

export interface AnsweringEvents {
  /** `versions` and `codes` by counter key: of which figures what was answered */
  QuestionsAnswered: {
    unit: string
    day: Day
    versions: Record<string, number>
    codes: Record<string, QualityCode[]>
    text: string
  }
}

export const answeringEvents: EventTable<AnsweringEvents> = {
  QuestionsAnswered: {
    ...aboutCell,
    evolve(world, { data, actor, at }) {
      const { answers } = world
      const { unit, day, versions, codes, text } = data
      const key = answersKey(unit, day)
      const more = Object.entries(codes).flatMap(([counter, answered]) =>
        answered.map((code) => ({ counter, code, version: versions[counter]!, text, by: actor, at: Date.parse(at) })),
      )
      // an answer replaces an earlier one to the same question, and those about earlier versions are spent
      const isSpent = (old: (typeof more)[number]) =>
        more.some(({ counter, code }) => counter === old.counter && code === old.code)
      for (const [counter, answered] of Object.entries(codes))
        if (answered.includes('total')) explainTotal(world, unit, day, counter)
      answers.set(key, [...(answers.get(key) ?? []).filter((old) => !isSpent(old)), ...more])
    },
  },
}

const codes = byCounter(z.array(z.enum(QUALITY_CODES)).min(1).max(QUALITY_CODES.length))
const versions = byCounter(z.int().min(1))

export const answeringCommands = {
  AnswerQuestions: command(
    z.strictObject({ ...cell, versions, codes, text: reason }),
    (world, data, { may }): Result<EventsOf<AnsweringEvents>[]> => {
      const { unit, day, versions, codes, text } = data
      const { setting } = world
      if (setting === null) return refuse({ code: 'programme.notOpen' })
      const named = Object.keys(codes)
      const refusals = reportRefusals(clockOf(world), setting, { unit, day }, named, may, '', 'codes')
      if (refusals.length > 0) return refuse(...refusals)
      const asked = qualityQuestions(sceneIn(world, setting), unit, day)
      for (const counter of named) {
        const index = setting.counters.get(counter)!
        const { version } = world.cells.figure(unit, dayNumber(day), index)
        if (versions[counter] !== version) refusals.push(changed(counter))
        else
          for (const code of codes[counter]!)
            if (!asked.some((q) => q.code === code && q.counter === index))
              refusals.push({ code: 'question.notAsked', params: { counter }, at: placeIn('codes', counter) })
      }
      if (refusals.length > 0) return refuse(...refusals)
      const seen = Object.fromEntries(named.map((counter) => [counter, versions[counter]!]))
      return ok([{ type: 'QuestionsAnswered', data: { unit, day, versions: seen, codes, text } }])
    },
  ),
}

const changed = (counter: string): Refusal => ({
  code: 'question.changed',
  params: { counter },
  at: placeIn('versions', counter),
})

/** What was reported in time can be answered for when the programme is over, as it can be reviewed. */
const clockOf = ({ today, lockedThrough }: World): CellClock => ({ today, lockedThrough })
