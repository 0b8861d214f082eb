/** Quality questions about a report as pages get them: with what somebody has said to them. */
import type { QuestionCode } from '../../shared/domain/values.ts'
import { answersKey, type World } from '../../shared/domain/world.ts'
import { type Day, dayNumber } from '../../shared/progress/day.ts'
import type { QualityCode } from '../../shared/quality/question.ts'
import { qualityQuestions } from '../../shared/quality/questions.ts'
import { sceneIn } from '../../shared/quality/scene.ts'
import type { AskedQuestion } from '../../shared/view/asked.ts'
import { person } from './views/view.ts'

/** What was asked about the same before the figure was accepted: whoever confirmed that has spoken to the question (R52). */
const BEFOREHAND: Partial<Record<QualityCode, QuestionCode>> = { outlier: 'report.unusual', order: 'report.exceeds' }

/**
 * Every quality question about the figures that a reporting unit gave for a day; without those about figures that a
 * reviewer has approved, by which they are cleared (R53). `leaned` is called when what the units beside did that day made a
 * difference, so that it may when they report.
 */
export function askedIn(world: World, unit: string, day: Day, leaned: () => void): AskedQuestion[] {
  const setting = world.setting!
  const { counters, reporting } = setting.programme
  const answers = world.answers.get(answersKey(unit, day)) ?? []
  return qualityQuestions({ ...sceneIn(world, setting), leaned }, unit, day).flatMap((question): AskedQuestion[] => {
    const { key } = counters[question.counter]!
    const { state, version, confirmed } = world.cells.figure(unit, dayNumber(day), question.counter)
    // a reviewer has cleared the figure, and not what was corrected since
    if (reporting.reviewLevels > 0 && state === 'approved' && question.code !== 'total') return []
    const beforehand = BEFOREHAND[question.code]
    const isKnown = question.code !== 'total' || question.evidence.known
    const given = answers.find((a) => a.counter === key && a.code === question.code && a.version === version)
    const answer = isKnown ? given : undefined
    // said when the total was reported
    const isSaid = question.code === 'total' && isKnown && answer === undefined
    return [
      {
        ...question,
        version,
        ...((isSaid || (beforehand !== undefined && confirmed?.includes(beforehand) === true)) && { confirmed: true }),
        ...(answer !== undefined && {
          answer: { text: answer.text, by: person(world, answer.by), at: answer.at },
        }),
      },
    ]
  })
}
