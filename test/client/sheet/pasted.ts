/** The sheet of four streets as a pasted block meets it, and what becomes of a block. */
import { parseTable, planPaste } from '../../../client/features/sheet/paste.ts'
import type { PasteTarget } from '../../../client/features/sheet/pasteTypes.ts'

const STREETS = ['平湖街道', '坪地街道', '坂田街道', '龙岗街道']
export const target = (with_: Partial<PasteTarget> = {}): PasteTarget => ({
  rows: STREETS.map((name, i) => ({
    label: name.slice(0, 2),
    code: `44030700${i}`,
    names: [name, name.slice(0, 2)],
    editable: [true, true, true, true],
    texts: [],
  })),
  columns: [
    ['受理', 'accepted'],
    ['审核通过', 'approved'],
    ['制证', 'produced'],
    ['发证', 'issued'],
  ].map((names) => ({ label: names[0]!, names })),
  at: { row: 0, col: 0 },
  totals: ['合计', '龙岗区'],
  fillers: ['件', '当日', '张', 'permits'],
  ...with_,
})
export const plan = (text: string, with_: Partial<PasteTarget> = {}, answers: Record<string, string> = {}) =>
  planPaste(parseTable(text), target(with_), new Map(Object.entries(answers)))
export const cells = (text: string, with_: Partial<PasteTarget> = {}, answers: Record<string, string> = {}) =>
  plan(text, with_, answers).sets.map((s) => `${s.row},${s.col}=${s.text}`)
export const faults = (text: string, with_: Partial<PasteTarget> = {}, answers: Record<string, string> = {}) =>
  plan(text, with_, answers).problems.map((p) => `${p.kind} ${p.row}:${p.col} ${p.text}`)
/** open questions with their readings */
export const open = (text: string, with_: Partial<PasteTarget> = {}, answers: Record<string, string> = {}) =>
  plan(text, with_, answers)
    .questions.filter((q) => q.answer === null)
    .map((q) => `${q.id}: ${q.options.map((o) => o.key).join(', ')}`)
