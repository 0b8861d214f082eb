/** A total's parts as they are listed everywhere: one order, one set of words, ups and downs apart (U7). */
import { useI18n } from 'vue-i18n'
import type { CounterBreakdown } from '../../shared/progress/breakdown.ts'
import { useFormat } from './format.ts'
import { amountOf, type Part, PARTS } from './texture.ts'

/** A part, or what a part would take away (`bite`). */
export interface PartLine {
  part: Part
  bite: boolean
  /** not negative */
  amount: number
}

/** Those parts have a sign: approving them changes the total. What is missing is an estimate, and nobody asked for it. */
const signOf = ({ part, bite }: Omit<PartLine, 'amount'>): string =>
  bite ? '−' : part === 'a' || part === 'm' ? '' : '+'

const ALL = PARTS.flatMap((part) =>
  (part === 'a' || part === 'm' ? [false] : [false, true]).map((bite) => ({ part, bite })),
)

/** The approved part, and of the others those that are something. */
export function partLines(breakdown: CounterBreakdown): PartLine[] {
  return ALL.flatMap(({ part, bite }) => {
    const amount = amountOf(breakdown, part)[bite ? 'down' : 'up']
    return amount > 0 || part === 'a' ? [{ part, bite, amount }] : []
  })
}

export interface PartWords {
  sign(line: Omit<PartLine, 'amount'>): string
  /** +1,234: with its sign; `amount` formats the number where it is no whole one */
  amount(line: PartLine, amount?: (n: number) => string): string
  /** Approved 1,234 · Awaiting review +56 · Awaiting review −7 */
  of(breakdown: CounterBreakdown): string
  /** headings of the columns that `cells` fills in a file; `what` stands before each */
  headings(what: string): string
  /** every part's number with tabs between them; what is nothing is empty, and a column of nothing is left out */
  cells(breakdown: CounterBreakdown): string
}

/** In the reader's language at the moment of the call. */
export function usePartWords(): PartWords {
  const { t } = useI18n()
  const format = useFormat()
  const plain = (n: number) => (Number.isInteger(n) ? format.int(n) : format.mean(n))
  const amount = (line: PartLine, text = plain) => signOf(line) + text(line.amount)
  return {
    sign: signOf,
    amount,
    of: (breakdown) =>
      partLines(breakdown)
        .map((line) => `${t(`common.part.${line.part}`)} ${amount(line)}`)
        .join(' · '),
    headings: (what) => ALL.map((each) => `${what} ${t(`common.part.${each.part}`)} ${signOf(each)}`.trim()).join('\t'),
    cells: (breakdown) => {
      const lines = partLines(breakdown)
      return ALL.map(({ part, bite }) => {
        const line = lines.find((each) => each.part === part && each.bite === bite)
        return line === undefined ? '' : `${bite ? '-' : ''}${String(line.amount)}`
      }).join('\t')
    },
  }
}
