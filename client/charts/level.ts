/** The approved line with what stands beside it, the path, and their words. */
import { AXIS, type CumulativeInput } from './input.ts'
import type { Layout } from './layout.ts'
import { areas, dot, type Label, labels, line, type Series, textWidth } from './option.ts'
import { missingLine, partAreas } from './partAreas.ts'

export function level(input: CumulativeInput, layout: Layout): Series[] {
  const { palette, words, series, path, standing } = input
  const approved = series.level.map((p, i) => [i, p.approved] as const)
  const levels = series.level.map((p, i) => [i, p] as const)
  const now = approved.at(-1)
  const due = layout.index(input.due)
  const text: Label[] = [
    {
      value: [layout.x[1], standing.threshold],
      text: words.target(standing.threshold),
      color: palette.ink,
      bold: true,
      size: 12,
      ...(layout.narrow ? { align: 'right', dx: -4, dy: -9, halo: palette.paper } : { dx: 8 }),
    },
  ]
  if (!layout.narrow)
    text.push({
      value: [layout.x[1], layout.levelMax],
      text: words.due(input.due),
      color: palette.ink2,
      size: 12,
      dx: 8,
    })
  const behind = standing.points < 0
  if (now !== undefined && input.today !== null) {
    // right of today, on the side of the line where the path is not; elsewhere where that is taken
    const low = { dy: 12 }
    const high = { dy: -9 }
    const under = behind && layout.yOfLevel(now[1]) < layout.level.top + layout.level.height - 16
    const label: Label = {
      value: now,
      // where the line is now: of a rate that is past its due day the figure is that of another week
      text: words.approved(now[1]),
      color: palette.accent,
      bold: true,
      size: 12,
      halo: palette.paper,
    }
    const right = { dx: 7 }
    const left = { align: 'right' as const, dx: -7 }
    const [near, far] = under ? [low, high] : [high, low]
    const spots = [
      { ...label, ...right, ...near },
      { ...label, ...left, ...near },
      { ...label, ...left, ...far },
      { ...label, ...left, dy: 18 },
      { ...label, ...right, ...far },
      { ...label, ...right, dy: 18 },
    ]
    const spot = spots.find((s) => isFree(s, text, layout)) ?? spots.find((s) => isWhole(s, layout))
    // the figure stands in the headline as well: whole or not at all
    if (spot !== undefined) text.push(spot)
  }
  const begun = now === undefined ? 0 : now[0]
  const at = Math.round(begun + (due - begun) * 0.45)
  if (due - begun > 0.15 * (layout.x[1] - layout.x[0]))
    text.push({
      value: [at, path.path[at] ?? 0],
      text: words.path,
      color: palette.ink2,
      size: 12,
      align: 'center',
      dy: 16,
      dx: 10,
      halo: palette.paper,
    })
  return [
    areas('rest', { axis: AXIS.level, z: 2 }, partAreas(levels, palette)),
    line('missing', AXIS.level, 3, missingLine(levels), { color: palette.ink3, width: 1, type: [2, 1.6] }),
    line(
      'path',
      AXIS.level,
      3,
      path.path.map((v, i) => [i, v]),
      {
        color: palette.ink,
        width: 1.1,
        type: [4, 2.5],
      },
    ),
    line('approved', AXIS.level, 4, approved, { color: palette.accent, width: 2.2 }),
    labels('level-words', { axis: AXIS.level, z: 8 }, text),
    dot('now', AXIS.level, 5, now, palette),
  ]
}

/** height of a line of words and the room between two, in pixels */
const LINE = 13
const BETWEEN = 4

/** The words stay within the chart. */
function isWhole(label: Label, layout: Layout): boolean {
  const { left, right } = boxOf(label, layout)
  return left >= layout.left && right <= layout.size.width
}

/** They do not cover those that are there, either. */
function isFree(label: Label, others: readonly Label[], layout: Layout): boolean {
  const own = boxOf(label, layout)
  if (!isWhole(label, layout)) return false
  return others.every((other) => {
    const its = boxOf(other, layout)
    return own.right + BETWEEN < its.left || its.right + BETWEEN < own.left || Math.abs(own.y - its.y) >= LINE
  })
}

function boxOf({ value: [x, y], text, size, align, dx = 0, dy = 0 }: Label, layout: Layout) {
  const width = (textWidth(text) * (size ?? 11)) / 11
  const at = layout.px(x) + dx
  const left = align === 'right' ? at - width : align === 'center' ? at - width / 2 : at
  return { left, right: left + width, y: layout.yOfLevel(y) + dy }
}
