/** Names and figures of the sheet in the reader's language. */
import { useI18n } from 'vue-i18n'
import type { Refusal } from '../../../shared/errors.ts'
import { useProgramme } from '../../stores/programme.ts'
import { useFormat } from '../../ui/format.ts'
import { useRefusals } from '../../ui/refusals.ts'
import type { Effect } from './effect.ts'
import type { Sheet } from './useSheet.ts'
import { type CellView, type LineView } from './view.ts'
import { isTypingWord } from './look.ts'

export type Words = ReturnType<typeof useWords>

export function useWords(sheet: Sheet) {
  const { t } = useI18n()
  const store = useProgramme()
  const format = useFormat()
  const { say } = useRefusals()

  const short = (code: string) => store.name(store.units.get(code)!.short)
  const name = (code: string) => store.name(store.units.get(code)!.name)
  const counter = (key: string) => {
    const found = store.programme.counters.find((c) => c.key === key)
    return found === undefined ? key : store.name(found.name)
  }
  /** name of the level that reports, e.g. street */
  const level = () => {
    const key = store.units.get(sheet.rows.lines[0] ?? '')?.level
    const found = store.programme.levels.find((l) => l.key === key)
    return found === undefined ? '' : store.name(found.name)
  }
  const figure = (n: number | null) => (n === null ? t('sheet.cell.blank') : format.int(n))

  return {
    t,
    format,
    say,
    short,
    name,
    counter,
    level,
    figure,
    label: (cell: CellView) => t('sheet.cell.label', { unit: name(cell.unit), counter: counter(cell.counter) }),
    word: (line: LineView) =>
      isTypingWord(line.word) ? t(`sheet.word.${line.word}`) : t(`common.report.${line.word}`),
    /** refusals, another's change and open questions of a cell, each a sentence */
    notes(cell: CellView): string[] {
      const { checked } = cell
      if (checked === null) return []
      const refusals: readonly Refusal[] = checked.refusals
      return [...refusals, ...(checked.conflict ? [] : checked.open)].map(say)
    },
    points: (n: number) => format.points(n),
    /** what is still needed a day, or why nothing is */
    required: (e: Effect, side: 'before' | 'after') => {
      const n = e.required[side]
      if (n !== null) return format.int(Math.ceil(n))
      return e.share[side] >= 1 ? t('sheet.column.reached') : t('sheet.column.noneLeft')
    },
  }
}
