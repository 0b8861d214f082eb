/** Numbers as text, by language; pure. Figures that are measured against a target are cut, never rounded up. */
export type Locale = 'zh' | 'en'

/** U+2212, as wide as a plus. */
const MINUS = '−'
const NBSP = '\u00a0'

/** Whole number with a thousands comma; halves away from zero. */
export function whole(n: number): string {
  const v = Math.round(Math.abs(n))
  return (n < 0 && v !== 0 ? MINUS : '') + v.toLocaleString('en-US')
}

/** `x` with exactly `digits` decimals, cut toward zero: 99.999 → 99.99. */
export function cut(x: number, digits: number): string {
  // the smallest step of a ratio of counts is far above the slack that undoes binary fractions
  const v = Math.floor(Math.abs(x) * 10 ** digits + 1e-9) / 10 ** digits
  return (x < 0 && v !== 0 ? MINUS : '') + v.toFixed(digits)
}

/** A large figure and the unit it is given in: 万 in Chinese; M, k or nothing in English. */
export interface Scaled {
  figure: string
  unit: '万' | 'M' | 'k' | ''
}

/** 2173754 → 217.37 万 · 2.17 M; 184288 → 18.42 万 · 184.28 k; below 1,000 English keeps the whole number. */
export function scaled(n: number, digits: number, locale: Locale): Scaled {
  if (locale === 'zh') return { figure: cut(n / 1e4, digits), unit: '万' }
  if (Math.abs(n) >= 1e6) return { figure: cut(n / 1e6, digits), unit: 'M' }
  if (Math.abs(n) >= 1e3) return { figure: cut(n / 1e3, digits), unit: 'k' }
  return { figure: whole(n), unit: '' }
}

/** Below this, whole numbers are shorter than 万 or M and say more. */
const SMALL = { zh: 100_000, en: 1_000_000 }

/** 2173754 → `217.37 万` · `2.17 M`; smaller ones whole: 30 · 12,000. */
export function amountText(n: number, locale: Locale): string {
  if (Math.abs(n) < SMALL[locale]) return whole(n)
  const { figure, unit } = scaled(n, 2, locale)
  return figure + NBSP + unit
}

/** The figure alone in Chinese (its unit stands in the words around it), with its unit in English. */
export function wanText(n: number, digits: number, locale: Locale): string {
  const { figure, unit } = scaled(n, digits, locale)
  return locale === 'zh' || unit === '' ? figure : figure + NBSP + unit
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
