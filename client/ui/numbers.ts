/** Numbers as text, by language; pure. What is measured against something is never rounded up to it. */
import { decimal, numberOf } from '../../shared/progress/exact.ts'

export type Locale = 'zh' | 'en'

/** U+2212, as wide as a plus. */
const MINUS = '−'
const NBSP = '\u00a0'
/** what of a number is exact: the last digits of a quotient are its rounding */
const DIGITS = 15

/** Whole number with a thousands comma; halves away from zero. */
export function whole(n: number): string {
  const v = Math.round(Math.abs(n))
  return (n < 0 && v !== 0 ? MINUS : '') + v.toLocaleString('en-US')
}

/** `x × 10^digits`, without the trace that the product leaves in its last digits. */
const shifted = (x: number, digits: number): number => Number((Math.abs(x) * 10 ** digits).toPrecision(DIGITS))

/** `x` with exactly `digits` decimals, cut toward zero: 99.999 → 99.99. */
export function cut(x: number, digits: number): string {
  return fixed(x, Math.floor(shifted(x, digits)), digits)
}

/**
 * `x` with exactly `digits` decimals, to the nearest: 3.167034 → 3.17. It is cut where it would otherwise reach `limit`,
 * which it is below; without one, where it would reach the next whole number.
 */
export function nearest(x: number, digits: number, limit = Math.floor(Math.abs(x)) + 1): string {
  const steps = shifted(x, digits)
  const rounded = Math.round(steps)
  const most = shifted(limit, digits)
  return fixed(x, steps < most && rounded >= most ? Math.floor(steps) : rounded, digits)
}

function fixed(x: number, steps: number, digits: number): string {
  const v = steps / 10 ** digits
  return (x < 0 && v !== 0 ? MINUS : '') + v.toFixed(digits)
}

/** The decimal that was written, with all of its digits and thousands commas: 0.605 → 0.605; 1e-7 → 0.0000001. */
export function exactText(x: number): string {
  const [digits, power] = Math.abs(x).toExponential().split('e') as [string, string]
  const decimals = Math.max(0, digits.replace('.', '').length - 1 - Number(power))
  const text = Math.abs(x).toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
  return (x < 0 ? MINUS : '') + text
}

/** A mean of whole numbers, cut, with the digits that suit its size: 27 ÷ 7 → 3.85; 1234.57 → 1,234.5. */
export function meanText(x: number): string {
  const digits = Math.abs(x) < 100 ? 2 : 1
  const [whole, rest] = cut(x, digits).split('.') as [string, string]
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${rest}`
}

/** A share as a percentage, with the digits that it was written with: 0.605 → 60.5; 0.29 → 29. */
export function shareText(share: number): string {
  const { n, d } = decimal(share)
  return exactText(numberOf({ n: 100n * n, d }))
}

/** A large figure and the unit it is given in: 万 in Chinese; M, k or nothing in English. */
export interface Scaled {
  figure: string
  unit: '万' | 'M' | 'k' | ''
}

const UNITS = {
  zh: [{ size: 1e4, unit: '万', from: 0 }],
  en: [
    { size: 1e6, unit: 'M', from: 1e6 },
    { size: 1e3, unit: 'k', from: 1e3 },
  ],
} as const

/**
 * 2173754 → 217.38 万 · 2.17 M; 184288 → 18.43 万 · 184.29 k; below 1,000 English keeps the whole number. `limit` is what it
 * is measured against; see `nearest`.
 */
export function scaled(n: number, digits: number, locale: Locale, limit?: number): Scaled {
  const fits = UNITS[locale].find(({ from }) => Math.abs(n) >= from)
  if (fits === undefined) return { figure: whole(n), unit: '' }
  const { size, unit } = fits
  return { figure: nearest(n / size, digits, limit === undefined ? undefined : limit / size), unit }
}

/** Below this, whole numbers are shorter than 万 or M and say more. */
const SMALL = { zh: 100_000, en: 1_000_000 }

/** 2173754 → `217.38 万` · `2.17 M`; smaller ones whole: 30 · 12,000. */
export function amountText(n: number, locale: Locale, limit?: number): string {
  if (Math.abs(n) < SMALL[locale]) return whole(n)
  return joined(scaled(n, 2, locale, limit))
}

/** Decimals of 万 and M that still read better than all digits of the number. */
const ROUND = 3

/** What was set, such as a threshold, with all of its digits: 5000000 → `500 万` · `5 M`; 5123456 → 5,123,456; 4.5 → 4.5. */
export function setText(n: number, locale: Locale): string {
  const { size, unit } = UNITS[locale][0]
  const short = exactText(n / size)
  if (Math.abs(n) < SMALL[locale] || (short.split('.')[1] ?? '').length > ROUND) return exactText(n)
  return joined({ figure: short, unit })
}

const joined = ({ figure, unit }: Scaled): string => (unit === '' ? figure : figure + NBSP + unit)

/** The figure alone in Chinese (its unit stands in the words around it), with its unit in English. */
export function wanText(n: number, digits: number, locale: Locale, limit?: number): string {
  const found = scaled(n, digits, locale, limit)
  return locale === 'zh' ? found.figure : joined(found)
}

/** Signed, one decimal by default; a value that prints as zero carries no sign. Decide on the unrounded value. */
export function pointsText(x: number, digits = 1): string {
  const v = Math.abs(x).toFixed(digits)
  return Number(v) === 0 ? v : (x < 0 ? MINUS : '+') + v
}

/** Signed whole number; zero carries no sign. */
export function signedText(n: number): string {
  const v = whole(Math.abs(n))
  return v === '0' ? v : (n < 0 ? MINUS : '+') + v
}
