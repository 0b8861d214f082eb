/** Pasting a block: planned first; what can be read in two ways is asked, what has no place is shown, and the person decides. */
import { computed, reactive, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { useProgramme } from '../../stores/programme.ts'
import { type Block, isSingle } from './keys.ts'
import { countPaste, parseTable, planPaste } from './paste.ts'
import type { Answers } from './pasteAsk.ts'
import type { Rows } from './pasteHead.ts'
import type { PastePlan, PasteTarget } from './pasteTypes.ts'
import type { Sheet } from './useSheet.ts'

export type Paste = ReturnType<typeof usePaste>

/** Says what was done, in a sentence. */
export function usePaste(sheet: Sheet, say: (sentence: string) => void) {
  const { t, tm, rt } = useI18n()
  const store = useProgramme()
  /** a block with something to decide; the sheet may change under it */
  const block = shallowRef<{ rows: Rows; at: Block } | null>(null)
  const answers = shallowRef<Answers>(new Map())
  const asked = computed<PastePlan | null>(() =>
    block.value === null ? null : planPaste(block.value.rows, target(block.value.at), answers.value),
  )
  const wordsOf = (list: string) => (tm(`sheet.paste.${list}`) as string[]).map((w) => rt(w))
  const cellAt = (row: number, col: number) => sheet.lines[row]!.cells[col]!

  function paste(text: string, at: Block): void {
    const rows = parseTable(text)
    if (rows.length === 0) return say(t('sheet.action.pasteEmpty'))
    // one text is typed, whatever it is: its cell says what is wrong with it
    const isOne = rows.length === 1 && rows[0]!.length === 1
    if (isOne && (!isSingle(at) || cellAt(at.top, at.left).editable)) return carryOut(fill(rows[0]![0]!, at))
    const plan = planPaste(rows, target(at))
    if (plan.problems.length + plan.questions.length === 0) return carryOut(plan)
    answers.value = new Map()
    block.value = { rows, at }
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
      })),
      at: { row: at.top, col: at.left },
      totals: whole === undefined || sheet.lines.length < 2 ? [] : namesOfWhole(whole),
      suffixes: wordsOf('suffixes'),
      fillers: [...wordsOf('fillers'), ...both(store.programme.item)],
    }
    function namesOfWhole(unit: NonNullable<typeof whole>): string[] {
      return [...both(unit.name), ...both(unit.short), unit.code]
    }
  }

  function carryOut(plan: PastePlan): void {
    block.value = null
    const { given, withdrawn, same } = countPaste(plan, (row, col) => cellAt(row, col).text)
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
