/** Marks of legal questions on a lane as stops; those that share a frame have a part of it each. */
import type { Pointed } from './input.ts'
import type { LaneMark } from './lane.ts'
import type { Mark } from './marks.ts'
import type { Stop } from './stops.ts'

/** px */
const HEIGHT = 15

/** `y` is the middle of the lane in px. */
export const markStops = (
  placed: readonly LaneMark[],
  y: number,
  row: number,
  pointed: (mark: Mark) => Pointed,
): Stop[] =>
  placed.flatMap(({ x, width, marks }) => {
    const each = width / marks.length
    return marks.map((mark, i): Stop => ({
      key: `mark ${mark.n}`,
      row,
      box: { left: x - width / 2 + i * each, top: y - HEIGHT / 2, width: each, height: HEIGHT },
      hint: () => pointed(mark).hint,
      to: pointed(mark).to,
    }))
  })
