/** Pasting a block: planned first; what can be read in two ways is asked, what has no place is shown, and the person decides. */
import { computed, reactive, shallowRef } from 'vue'
import { useProgramme } from '../../stores/programme.ts'
import { type Block, isSingle } from './keys.ts'
import { shown } from '../../../shared/reading/count.ts'
import { readFigure } from '../../../shared/reading/total.ts'
import { useLabels } from './labels.ts'
import { countPaste, parseTable, planPaste } from './paste.ts'
import type { Answers } from './pasteAsk.ts'
import type { Rows } from './pasteHead.ts'
import type { PastePlan, PasteTarget } from './pasteTypes.ts'
import { countedThrough } from './rows.ts'
import type { Sheet } from './useSheet.ts'

export type Paste = ReturnType<typeof usePaste>

/** Says what was done, in a sentence. */
export function usePaste(sheet: Sheet, say: (sentence: string) => void) {
  const labels = useLabels(sheet)
  const { t, format } = labels
  const store = useProgramme()
  /** a block with something to decide; the sheet may change under it */
  const block = shallowRef<{ rows: Rows; at: Block } | null>(null)
  const answers = shallowRef<Answers>(new Map())
  const asked = computed<PastePlan | null>(() =>
    block.value === null ? null : planPaste(block.value.rows, target(block.value.at), answers.value),
  )
  const cellAt = (row: number, col: number) => sheet.lines[row]!.cells[col]!

  function paste(text: string, at: Block): void {
    const rows = parseTable(text)
    if (rows.length === 0) return say(t('sheet.action.pasteEmpty'))
    // one text is typed, whatever it is: its cell says what is wrong with it
    const isOne = rows.length === 1 && rows[0]!.length === 1
    if (isOne && (!isSingle(at) || cellAt(at.top, at.left).editable)) return carryOut(fill(rows[0]![0]!, at))
    const plan = planPaste(rows, target(at))
    if (plan.problems.length + plan.questions.length + clearedBy(plan).length === 0) return carryOut(plan)
    answers.value = new Map()
    block.value = { rows, at }
  }

  /** cells of which what stands would be taken away, each with that */
  const clearedBy = ({ sets }: PastePlan): string[] =>
    sets.flatMap(({ row, col, text }) => {
      const cell = cellAt(row, col)
      return text === '' && cell.text !== '' ? [told(row, col, labels.shown(cell))] : []
    })
  /** cells that would have a text that is no figure, each with it */
  const unreadIn = ({ sets }: PastePlan): string[] =>
    sets.flatMap(({ row, col, text }) =>
      readFigure(text, cellAt(row, col).cumulative).kind === 'refused' ? [told(row, col, shown(text))] : [],
    )
  /** first running totals, each with what it is more than what is counted (F22) */
  const openingsIn = ({ sets }: PastePlan): string[] =>
    sets.flatMap(({ row, col, text }) => {
      const { unit, cumulative } = cellAt(row, col)
      const reading = readFigure(text, cumulative)
      const line = sheet.rows.line(unit)
      const base = line?.totals?.[col]
      if (reading.kind !== 'total' || base?.last != null || base?.own === reading.value) return []
      const counted = countedThrough(store.setting, line, unit, col)
      const words = [format.int(reading.value), labels.apart({ total: reading.value, counted })]
      return [told(row, col, words.join(' ').trim())]
    })
  function told(row: number, col: number, text: string): string {
    const { unit, counter } = cellAt(row, col)
    return t('paste.cell', { unit: labels.short(unit), counter: labels.counter(counter), text })
  }

  /** one figure for a whole block, as in a spreadsheet */
  function fill(text: string, at: Block): PastePlan {
    const plan: PastePlan = { sets: [], problems: [], questions: [], byName: false }
    for (let row = at.top; row <= at.bottom; row++)
      for (let col = at.left; col <= at.right; col++) if (cellAt(row, col).editable) plan.sets.push({ row, col, text })
    return plan
  }

  function target(at: Block): PasteTarget {
    const both = (x: { zh: string; en: string }) => [x.zh, x.en]
    const whole = store.units.get(sheet.unit)
    return {
      rows: sheet.lines.map((line) => {
        const unit = store.units.get(line.unit)!
        return {
          label: store.name(unit.short),
          code: unit.code,
          names: [...both(unit.name), ...both(unit.short)],
          editable: line.cells.map((c) => c.editable),
          texts: line.cells.map((c) => c.text),
        }
      }),
      columns: store.programme.counters.map((c) => ({
        label: store.name(c.name),
        names: [...both(c.name), c.key],
        cumulative: c.cumulative === true,
      })),
      at: { row: at.top, col: at.left },
      totals: whole === undefined || sheet.lines.length < 2 ? [] : namesOfWhole(whole),
      fillers: both(store.programme.item),
    }
    function namesOfWhole(unit: NonNullable<typeof whole>): string[] {
      return [...both(unit.name), ...both(unit.short), unit.code]
    }
  }

  function carryOut(plan: PastePlan): void {
    block.value = null
    const { given, withdrawn, same } = countPaste(plan, (row, col) => cellAt(row, col))
    sheet.typing.set(plan.sets.map(({ row, col, text }) => ({ key: cellAt(row, col).key, text })))
    const rows = new Set(plan.sets.map((s) => s.row)).size
    const said = [
      plan.byName ? t('sheet.action.pastedByName', { n: given, rows }) : t('sheet.action.pasted', { n: given }, given),
    ]
    if (withdrawn > 0) said.push(t('sheet.action.pastedBlank', { n: withdrawn }, withdrawn))
    if (same > 0) said.push(t('sheet.action.pastedSame', { n: same }, same))
    say(said.join(t('sheet.join')))
  }

  return reactive({
    /** a block with something to decide */
    asked,
    cleared: computed(() => (asked.value === null ? [] : clearedBy(asked.value))),
    openings: computed(() => (asked.value === null ? [] : openingsIn(asked.value))),
    unread: computed(() => (asked.value === null ? [] : unreadIn(asked.value))),
    paste,
    answer(question: string, option: string) {
      answers.value = new Map(answers.value).set(question, option)
    },
    carryOut,
    giveUp() {
      block.value = null
    },
  })
}
