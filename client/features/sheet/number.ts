/** Reading a typed or pasted count: what a person may write for a number, and what they probably meant. */
import { countFault } from '../../../shared/domain/count.ts'
import type { Refusal } from '../../../shared/errors.ts'

/** `refused` keeps a suggestion when the text is one slip away from a count. */
export type Reading =
  | { kind: 'blank' }
  | { kind: 'count'; value: number }
  | { kind: 'refused'; refusal: Refusal; suggestion: number | null }

const GROUPED = /^[+-]?\d{1,3}([, '’]\d{3})+(\.\d*)?$/
const PLAIN = /^[+-]?\d+(\.\d*)?$/

/**
 * Full-width digits and signs, thousands separators (comma, space, apostrophe in groups of three) and a trailing `.00`
 * are read as the number they mean. Anything else is refused by the rules of the server and kept as typed.
 */
export function readCount(text: string): Reading {
  const plain = text.normalize('NFKC').replace('\u2212', '-').trim()
  if (plain === '') return { kind: 'blank' }
  const numeric = GROUPED.test(plain) || PLAIN.test(plain)
  const number = numeric ? Number(plain.replace(/[, '’]/g, '')) : NaN
  const fault = countFault(number)
  // a typed −0 is a zero
  if (fault === null) return { kind: 'count', value: number + 0 }
  return { kind: 'refused', refusal: { code: fault }, suggestion: numeric ? null : suggest(plain) }
}

/** Letters and signs that are taken for digits, as keyboards and scans mix them up. */
const LOOKALIKES: Record<string, string> = {
  O: '0',
  o: '0',
  '\u3007': '0',
  '\u25cb': '0',
  l: '1',
  I: '1',
  i: '1',
  '|': '1',
  Z: '2',
  z: '2',
  S: '5',
  s: '5',
  B: '8',
}

/** `15O8` → 1508, `1874 pcs` → 1874, `12,34` → 1234; null when two numbers or a fraction stand there. */
function suggest(text: string): number | null {
  const digits = text.match(/\d/g)?.length ?? 0
  let swapped = 0
  const folded = text.replace(/[^\d]/g, (c, at: number) => {
    const digit = LOOKALIKES[c]
    const beside = /\d/.test(text[at - 1] ?? '') || /\d/.test(text[at + 1] ?? '')
    if (digit === undefined || !beside) return c
    swapped++
    return digit
  })
  if (digits === 0 || swapped > digits) return null
  const found = /^[^\d-]*(\d[\d, '’]*)\D*$/.exec(folded)
  if (found === null) return null
  const number = Number(found[1]!.replace(/\D/g, ''))
  return countFault(number) === null ? number : null
}
