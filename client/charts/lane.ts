/** A lane of marks (§n) that must not cover each other: neighbours move apart, a crowd becomes one mark. */
import type { Mark } from './marks.ts'

/** One mark of the lane: `at` is where its tie ends on the time axis, `x` the middle of its frame (both in pixels). */
export interface LaneMark {
  at: number
  x: number
  width: number
  text: string
  /** every mark that it stands for */
  marks: readonly Mark[]
}

const WIDTH = { first: 18, digit: 6.5 }
const GAP = 4

/** Places marks at `xOf(mark)` between `left` and `right`; marks that find no room join their left neighbour. */
export function layLane(
  marks: readonly Mark[],
  xOf: (mark: Mark) => number,
  left: number,
  right: number,
): readonly LaneMark[] {
  const placed: LaneMark[] = []
  for (const mark of marks) {
    const at = xOf(mark)
    const text = `§${mark.n}`
    const width = widthOf(text)
    const last = placed.at(-1)
    const earliest = last === undefined ? left + width / 2 : last.x + last.width / 2 + GAP + width / 2
    placed.push({ at, x: Math.max(earliest, Math.min(at, right - width / 2)), width, text, marks: [mark] })
    while (placed.length > 1 && crowded(placed.at(-2)!, placed.at(-1)!, right))
      placed.splice(-2, 2, joined(placed.at(-2)!, placed.at(-1)!, right))
  }
  return placed
}

/** True when `mark` is too far from its tie, outside the lane, or over the one before it. */
function crowded(before: LaneMark, mark: LaneMark, right: number): boolean {
  const from = mark.x - mark.width / 2
  return (
    mark.x - mark.at > 2.5 * mark.width ||
    mark.x + mark.width / 2 > right ||
    from < before.x + before.width / 2 + GAP - 1
  )
}

/** One mark for both, growing to the right as far as there is room. */
function joined(before: LaneMark, mark: LaneMark, right: number): LaneMark {
  const marks = [...before.marks, ...mark.marks]
  const text = `§${marks[0]!.n} +${marks.length - 1}`
  const width = widthOf(text)
  return { at: before.at, x: Math.min(before.x + (width - before.width) / 2, right - width / 2), width, text, marks }
}

const widthOf = (text: string) => WIDTH.first + WIDTH.digit * (text.length - 1)
