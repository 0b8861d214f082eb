/** How the columns of the sheet share its room: a figure is whole or absent, so columns of aids give way. Pure; px. */

/** What a line does to the target, in columns: total, line of points, needed a day, rank. */
export const AIDS = ['total', 'range', 'required', 'rank'] as const
export type Aid = (typeof AIDS)[number]

/** Which is kept longest comes first: of the chosen line all of them stand beside the sheet as well, but for the total. */
const KEPT: readonly Aid[] = ['range', 'total', 'required', 'rank']

/** The line of points with the room before it, which is the last. */
export const RANGE = { least: 144, most: 208 }
export const AROUND_RANGE = 14
const NAME = { least: 76, most: 156 }

/** How wide each column has to be for what stands in it; aids that are not there are left out. */
export interface Needs {
  name: number
  report: number
  counter: number
  aids: Readonly<Partial<Record<Aid, number>>>
}

export interface Columns {
  name: number
  report: number
  /** those that are shown, with their widths */
  aids: Readonly<Partial<Record<Aid, number>>>
  /** of the table; with less room it scrolls */
  least: number
}

/** Shares `room`; 0 = not known yet, and nothing gives way. The counters take what is left, each at least its need. */
export function shareRoom(room: number, counters: number, needs: Needs): Columns {
  const base = NAME.least + needs.report + counters * needs.counter
  let left = room === 0 ? Infinity : room - base
  const aids: Partial<Record<Aid, number>> = {}
  for (const aid of KEPT) {
    const need = needs.aids[aid]
    if (need === undefined || need > left) continue
    aids[aid] = need
    left -= need
  }
  const least = base + Object.values(aids).reduce((sum, n) => sum + n, 0)
  const give = (most: number) => {
    const given = Math.max(0, Math.min(most, left))
    left -= given
    return given
  }
  const name = NAME.least + give(Math.min(NAME.most, needs.name) - NAME.least)
  if (aids.range !== undefined) aids.range += give(RANGE.most - aids.range)
  return { name, report: needs.report, aids, least }
}

/** About how wide a character is at most among the fonts of the page, in parts of its size. */
const CHARACTER = { wide: 1, narrow: 0.62, point: 0.34 }

/** About how wide words or figures are in letters of `size` px. */
export const wordsWidth = (text: string, size: number): number =>
  Math.ceil(
    [...text].reduce(
      (sum, c) =>
        sum +
        (/[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u.test(c)
          ? CHARACTER.wide
          : /[\s.,:·']/u.test(c)
            ? CHARACTER.point
            : CHARACTER.narrow),
      0,
    ) * size,
  )

/** Width of the widest of several, 0 of none. */
export const widest = (texts: readonly string[], size: number): number =>
  Math.max(0, ...texts.map((text) => wordsWidth(text, size)))

/** The words of a heading that may stand under each other. */
export const wordsOf = (heading: string): string[] =>
  heading.split(/\s+/).flatMap((word) => (/\p{Script=Han}/u.test(word) ? [...word] : [word]))

/** Low screens, on which the lines of the sheet are lower, so that the days of the street stand under them. */
export const LOW = '(max-height: 960px)'
/** Lower ones still, on which all streets of a district are to be in sight. */
export const LOWEST = '(max-height: 760px)'
/** Wide screens, on which the list of what waits and the cell in hand stand beside each other; the style sheet of the desk says the same. */
export const WIDE = '(min-width: 1720px)'
