/** Pasting a block: planned first; what has no place is shown and the person decides. */
import { reactive, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { useProgramme } from '../../stores/programme.ts'
import { type Block, isSingle } from './keys.ts'
import { countPaste, parseTable, type PastePlan, planPaste } from './paste.ts'
import type { Sheet } from './useSheet.ts'

export type Paste = ReturnType<typeof usePaste>

/** Says what was done, in a sentence. */
export function usePaste(sheet: Sheet, say: (sentence: string) => void) {
  const { t, tm, rt } = useI18n()
  const store = useProgramme()
  const asked = shallowRef<PastePlan | null>(null)
  const wordsOf = (list: string) => (tm(`sheet.paste.${list}`) as string[]).map((w) => rt(w))

  function paste(text: string, block: Block): void {
    const table = parseTable(text)
    if (table.length === 0) return say(t('sheet.action.pasteEmpty'))
    const one = table.length === 1 && table[0]!.length === 1
    const plan = one && !isSingle(block) ? fill(table[0]![0]!, block) : planPaste(table, target(block))
    if (plan.problems.length > 0) asked.value = plan
    else carryOut(plan)
  }

  /** one figure for a whole block, as in a spreadsheet */
  function fill(text: string, block: Block): PastePlan {
    const sets: PastePlan['sets'] = []
    for (let row = block.top; row <= block.bottom; row++)
      for (let col = block.left; col <= block.right; col++)
        if (sheet.lines[row]!.cells[col]!.editable) sets.push({ row, col, text })
    return { sets, problems: [], byName: false }
  }

  function target(block: Block) {
    const both = (x: { zh: string; en: string }) => [x.zh, x.en]
    const whole = store.units.get(sheet.unit)
    return {
      rows: sheet.lines.map((line) => {
        const unit = store.units.get(line.unit)!
        return {
          names: [...both(unit.name), ...both(unit.short), unit.code],
          editable: line.cells.map((c) => c.editable),
          texts: line.cells.map((c) => c.text),
        }
      }),
      columns: store.programme.counters.map((c) => ({ names: [...both(c.name), c.key] })),
      at: { row: block.top, col: block.left },
      totals: [...wordsOf('totals'), ...(whole === undefined || sheet.lines.length < 2 ? [] : both(whole.name))],
      suffixes: wordsOf('suffixes'),
    }
  }

  function carryOut(plan: PastePlan): void {
    asked.value = null
    const cellAt = (row: number, col: number) => sheet.lines[row]!.cells[col]!
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
    /** a block with something that has no place, waiting for a decision */
    asked,
    paste,
    carryOut,
    giveUp() {
      asked.value = null
    },
  })
}
