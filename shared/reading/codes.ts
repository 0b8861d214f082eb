/** Codes of units as tables bring them: a spreadsheet takes their leading zeros away, and writes long ones as 4.4E+08. */
import { readNumeral } from './numeral.ts'
import { plain } from './signs.ts'

/**
 * `exact`: it stands there as it is. `padded`: with its leading zeros it is this code and no other; `several`: it is more than
 * one. `shortened`: the spreadsheet has rounded it to digits that begin some code.
 */
export type FoundCode = { kind: 'exact' | 'padded'; code: string } | { kind: 'shortened' | 'several' } | null

/** Finds codes in texts; null for a text that is none. An apostrophe that keeps a text a text is no part of it. */
export function codeFinder(codes: readonly string[]): (text: string) => FoundCode {
  const exact = new Set(codes)
  const byDigits = new Map<string, string[]>()
  for (const code of codes)
    if (/^\d+$/.test(code)) {
      const digits = bareDigits(code)
      byDigits.set(digits, [...(byDigits.get(digits) ?? []), code])
    }
  return (text) => {
    const sign = plain(text).replace(/^'|^="(.*)"$/, '$1')
    if (exact.has(sign)) return { kind: 'exact', code: sign }
    const power = /^(\d)(?:[.,](\d+))?E\+?(\d+)$/i.exec(sign)
    if (power !== null) return ofPower(`${power[1]}${power[2] ?? ''}`, Number(power[3]))
    const value = /^\d+$/.test(sign) ? sign : wholeOf(sign)
    const [code, ...others] = value === null ? [] : (byDigits.get(bareDigits(value)) ?? [])
    if (code === undefined) return null
    return others.length > 0 ? { kind: 'several' } : { kind: 'padded', code }
  }

  function ofPower(digits: string, power: number): FoundCode {
    const more = power + 1 - digits.length
    if (more < 0 || more > 30) return null
    const [code, ...others] = more === 0 ? (byDigits.get(digits) ?? []) : []
    if (code !== undefined && others.length === 0) return { kind: 'padded', code }
    const begins = (code: string) => Math.abs(Number(code) - Number(digits) * 10 ** more) <= 10 ** more
    return more > 0 && [...byDigits.keys()].some((d) => d.length === power + 1 && begins(d))
      ? { kind: 'shortened' }
      : null
  }
}

const bareDigits = (text: string): string => text.replace(/^0+(?=\d)/, '')

/** `1,001` and `1001.0`: a code that was formatted as a number. */
function wholeOf(text: string): string | null {
  const value = readNumeral(text)?.value
  return value === undefined || value === null ? null : String(value)
}
