/** The columns of the sheet as wide as what stands in them, in the room that there is. */
import { type MaybeComputedElementRef, useMediaQuery } from '@vueuse/core'
import { computed, type ComputedRef } from 'vue'
import { useSize } from '../../ui/size.ts'
import type { Effect } from './effect.ts'
import { type Aid, type Columns, type Needs, RANGE, shareRoom, widest, wordsOf, wordsWidth } from './gridRoom.ts'
import type { Labels } from './labels.ts'
import { isTypingWord } from './look.ts'
import type { Sheet } from './useSheet.ts'

/** px of letters, as in the tokens; figures are larger where the screen is */
const SIZE = { under: 11, small: 12, body: 13, cell: 14, cellLarge: 17 }
/** px around what stands in a cell */
const AROUND = { name: 8, report: 8, sign: 16, cell: 37, two: 48, under: 28, sum: 13, heading: 15, aid: 12, arrow: 19 }
/** large screens, on which the cells are larger */
export const LARGE = '(min-width: 1600px) and (min-height: 960px)'

export function useGridRoom(
  sheet: Sheet,
  labels: Labels,
  box: MaybeComputedElementRef,
  words: { headings: () => Readonly<Record<Aid, string>>; through: () => string; unitRank: () => string },
): ComputedRef<Columns> {
  const { format } = labels
  const { width } = useSize(box)
  const large = useMediaQuery(LARGE)

  const aids = computed<Needs['aids']>(() => {
    const { effects } = sheet
    if (!effects.any) return {}
    const found = [...sheet.lines.map((l) => effects.of(l.unit)), effects.unit].filter((e): e is Effect => Boolean(e))
    const headings = words.headings()
    const column = (aid: Aid, figures: number, more: readonly string[] = []) =>
      AROUND.aid + Math.max(figures, widest([...wordsOf(headings[aid]), ...more], SIZE.small))
    const required = found.flatMap((e) => [labels.required(e, 'before'), labels.required(e, 'after')])
    const ranks = sheet.lines.flatMap((l) => {
      const rank = effects.rank(l.unit)
      return rank === null ? [] : [labels.rank(rank.before), labels.rank(rank.after)]
    })
    // as if every figure moved, so that typing moves no column
    const moved = (texts: readonly string[]) => 2 * widest(texts, SIZE.body) + AROUND.arrow
    return {
      total: column(
        'total',
        widest(
          found.map((e) => format.int(e.total.after)),
          SIZE.body,
        ),
        words.through().split(' '),
      ),
      range: RANGE.least,
      required: column('required', moved(required)),
      ...(effects.ranked && {
        rank: column('rank', Math.max(moved(ranks), wordsWidth(words.unitRank(), SIZE.body))),
      }),
    }
  })
  return computed(() => {
    const size = large.value ? SIZE.cellLarge : SIZE.cell
    const cells = sheet.lines.flatMap((l) => l.cells)
    const names = sheet.counters.flatMap((c) => wordsOf(labels.column(c)))
    // a text that is no figure moves no column, nor does what the line is called meanwhile
    const figures = cells.filter((c) => c.state !== 'refused').map(labels.shown)
    const states = sheet.lines.map((l) => labels.word(isTypingWord(l.word) ? { ...l, word: l.state } : l))
    if (sheet.writable) states.push(labels.t('sheet.word.refused'))
    const under = cells.flatMap((c) => labels.under(c) ?? [])
    const over = cells.filter((c) => labels.under(c) !== null).map(labels.shown)
    const sums = sheet.sums.flatMap((sum) => (sum === null ? [] : [format.int(sum)]))
    return shareRoom(width.value, sheet.counters.length, {
      name: AROUND.name + widest([sheet.unit, ...sheet.lines.map((l) => l.unit)].map(labels.short), SIZE.body),
      report: AROUND.report + AROUND.sign + widest(states, SIZE.small),
      counter: Math.max(
        100,
        AROUND.cell + widest(figures, size),
        AROUND.two + widest(over, SIZE.cell),
        AROUND.under + widest(under, SIZE.under),
        AROUND.sum + widest(sums, size),
        AROUND.heading + widest(names, SIZE.body),
      ),
      aids: aids.value,
    })
  })
}
