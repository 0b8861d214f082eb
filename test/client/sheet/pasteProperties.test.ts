/** Whatever a block looks like, no figure goes where it does not belong (J2, J5, J6, J9). */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseTable, planPaste } from '../../../client/features/sheet/paste.ts'
import type { PasteTarget } from '../../../client/features/sheet/pasteTypes.ts'
import { readCount } from '../../../shared/reading/count.ts'

const UNITS = ['01001', '01003', '01005', '01010'].map((code, i) => ({
  ...{
    code,
    label: ['Oak', 'Elm', 'Ash', 'Fir'][i]!,
    names: [
      ['Oak', '橡树'],
      ['Elm', '榆树'],
      ['Ash', '白蜡'],
      ['Fir', '杉'],
    ][i]!,
  },
  ...{ editable: [true, true, true], texts: [] },
}))
const COUNTERS = [
  { label: 'Accepted', names: ['Accepted', '受理', 'accepted'] },
  { label: 'Cleared', names: ['Cleared', '审核通过', 'cleared'] },
  { label: 'Issued', names: ['Issued', '发证', 'issued'] },
]
const TARGET: PasteTarget = {
  ...{ rows: UNITS, columns: COUNTERS, at: { row: 0, col: 0 } },
  ...{ totals: ['合计', 'Total'], fillers: ['件'] },
}
const group = (n: number, sign: string) => String(n).replace(/\B(?=(\d{3})+$)/g, sign)
const WAYS: ((n: number) => string)[] = [
  String,
  (n) => group(n, ','),
  (n) => group(n, '.'),
  (n) => group(n, '\u202f'),
  (n) => `${group(n, '.')},00`,
  (n) => `${n}.00`,
]

/** A table as somebody may have made it; `figures` by unit and counter. */
const tables = fc.record({
  figures: fc.array(fc.array(fc.integer({ min: 0, max: 30_000 }), { minLength: 3, maxLength: 3 }), {
    minLength: 4,
    maxLength: 4,
  }),
  write: fc.constantFrom(...WAYS),
  units: fc.shuffledSubarray([0, 1, 2, 3], { minLength: 1 }),
  counters: fc.shuffledSubarray([0, 1, 2], { minLength: 1 }),
  /** which name of a unit: code, code without zeros, or a name */
  naming: fc.constantFrom('code', 'bare', 'name', 'zh'),
  heading: fc.constantFrom('known', 'zh', 'piece', 'both', 'unknown', 'mixed', 'cumulative'),
  extra: fc.constantFrom('none', 'cumulative', 'percent', 'twice', 'number'),
  title: fc.constantFrom('', 'Daily report', 'Report of 2026'),
  total: fc.constantFrom('none', 'top', 'bottom', 'unnamed'),
  trailing: fc.boolean(),
})
type Made = typeof tables extends fc.Arbitrary<infer T> ? T : never

function blockOf({ figures, write, units, counters, naming, heading, extra, title, total, trailing }: Made): string {
  const unit = (u: number) => {
    const { code, names } = UNITS[u]!
    return naming === 'code' ? code : naming === 'bare' ? code.slice(1) : names[naming === 'zh' ? 1 : 0]!
  }
  const heads = counters.map((c, i) => {
    const isUnknown = heading === 'unknown' || (heading === 'mixed' && i === 0)
    const [en, zh] = COUNTERS[c]!.names as [string, string]
    const known = { zh, piece: `${zh}（件）`, both: `${zh} ${en}`, cumulative: `${zh}（累计）` } as Record<
      string,
      string
    >
    return isUnknown ? `Permits ${'abc'[c]!}` : (known[heading] ?? en)
  })
  const more = { none: null, cumulative: 'Cumulative', percent: 'Share', twice: heads[0]!, number: '2026' }[extra]
  const row = (name: string, values: number[]) => {
    const cells = [name, ...values.map(write)]
    if (more !== null) cells.push(extra === 'percent' ? '12%' : write(values[0]! + 70_000))
    return cells
  }
  const rows = units.map((u) =>
    row(
      unit(u),
      counters.map((c) => figures[u]![c]!),
    ),
  )
  const sums = counters.map((c) => units.reduce((sum, u) => sum + figures[u]![c]!, 0))
  if (total === 'top') rows.unshift(row('合计', sums))
  if (total === 'bottom') rows.push(row('Total', sums))
  if (total === 'unnamed') rows.push(row('', sums))
  const all = [...(title === '' ? [] : [[title]]), ['Street', ...heads, ...(more === null ? [] : [more])], ...rows]
  return all.map((cells) => cells.join('\t') + (trailing ? '\t\t' : '')).join('\r\n') + (trailing ? '\r\n\t\t\r\n' : '')
}

/** The count that goes into a cell; undefined when the cell refuses it. */
const valueOf = (text: string) => {
  const reading = readCount(text)
  return reading.kind === 'count' ? reading.value : undefined
}

test('J5 before anything is answered only what can be read in one way has its place', () => {
  fc.assert(
    fc.property(tables, (made) => {
      for (const { row, col, text } of planPaste(parseTable(blockOf(made)), TARGET).sets)
        expect(valueOf(text)).toBe(made.figures[row]![col])
    }),
    { numRuns: 1_000 },
  )
})

test('J5 with the right answers all of it has, and nothing else', () => {
  fc.assert(
    fc.property(tables, (made) => {
      const rows = parseTable(blockOf(made))
      const answers = new Map<string, string>()
      let plan = planPaste(rows, TARGET, answers)
      for (let open = plan.questions.find((q) => q.answer === null); open !== undefined;) {
        answers.set(open.id, right(open.id, made))
        plan = planPaste(rows, TARGET, answers)
        const next = plan.questions.find((q) => q.answer === null)
        expect(next?.id, 'an answer is taken').not.toBe(open.id)
        open = next
      }
      const placed = new Map(plan.sets.map(({ row, col, text }) => [`${row} ${col}`, valueOf(text)]))
      const expected = made.units.flatMap((u) => made.counters.map((c) => [`${u} ${c}`, made.figures[u]![c]] as const))
      expect(placed).toEqual(new Map(expected))
    }),
    { numRuns: 500 },
  )

  /** what the one who made the table would say */
  function right(question: string, { counters, units, figures }: Made): string {
    const [kind, at] = question.split(' ') as [string, string?]
    if (kind === 'codes') return 'codes'
    if (kind === 'head') return 'headings'
    if (kind === 'marks') return 'grouped'
    // a row of sums has its name, or none
    if (kind === 'sum') return 'unit'
    if (kind === 'twice') return 'column 1'
    if (kind === 'column') return Number(at) <= counters.length ? String(counters[Number(at) - 1]) : 'none'
    throw new Error(`${question} of ${JSON.stringify({ counters, units, figures })}`)
  }
})

test('J5 a block without headings or names is placed as it stands, or asked about', () => {
  const cell = fc.oneof(fc.integer({ min: 0, max: 2_000 }).map(String), fc.constantFrom('', '1,234', 'n/a', '-'))
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 4 }),
      fc.nat({ max: 1 }),
      (block, col) => {
        const rows = parseTable(block.map((cells) => cells.join('\t')).join('\n'))
        const plan = planPaste(rows, { ...TARGET, at: { row: 0, col } })
        for (const set of plan.sets) expect(set.text).toBe(block[set.row]![set.col - col])
      },
    ),
    { numRuns: 1_000 },
  )
})
