/** Quality questions in the reader's language: what is asked, two short lines beside the drawing, and the whole as a sentence. */
import { useI18n } from 'vue-i18n'
import type { AskedQuestion } from '../../shared/view/asked.ts'
import { useProgramme } from '../stores/programme.ts'
import { useFormat } from './format.ts'

export interface QuestionLine {
  text: string
  strong?: boolean
}

/** Which words: of some tests what is asked depends on which side the figure lies. */
export function variantOf(question: AskedQuestion): string {
  if (question.code === 'outlier') return question.evidence.value > question.evidence.median ? 'above' : 'below'
  if (question.code === 'landing') return question.evidence.line ? 'line' : 'target'
  if (question.code === 'jump') return question.evidence.former.length === 0 ? 'firstJump' : 'jump'
  return question.code
}

export function useQuestionWords() {
  const { t } = useI18n()
  const store = useProgramme()
  const format = useFormat()
  const counterName = (index: number) => {
    const counter = store.programme.counters[index]
    return counter === undefined ? '' : store.name(counter.name)
  }
  function targetName(key: string): string {
    const found = store.programme.baselines.flatMap((b) => b.targets).findLast((target) => target.key === key)
    return found === undefined ? key : store.name(found.name)
  }

  function paramsOf(question: AskedQuestion): Record<string, string | number> {
    const counter = counterName(question.counter)
    switch (question.code) {
      case 'outlier': {
        const { value, median, past } = question.evidence
        const values = past.map((p) => p.value)
        const [least, most] = [format.int(Math.min(...values)), format.int(Math.max(...values))]
        return { counter, value: format.int(value), least, most, median: format.int(median), n: past.length }
      }
      case 'copied': {
        const { reports, run } = question.evidence
        return { counter, n: run, all: reports[0]?.values.length ?? 0, from: format.monthDay(reports.at(-run)!.day) }
      }
      case 'heaping': {
        const { of, found, expected } = question.evidence
        return { counter, of, found, expected: format.int(Math.round(expected)) }
      }
      case 'landing': {
        const { mark, target } = question.evidence
        return { counter, mark: format.int(mark), target: targetName(target) }
      }
      case 'order': {
        const { totals, within, excess } = question.evidence
        const [total, limit] = [format.int(totals[question.counter]!), format.int(totals[within]!)]
        return { counter, within: counterName(within), total, limit, excess: format.int(excess) }
      }
      case 'jump': {
        const { was, value, former } = question.evidence
        const most = former.reduce((found, f) => (Math.abs(f.value) > Math.abs(found) ? f.value : found), 0)
        const change = format.signed(value - was)
        return {
          counter,
          was: format.int(was),
          value: format.int(value),
          change,
          n: former.length,
          most: format.signed(most),
        }
      }
      case 'total': {
        const { total, last, since, sum, excess } = question.evidence
        const [day, grown] = [format.monthDay(since), format.int(total - last)]
        return { counter, day, grown, total: format.int(total), sum: format.int(sum), excess: format.signed(excess) }
      }
    }
  }

  return {
    /** e.g. 高于常见 */
    title: (question: AskedQuestion): string => t(`questions.title.${variantOf(question)}`, paramsOf(question)),
    /** two short lines beside the drawing; the one about the figure itself is strong */
    lines(question: AskedQuestion): QuestionLine[] {
      const [of, params] = [variantOf(question), paramsOf(question)]
      const strong = question.code === 'order' ? 1 : 0
      return ['first', 'second'].map((place, i) => ({
        text: t(`questions.${place}.${of}`, params),
        strong: i === strong,
      }))
    },
    /** all of it in words */
    sentence: (question: AskedQuestion): string => t(`questions.sentence.${variantOf(question)}`, paramsOf(question)),
  }
}
