/** What a text of digits and marks can be: the conventions in which it is a number, and the number. */

/** Marks of thousands and of decimals; `lakh` groups by two but for the last three, as in India. */
interface Convention {
  group: string
  decimal: string
  lakh?: true
}

const CONVENTIONS: readonly Convention[] = [
  { group: ',', decimal: '.' },
  { group: ',', decimal: '.', lakh: true },
  { group: '.', decimal: ',' },
  { group: ' ', decimal: ',' },
  { group: ' ', decimal: '.' },
  { group: "'", decimal: '.' },
  { group: "'", decimal: ',' },
]
/** Those that the product writes itself. */
const HOME = 0b11

const SHAPES = CONVENTIONS.map(({ group, decimal, lakh }) => {
  const [g, d] = [`[${group}]`, `[${decimal}]`]
  const grouped = lakh === true ? `[1-9]\\d?(?:${g}\\d{2})*${g}\\d{3}` : `[1-9]\\d{0,2}(?:${g}\\d{3})+`
  return new RegExp(`^(?:(?<grouped>${grouped})|(?<digits>\\d+))(?:${d}(?<fraction>\\d+))?$`)
})
/** Three digits behind a lone mark are a group to somebody, so to nobody here decimals. */
const LONE = /^[1-9]\d{0,2}[.,]\d{3}$/

/** A text of digits and marks of a number, read by itself. */
export interface Numeral {
  /** the whole number that it is; null = it has decimals that are not zero, or three of them behind a lone mark */
  value: number | null
  /** bits of the conventions in which it is a number */
  conventions: number
  /** it has a mark */
  marked: boolean
  decimals: boolean
  /** it means this only where another text of the column shows that it does: `2.000`, `2,00` */
  needsShowing: boolean
  /** it shows by itself that the comma stands before decimals, or that dots group: `1.234,00`, `1.234.567` */
  shows: boolean
}

/** Every convention. */
export const ANY = (1 << CONVENTIONS.length) - 1

/** Reads a text as `plain`; null when no convention makes it a number. */
export function readNumeral(text: string): Numeral | null {
  if (/^\d+$/.test(text))
    return {
      value: Number(text),
      conventions: ANY,
      marked: false,
      decimals: false,
      needsShowing: false,
      shows: false,
    }
  let conventions = 0
  let found: Record<string, string | undefined> | undefined
  SHAPES.forEach((shape, i) => {
    const groups = shape.exec(text)?.groups
    if (groups === undefined || (groups.grouped === undefined && LONE.test(text))) return
    conventions |= 1 << i
    found = groups
  })
  if (found === undefined) return null
  const { grouped, digits, fraction } = found
  const isWhole = fraction === undefined || (/^0+$/.test(fraction) && (grouped !== undefined || fraction.length !== 3))
  const dots = grouped?.match(/[.]/g)?.length ?? 0
  const comma = fraction !== undefined && text.includes(`,${fraction}`)
  const shows = dots > 1 || (grouped !== undefined && comma)
  return {
    value: isWhole ? Number((grouped ?? digits)!.replace(/\D/g, '')) : null,
    conventions,
    marked: true,
    decimals: fraction !== undefined,
    needsShowing: !shows && (dots > 0 || comma) && (conventions & HOME) === 0,
    shows,
  }
}
