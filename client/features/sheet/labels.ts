/** Names and figures of the sheet in the reader's language. */
import { useI18n } from 'vue-i18n'
import type { Refusal } from '../../../shared/errors.ts'
import { openingOf } from '../../../shared/domain/balance.ts'
import { figureText } from '../../../shared/reading/total.ts'
import { isGiven } from '../../../shared/view/due.ts'
import { useProgramme } from '../../stores/programme.ts'
import { useFormat } from '../../ui/format.ts'
import { useLevels } from '../../ui/levels.ts'
import { usePoints } from '../../ui/points.ts'
import { useRefusals } from '../../ui/refusals.ts'
import { useWho } from '../../ui/who.ts'
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
  const who = useWho()
  const refusals = useRefusals()
  const levels = useLevels()
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
  const level = () => levels(sheet.rows.lines[0])
  /** heads what is typed: a counter that is kept as its running total says so */
  const column = (key: string) =>
    store.programme.counters.some((c) => c.key === key && c.cumulative === true)
      ? t('sheet.column.cumulative', { counter: counter(key) })
      : counter(key)
  /** a day's figure beside running totals */
  const own = (n: number, isCumulative: boolean) => figureText({ day: format.int(n) }, isCumulative)
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

  /** by how much a first total is more than what is counted; one that is less is asked about (F34) */
  const apart = ({ total, counted = total }: { total: number; counted?: number }): string =>
    counted > 0 && total > counted
      ? t('sheet.total.apart', { counted: format.int(counted), apart: format.int(total - counted) })
      : ''

  return {
    t,
    apart,
    format,
    say,
    barred,
    short,
    name,
    counter,
    column,
    own,
    /** what stands in the cell: its running total where that is what is kept, else its figure, or what is typed */
    shown: ({ cumulative, total, value, text }: CellView): string =>
      cumulative && total !== null ? format.int(total.total) : value === null ? text : own(value, cumulative),
    counters: (keys: readonly string[]) => keys.map(counter).join(t('sheet.join')),
    level,
    figure,
    label: (cell: CellView) => t('sheet.cell.label', { unit: name(cell.unit), counter: column(cell.counter) }),
    /** what stands and has an edit beside it keeps its state */
    word({ word, state, cells }: LineView): string {
      if (!isTypingWord(word)) return t(`common.report.${word}`)
      const isEdited = word === 'unsent' && cells.some((c) => isGiven(c.figure))
      return isEdited ? t('sheet.word.edited', { word: t(`common.report.${state}`) }) : t(`sheet.word.${word}`)
    },
    /** state of a cell, a zero report by name, and what it says beside its figure */
    state: (cell: CellView) =>
      t(cell.value === 0 && cell.checked === null ? 'sheet.cell.zero' : `sheet.cell.${cell.state}`),
    /** refusals, open questions, and what else is to be known of a cell, each a sentence */
    notes(cell: CellView): string[] {
      const said: string[] = []
      if (cell.beside !== null) said.push(beside(cell, cell.beside))
      if (cell.row?.carried === true) said.push(t(cell.editable ? 'sheet.cell.carriedOpen' : 'sheet.cell.carried'))
      if (cell.confirmed) said.push(t('sheet.cell.confirmedBy', { name: cell.row?.by == null ? '' : who(cell.row.by) }))
      if (cell.confirmed && cell.row?.why !== undefined) said.push(t('sheet.cell.why', { why: cell.row.why }))
      const { checked } = cell
      if (checked === null && cell.figure.state === 'disputed' && sheet.mayWrite(cell.unit)) said.push(barred(cell))
      if (checked === null) return said
      const refusals: readonly Refusal[] = checked.refusals
      return [...said, ...[...refusals, ...(checked.crossed === null ? checked.open : [])].map(say)]
    },
    /** what stands under the figure: what counts as approved beside it, else the running total that it follows from, or the day's figure beside its total; null = nothing */
    under({ beside: approved, total, cumulative, value }: CellView): string | null {
      if (approved !== null) return own(approved, cumulative)
      if (cumulative && total?.comes === 'opening') return t('sheet.total.base')
      if (cumulative) return total === null || value === null ? null : own(value, cumulative)
      return total === null || total.comes === 'open'
        ? null
        : t(`sheet.total.${total.comes === 'day' ? 'short' : 'first'}`, { n: format.int(total.total) })
    },
    /** the cell's running total in a sentence; '' without one */
    total({ total, value }: CellView): string {
      if (total === null) return ''
      const n = format.int(total.total)
      if (total.comes === 'opening') return [t('sheet.total.opening', { n }), apart(total)].join(' ').trim()
      if (total.comes === 'open' || value === null) return t('sheet.total.given', { n })
      const { last, between, held } = total
      if (last === null)
        return [t('sheet.total.beside', { n, value: format.int(value) }), apart(total)].join(' ').trim()
      const known = format.int(last.total + between - held)
      return t(total.typed ? 'sheet.total.comes' : 'sheet.total.came', {
        ...{ n, known, value: format.int(value), last: format.int(last.total), day: format.monthDay(last.day) },
      })
    },
    points: points.text,
    /** what of the running totals was counted before the first day; '' where nothing was (U15) */
    opening: (): string => {
      const n = openingOf(store.setting, sheet.unit, Math.max(0, sheet.main))
      if (n === 0) return ''
      const { item, startsOn } = store.programme
      return t('sheet.opening', { n: format.int(n), item: store.name(item), day: format.monthDay(startsOn) })
    },
    rank: (n: number | null) => (n === null ? '—' : String(n)),
    /** what is still needed a day, or why nothing is */
    required: (e: Effect, side: 'before' | 'after') => {
      const n = e.required[side]
      if (n !== null) return format.int(Math.ceil(n))
      return e.percent[side] >= 100 ? t('sheet.column.reached') : t('sheet.column.noneLeft')
    },
  }
}
