/** Names and figures of the sheet in the reader's language. */
import { useI18n } from 'vue-i18n'
import type { Refusal } from '../../../shared/errors.ts'
import { useProgramme } from '../../stores/programme.ts'
import { useFormat } from '../../ui/format.ts'
import { usePoints } from '../../ui/points.ts'
import { useRefusals } from '../../ui/refusals.ts'
import type { Effect } from './effect.ts'
import { isTypingWord } from './look.ts'
import type { Sheet } from './useSheet.ts'
import type { CellView, LineView } from './view.ts'

export type Labels = ReturnType<typeof useLabels>

export function useLabels(sheet: Sheet) {
  const { t } = useI18n()
  const store = useProgramme()
  const format = useFormat()
  const points = usePoints()
  const refusals = useRefusals()
  /** a command without an answer is no refusal: it waits, and says so */
  const say = (refusal: Refusal) =>
    refusal.code === 'network.lost' ? t('common.outbox.waiting') : refusals.say(refusal)

  const known = (code: string) => store.units.get(code)
  const short = (code: string) => store.name(known(code)?.short ?? { zh: code, en: code })
  const name = (code: string) => store.name(known(code)?.name ?? { zh: code, en: code })
  const counter = (key: string) => {
    const found = store.programme.counters.find((c) => c.key === key)
    return found === undefined ? key : store.name(found.name)
  }
  /** name of the level that reports, e.g. street */
  const level = () => {
    const key = known(sheet.rows.lines[0] ?? '')?.level
    const found = store.programme.levels.find((l) => l.key === key)
    return found === undefined ? '' : store.name(found.name)
  }
  const figure = (n: number | null) => (n === null ? t('sheet.cell.blank') : format.int(n))

  /** what counts as approved beside another value, or a withdrawal, that does not yet */
  const beside = ({ figure: { state, value } }: CellView, n: number) => {
    const word = state !== 'submitted' ? 'besideStill' : value === null ? 'besideWithdrawal' : 'beside'
    return t(`sheet.cell.${word}`, { n: format.int(n) })
  }

  /** why nothing can be typed into the cell */
  const barred = ({ unit, counter: key, figure: { state } }: CellView): string => {
    const line = sheet.lines.find((l) => l.unit === unit)
    const [first] = line?.barred ?? []
    if (first !== undefined) return say(first)
    if (state === 'disputed') return say({ code: 'report.disputed', params: { counter: key } })
    return t('sheet.action.notEditable')
  }

  return {
    t,
    format,
    say,
    barred,
    short,
    name,
    counter,
    counters: (keys: readonly string[]) => keys.map(counter).join(t('sheet.join')),
    level,
    figure,
    label: (cell: CellView) => t('sheet.cell.label', { unit: name(cell.unit), counter: counter(cell.counter) }),
    word: (line: LineView) =>
      isTypingWord(line.word) ? t(`sheet.word.${line.word}`) : t(`common.report.${line.word}`),
    /** state of a cell, a zero report by name, and what it says beside its figure */
    state: (cell: CellView) =>
      t(cell.value === 0 && cell.checked === null ? 'sheet.cell.zero' : `sheet.cell.${cell.state}`),
    /** refusals, open questions, and what else is to be known of a cell, each a sentence */
    notes(cell: CellView): string[] {
      const said: string[] = []
      if (cell.beside !== null) said.push(beside(cell, cell.beside))
      if (cell.confirmed) said.push(t('sheet.cell.confirmed'))
      const { checked } = cell
      if (checked === null && cell.figure.state === 'disputed' && sheet.mayWrite(cell.unit)) said.push(barred(cell))
      if (checked === null) return said
      const refusals: readonly Refusal[] = checked.refusals
      return [...said, ...[...refusals, ...(checked.crossed === null ? checked.open : [])].map(say)]
    },
    points: points.text,
    rank: (n: number | null) => (n === null ? '—' : String(n)),
    /** what is still needed a day, or why nothing is */
    required: (e: Effect, side: 'before' | 'after') => {
      const n = e.required[side]
      if (n !== null) return format.int(Math.ceil(n))
      return e.percent[side] >= 100 ? t('sheet.column.reached') : t('sheet.column.noneLeft')
    },
  }
}
