/** The sheet of a unit of the invented town as a pasted block meets it: empty, all of it to be written. */
import type { Programme } from '../../shared/domain/programme.ts'
import { parseTable, planPaste } from '../../client/features/sheet/paste.ts'
import type { PasteTarget } from '../../client/features/sheet/pasteTypes.ts'
import { town } from './town.ts'

export function targetOf(unit: string, programme: Programme = town()): PasteTarget {
  const both = ({ zh, en }: { zh: string; en: string }) => [zh, en]
  const whole = programme.units.find((u) => u.code === unit)!
  return {
    rows: programme.units
      .filter((u) => u.parent === unit)
      .map((u) => ({
        ...{ label: u.short.en, code: u.code, names: [...both(u.name), ...both(u.short)] },
        ...{ editable: programme.counters.map(() => true), texts: programme.counters.map(() => '') },
      })),
    columns: programme.counters.map((c) => ({ label: c.name.en, names: [...both(c.name), c.key] })),
    at: { row: 0, col: 0 },
    totals: ['total', ...both(whole.name)],
    fillers: both(programme.item),
  }
}

/** What a paste into the first cell comes to: cells as `unit/counter=text`, open questions as `id: options`, what has no place. */
export function pasted(block: string, answers: Record<string, string> = {}, target = targetOf('D1')) {
  const plan = planPaste(parseTable(block), target, new Map(Object.entries(answers)))
  return {
    plan,
    cells: plan.sets.map(
      ({ row, col, text }) => `${target.rows[row]!.code}/${target.columns[col]!.names.at(-1)}=${text}`,
    ),
    asked: plan.questions
      .filter((q) => q.answer === null)
      .map((q) => `${q.id}: ${q.options.map((o) => o.key).join(', ')}`),
    left: plan.problems.map((p) => `${p.kind} ${p.row}:${p.col} ${p.text}`),
  }
}
