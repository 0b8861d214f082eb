/** Drawings of evidence: what is asked about stands out in each, once, and no mark leaves the drawing. */
import { expect, test } from 'vitest'
import { dayOf } from '../../../shared/progress/day.ts'
import { QUALITY_CODES, type QualityQuestion } from '../../../shared/quality/question.ts'
import { EVIDENCE_HEIGHT, EVIDENCE_WIDTH, type Mark, marksOf } from '../../../client/ui/evidence.ts'

const onDays = (...values: number[]) => values.map((value, i) => ({ day: dayOf(13_900 + i), value }))
const reports = [
  [40, 3],
  [402, 311],
  [402, 311],
].map((values, i) => ({ day: dayOf(13_900 + i), values }))

const QUESTIONS: QualityQuestion[] = [
  {
    ...{ code: 'outlier', counter: 0 },
    evidence: { past: onDays(5, 9, 7, 8), median: 7.5, value: 70 },
  },
  { code: 'outlier', counter: 0, evidence: { past: onDays(0, 0), median: 0, value: 0 } },
  { code: 'copied', counter: 0, evidence: { reports, run: 2 } },
  {
    ...{ code: 'heaping', counter: 1 },
    evidence: { digits: [12, 1, 0, 1, 1, 10, 2, 1, 1, 1], of: 30, found: 22, expected: 6, from: dayOf(13_900) },
  },
  {
    ...{ code: 'landing', counter: 1 },
    evidence: { target: 'june', line: false, mark: 680, totals: onDays(541, 560, 580, 661, 680) },
  },
  { code: 'order', counter: 1, evidence: { totals: [340, 420], within: 0, excess: 80, before: 0 } },
  { code: 'jump', counter: 0, evidence: { was: 2_572, value: 900, former: onDays(-54, 48, 7), limit: 1_543 } },
  { code: 'jump', counter: 0, evidence: { was: 0, value: 900, former: [], limit: 540 } },
  {
    ...{ code: 'total', counter: 0 },
    evidence: { total: 535, last: 500, since: dayOf(13_900), sum: 25, excess: -10, known: false },
  },
]

const xsOf = (m: Mark): number[] => (m.kind === 'line' ? [] : 'width' in m ? [m.x, m.x + m.width] : [m.x])
const ysOf = (m: Mark): number[] => (m.kind === 'line' ? [] : 'height' in m ? [m.y, m.y + m.height] : [m.y])

test('R44 every code has a drawing, and all of it lies within its bounds', () => {
  expect(new Set(QUESTIONS.map(({ code }) => code))).toEqual(new Set(QUALITY_CODES))
  for (const question of QUESTIONS)
    for (const mark of marksOf({ ...question, version: 1 })) {
      for (const x of xsOf(mark)) expect([question.code, x >= 0 && x <= EVIDENCE_WIDTH]).toEqual([question.code, true])
      // a digit's foot may touch the edge
      for (const y of ysOf(mark)) expect([question.code, y >= 0 && y <= EVIDENCE_HEIGHT]).toEqual([question.code, true])
      if (mark.kind === 'bar') expect(Math.min(mark.width, mark.height)).toBeGreaterThanOrEqual(0)
    }
})

test.each(['outlier', 'landing', 'order', 'jump', 'total'] as const)(
  'R44 in the drawing of %s one mark is what is asked about',
  (code) => {
    const question = QUESTIONS.find((q) => q.code === code)!
    const asked = marksOf({ ...question, version: 1 }).filter(({ kind }) => kind === 'ring' || kind === 'asked')
    expect(asked).toHaveLength(1)
  },
)

test('R46 equal signs stand between the copied reports alone', () => {
  const signs = marksOf({ ...QUESTIONS[2]!, version: 1 }).filter((m) => m.kind === 'text' && m.text === '=')
  expect(signs).toHaveLength(1)
})
