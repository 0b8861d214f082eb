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
    const x = Math.max(earliest, Math.min(at, right - width / 2))
    const tooFar = x - at > 2.5 * width || x + width / 2 > right
    if (last !== undefined && tooFar) {
      const joined = [...last.marks, mark]
      const words = `§${joined[0]!.n} +${joined.length - 1}`
      placed[placed.length - 1] = { ...last, text: words, width: widthOf(words), marks: joined }
    } else placed.push({ at, x, width, text, marks: [mark] })
  }
  return placed
}

const widthOf = (text: string) => WIDTH.first + WIDTH.digit * (text.length - 1)
