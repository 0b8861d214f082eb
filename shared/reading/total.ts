/** Texts that say of themselves that they are running totals (累计), for cells that are typed or pasted into (F29). Pure. */
import { type Reading, readCount } from './count.ts'
import { foldName, plain } from './signs.ts'
import { TOTAL_WORDS } from './words.ts'

/** `value`: the running total; `day`: the day's own figure, where it stands before it. */
export type FigureReading = Reading | { kind: 'total'; value: number; day: number | null }

const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const SIGN = new RegExp(`^(.*?)(?:${TOTAL_WORDS.map(escaped).join('|')})[ :]*(?=\\d)(.*)$`, 'isu')

/** What a cell is told: the day's own figure, a running total, or both. */
export interface Told {
  day?: string | number | undefined
  total?: string | number | undefined
}

/**
 * How that is written into a cell: `20`, `Σ12345`, `20 Σ12345`. Where the counter is kept as its running total that needs no
 * sign, and the day's own figure has one: `+20`, `12345`, `+20 Σ12345` (F33).
 */
export function figureText({ day = '', total = '' }: Told, isCumulative = false): string {
  const own = day !== '' && isCumulative ? `+${day}` : String(day)
  if (total === '') return own
  return isCumulative && own === '' ? String(total) : `${own} Σ${total}`.trim()
}

/** Where running totals need no sign: the day's own figure that a text is (`+20` → `20`); undefined = it is none. */
export const ownFigure = (text: string): string | undefined => /^'?\+ ?(\d.*)$/su.exec(plain(text))?.[1]

/** What stands before and behind the sign of a running total; null = a text has none. */
export function splitTotal(text: string): { day: string; total: string } | null {
  const [, day = '', total] = SIGN.exec(plain(text)) ?? []
  return total === undefined ? null : { day: day.trim(), total: total.trim() }
}

/** Reads what stands in a cell: a count, or a running total, of which one says by its sign what it is. */
export function readFigure(text: string, isCumulative = false): FigureReading {
  const [, before = '', after] = SIGN.exec(plain(text)) ?? []
  const own = isCumulative ? ownFigure(text) : undefined
  if (after === undefined && (!isCumulative || own !== undefined)) return readCount(own ?? text)
  const total = readCount(after ?? text)
  if (total.kind !== 'count') return total
  const day = readCount((isCumulative ? ownFigure(before) : undefined) ?? before)
  if (day.kind === 'refused') return day
  return { kind: 'total', value: total.value, day: day.kind === 'count' ? day.value : null }
}

/** Does a heading say that its column holds running totals? What is left of it without those words, `''` included; null = it does not. */
export function withoutTotalWords(heading: string): string | null {
  const words = TOTAL_WORDS.filter((word) => foldName(heading).includes(foldName(word)))
  if (words.length === 0) return null
  return words.reduce((text, word) => text.replace(new RegExp(escaped(word), 'giu'), ' '), plain(heading)).trim()
}
