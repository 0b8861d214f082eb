/** The evidence of a quality question as marks of a small drawing. Pure; tones are those of `tokens.css`. */
import type { AskedQuestion } from '../../shared/view/asked.ts'

/** px */
export const EVIDENCE_WIDTH = 168
export const EVIDENCE_HEIGHT = 34

type Tone = 'mid' | 'accent' | 'soft'
export type Mark =
  | { kind: 'bar'; x: number; y: number; width: number; height: number; tone: Tone }
  /** what is asked about, and it alone */
  | { kind: 'asked'; x: number; y: number; width: number; height: number }
  | { kind: 'ring'; x: number; y: number }
  | { kind: 'dot'; x: number; y: number }
  | { kind: 'line'; d: string; tone: 'ink' | 'rule' | 'amber'; dash?: string }
  | { kind: 'text'; x: number; y: number; text: string; tone: 'ink' | 'ink3' | 'amber' }

/** A scale from [low, high] to [from, to]. */
const scale = (low: number, high: number, from: number, to: number) => (value: number) =>
  high === low ? (from + to) / 2 : from + ((value - low) / (high - low)) * (to - from)

const [LEFT, RIGHT] = [4, EVIDENCE_WIDTH - 6]
const FOOT = EVIDENCE_HEIGHT - 3

const DRAW: { [C in AskedQuestion['code']]: (question: Extract<AskedQuestion, { code: C }>) => Mark[] } = {
  outlier({ evidence: { past, value } }) {
    const values = past.map((p) => p.value)
    const [low, high] = [Math.min(...values), Math.max(...values)]
    const y = scale(0, Math.max(value, high), FOOT, 5)
    const x = scale(0, past.length, LEFT + 2, RIGHT)
    return [
      { kind: 'bar', x: 0, y: y(high), width: EVIDENCE_WIDTH, height: y(low) - y(high), tone: 'soft' },
      ...past.map((p, i): Mark => ({ kind: 'dot', x: x(i), y: y(p.value) })),
      { kind: 'line', d: `M${RIGHT} ${y((low + high) / 2)}V${y(value)}`, tone: 'amber' },
      { kind: 'ring', x: RIGHT, y: y(value) },
    ]
  },
  copied({ evidence: { reports, run } }) {
    // of the copied report, so that it can be read; what is longer before it is cut off
    const most = Math.max(1, ...reports.at(-1)!.values.map((value) => value ?? 0))
    const slot = EVIDENCE_WIDTH / reports.length
    const counters = reports[0]?.values.length ?? 0
    const step = 24 / Math.max(1, counters)
    return reports.flatMap(({ day, values }, i): Mark[] => {
      const left = i * slot
      const isCopy = i >= reports.length - run
      const bars = values.map((value, c): Mark => {
        const width = Math.min(slot - 12, scale(0, most, 0, slot - 16)(value ?? 0))
        return { kind: 'bar', x: left, y: c * step, width, height: step * 0.7, tone: isCopy ? 'accent' : 'mid' }
      })
      const equal: Mark = { kind: 'text', x: left - 6, y: 15, text: '=', tone: 'amber' }
      const name: Mark = {
        kind: 'text',
        x: left + 6,
        y: FOOT + 2,
        text: String(Number(day.slice(8))),
        tone: isCopy ? 'ink' : 'ink3',
      }
      return [...bars, name, ...(i > reports.length - run ? [equal] : [])]
    })
  },
  heaping({ evidence: { digits, of } }) {
    const height = scale(0, Math.max(...digits), 0, 21)
    const slot = EVIDENCE_WIDTH / digits.length
    const even = 22 - height(of / digits.length)
    return [
      ...digits.flatMap((n, digit): Mark[] => {
        const tone = digit % 5 === 0 ? 'accent' : 'mid'
        const bar: Mark = {
          kind: 'bar',
          x: digit * slot + 3,
          y: 22 - height(n),
          width: slot - 7,
          height: height(n),
          tone,
        }
        const x = digit * slot + slot / 2
        return [bar, { kind: 'text', x, y: FOOT + 2, text: String(digit), tone: digit % 5 === 0 ? 'ink' : 'ink3' }]
      }),
      { kind: 'line', d: `M0 ${even}H${EVIDENCE_WIDTH}`, tone: 'ink', dash: '2 2' },
    ]
  },
  landing({ evidence: { totals, mark } }) {
    const x = scale(Math.min(...totals.map((t) => t.value)), mark, LEFT, RIGHT - 2)
    const at = RIGHT - 2
    return [
      { kind: 'line', d: `M0 22.5H${EVIDENCE_WIDTH}`, tone: 'rule' },
      { kind: 'line', d: `M${at} 6V31`, tone: 'ink' },
      ...totals.slice(0, -1).map((t): Mark => ({ kind: 'dot', x: x(t.value), y: 22.5 })),
      { kind: 'ring', x: at, y: 22.5 },
    ]
  },
  total({ evidence: { total, last, sum } }) {
    // what the totals have grown by over what the days come to; a fall has no length
    const grown = Math.max(0, total - last)
    const x = scale(0, Math.max(grown, sum, 1), LEFT, RIGHT)
    const common = Math.min(grown, sum)
    const [from, to] = [x(common), x(Math.max(grown, sum))]
    return [
      { kind: 'bar', x: LEFT, y: 6, width: x(grown) - LEFT, height: 9, tone: 'mid' },
      { kind: 'bar', x: LEFT, y: 20, width: x(common) - LEFT, height: 9, tone: 'accent' },
      { kind: 'asked', x: from, y: 20, width: Math.max(2, to - from), height: 9 },
    ]
  },
  order({ counter, evidence: { totals, within } }) {
    const most = Math.max(...totals)
    // from far enough below the lowest that what sticks out can be seen
    const least = Math.min(...totals)
    const x = scale(Math.max(0, least - (most - least) * 2), most, LEFT, RIGHT)
    const step = (EVIDENCE_HEIGHT - 2) / totals.length
    const limit = totals[within]!
    return [
      ...totals.map((total, c): Mark => {
        const end = c === counter ? limit : total
        return {
          kind: 'bar',
          x: LEFT,
          y: c * step + 1,
          width: x(end) - LEFT,
          height: step * 0.66,
          tone: c === counter ? 'accent' : 'mid',
        }
      }),
      {
        kind: 'asked',
        x: x(limit),
        y: counter * step + 1,
        width: Math.max(2, x(totals[counter]!) - x(limit)),
        height: step * 0.66,
      },
      { kind: 'line', d: `M${x(limit)} 0V${EVIDENCE_HEIGHT}`, tone: 'ink' },
    ]
  },
  jump({ evidence: { was, value, former } }) {
    const change = value - was
    const all = [0, change, ...former.map((f) => f.value)]
    const x = scale(Math.min(...all), Math.max(...all), LEFT + 4, RIGHT - 2)
    return [
      { kind: 'line', d: `M0 22.5H${EVIDENCE_WIDTH}`, tone: 'rule' },
      { kind: 'line', d: `M${x(0)} 14V31`, tone: 'ink' },
      { kind: 'text', x: x(0), y: 11, text: '0', tone: 'ink3' },
      ...former.map((f, i): Mark => ({ kind: 'dot', x: x(f.value), y: [22.5, 18, 27][i % 3]! })),
      { kind: 'ring', x: x(change), y: 22.5 },
    ]
  },
}

/** The marks of a question's drawing, from the back to the front. */
export const marksOf = (question: AskedQuestion): Mark[] =>
  // code and evidence belong together
  (DRAW[question.code] as (of: AskedQuestion) => Mark[])(question)
