/** Rows of a table that are the sum of others. */
import { foldName } from './signs.ts'

/** What a row of sums is called, here and there: folded, without a colon behind it. */
const TOTAL =
  /^(?:[\u5408\u5C0F\u603B\u5171]\u8BA1|\u603B\u548C|\u5168\u90E8|(?:grand|sub)?totals?|sum|all|summe|(?:ins)?gesamt|totale|totais|totaal|somme|ensemble|\u0627\u0644\u0645\u062C\u0645\u0648\u0639|\u0627\u0644\u0625\u062C\u0645\u0627\u0644\u064A|\u0915\u0941\u0932):?$/u

/** True of a name that only a row of sums has. */
export const isTotal = (name: string): boolean => TOTAL.test(foldName(name))

/** `null` = no figure; each row is as long as the first. */
type Row = readonly (number | null)[]

/**
 * Positions of rows that are, in every column, the sum of all other rows, of all above, or of all between them and another sum;
 * where it is hardly by chance also of all below. Sums are no parts: neither those found nor the rows of `known`. A sum has at
 * least two parts that are not zero.
 */
export function sumRows(rows: readonly Row[], known: readonly number[] = []): number[] {
  const sums = new Set(known)
  for (let before = -1; before < sums.size;) {
    before = sums.size
    rows.forEach((row, i) => {
      if (!sums.has(i) && isSumAt(row, i)) sums.add(i)
    })
  }
  return [...sums].filter((i) => !known.includes(i)).sort((a, b) => a - b)

  function isSumAt(row: Row, i: number): boolean {
    const all = [...sums]
    const [from, to] = [Math.max(-1, ...all.filter((s) => s < i)), Math.min(rows.length, ...all.filter((s) => s > i))]
    const among = (first: number, end: number) => rows.slice(first, end).filter((_, k) => !sums.has(first + k))
    const [above, below] = [among(0, i), among(i + 1, rows.length)]
    if ([above, [...above, ...below], among(from + 1, i)].some((parts) => isSum(row, parts))) return true
    return (to < rows.length || isHardlyChance(row)) && [below, among(i + 1, to)].some((parts) => isSum(row, parts))
  }
}

/** The larger the figures and the more of them, the less by chance they are the sum of others. */
export const isHardlyChance = (row: Row): boolean => row.reduce<number>((n, value) => n * (value || 1), 1) >= 100

const isSum = (row: Row, parts: readonly Row[]): boolean =>
  row.some((value) => value !== null) &&
  row.every((value, c) => (value ?? 0) === parts.reduce((sum, part) => sum + (part[c] ?? 0), 0)) &&
  parts.filter((part) => part.some((value) => value !== null && value !== 0)).length > 1
