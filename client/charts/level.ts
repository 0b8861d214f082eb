/** The approved line with what stands beside it, the path, and their words. */
import { AXIS, type CumulativeInput } from './cumulative.ts'
import type { Frame } from './frame.ts'
import { areas, dot, type Label, labels, line, type Series } from './option.ts'
import { partStyles } from './texture.ts'

export function level(input: CumulativeInput, frame: Frame): Series[] {
  const { palette, words, series, path, pace } = input
  const textures = partStyles(palette)
  const approved = series.level.map((p, i) => [i, p.a] as const)
  const rest = series.level.map((p, i) => [i, p.a + p.w + p.d + p.r] as const)
  const now = approved.at(-1)
  const due = frame.index(input.due)
  const text: Label[] = [
    {
      value: [frame.x[1], pace.threshold],
      text: words.target(pace.threshold),
      color: palette.ink,
      bold: true,
      size: 12,
      ...(frame.narrow ? { align: 'right', dx: -4, dy: -9, halo: palette.paper } : { dx: 8 }),
    },
  ]
  if (!frame.narrow)
    text.push({ value: [frame.x[1], frame.levelMax], text: words.due(input.due), color: palette.ink2, size: 12, dx: 8 })
  const behind = pace.points < 0
  if (now !== undefined && input.today !== null) {
    // right of today, on the side of the line where the path is not
    const fits = frame.px(now[0]) + 96 < frame.size.width
    text.push({
      value: now,
      text: words.approved(pace.makeup.a),
      color: palette.accent,
      bold: true,
      size: 12,
      halo: palette.paper,
      dy: behind && frame.yOfLevel(now[1]) < frame.level.top + frame.level.height - 16 ? 12 : -9,
      ...(fits ? { dx: 7 } : { align: 'right', dx: -7 }),
    })
  }
  const begun = now === undefined ? 0 : now[0]
  const at = Math.round(begun + (due - begun) * 0.45)
  if (due - begun > 0.15 * (frame.x[1] - frame.x[0]))
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
    areas('rest', { axis: AXIS.level, z: 2 }, [{ upper: rest, lower: approved, fill: textures.w.fill }]),
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
