/** Primitives of the domain and parsing into refusals. The only file that imports the validation library. */
import * as z from 'zod'
import { countFaults } from './domain/count.ts'
import { isPhone, PHONE_MAX, phoneWritten } from './domain/phone.ts'
import { textFault, written } from './domain/text.ts'
import { ok, type Refusal, type RefusalCode, type Result } from './errors.ts'
import { isDay } from './progress/day.ts'
import { shortened } from './reading/shortened.ts'

export { z }

// it compiles its checks; the security policy of pages forbids that, and even to try whether it may (W5)
z.config({ jitless: true })

/** A calendar day, `YYYY-MM-DD`, that exists. */
export const day = z.string().refine(isDay, { params: { code: 'day.invalid' satisfies RefusalCode } })
/** Keys of units, counters, articles, categories, baselines. */
export const key = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/)
/** A command's id, chosen by the sender and never used for another command (L7). */
export const commandId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{7,63}$/)
/** What people write, of at most so many characters (I6, W7). */
const writing = (most: number, lines: 'one' | 'many', fault = (value: string) => textFault(value, lines)) =>
  z
    .string()
    .overwrite(written)
    .min(1)
    .max(most)
    .superRefine((value, context) => {
      const { code, params } = fault(value) ?? {}
      if (code !== undefined) context.addIssue({ code: 'custom', params: { code, facts: params } })
    })
/** Text of one line: titles and names. */
export const line = writing(200, 'one')
/** A telephone number, as `phoneWritten` (N25). */
export const phone = writing(
  PHONE_MAX,
  'one',
  (value) => textFault(value, 'one') ?? (value === '' || isPhone(phoneWritten(value)) ? null : { code: 'input.phone' }),
).overwrite(phoneWritten)
/** Running text. */
export const text = writing(10_000, 'many')
/** A reason for a change. */
export const reason = writing(500, 'many')
/**
 * What stands in both languages, `{ zh, en }`. One of them is enough, and then stands for the other as well; a text by itself is
 * one whose language nobody said (O7).
 */
const inBoth = (words: typeof line) =>
  z.preprocess(
    (given) => (typeof given === 'string' ? { zh: given } : given),
    z.strictObject({ zh: words.optional(), en: words.optional() }).transform(({ zh, en }, context) => {
      const [first, second] = [zh ?? en, en ?? zh]
      if (first !== undefined && second !== undefined) return { zh: first, en: second }
      context.addIssue({ code: 'custom', params: { code: 'input.required' satisfies RefusalCode } })
      return z.NEVER
    }),
  )
/** A name, in one language or both. */
export const named = inBoth(line)
/** Running text, in one language or both. */
export const worded = inBoth(text)
/** A time zone that the machine knows, e.g. `Asia/Shanghai`. */
export const timeZone = line.refine(isTimeZone, { params: { code: 'programme.timeZone' satisfies RefusalCode } })
/** A figure's value; see `countFaults`. */
export const count = z
  .number({ error: (issue) => (issue.input === undefined ? undefined : 'report.notInteger') })
  .superRefine((value, context) => {
    for (const code of countFaults(value)) context.addIssue({ code: 'custom', params: { code } })
  })

/** What an input from outside may be at most: deep, full of entries in all, and in one object or list. */
const DEEP = 16
const ENTRIES = 200_000
const WIDE = 10_000
/** Refusals of one input, and characters of it that a refusal repeats. */
const REFUSALS = 100
const ECHO = 100

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** Parses unknown input; on failure returns its faults with their places, as many as somebody will read, or at `most`. */
export function parse<T>(schema: z.ZodType<T>, input: unknown, most = REFUSALS): Result<T> {
  const parsed = schema.safeParse(input, { reportInput: true })
  if (parsed.success) return ok(parsed.data)
  const refusals: Refusal[] = []
  for (const issue of parsed.error.issues) {
    if (refusals.length >= most) break
    refusals.push(...toRefusals(issue).slice(0, most - refusals.length))
  }
  return { ok: false, refusals }
}

/** What was sent, short enough to be sent back. */
export const echo = (text: string): string => shortened(text, ECHO, (character) => character.length)

/** Entries of all objects and lists in a value; counting ends beyond what is allowed (H12). */
export function entriesIn(input: unknown): number {
  return walk(input).entries
}

/** Null, or why a value is more than any input needs to be: `input.tooDeep`, `input.tooMany` (H12). */
export function sizeFault(input: unknown): Refusal | null {
  const { entries, isDeep, isWide } = walk(input)
  return faultOf(entries, isDeep, isWide)
}

function faultOf(entries: number, isDeep: boolean, isWide: boolean): Refusal | null {
  if (isDeep) return { code: 'input.tooDeep', params: { max: DEEP } }
  if (isWide) return { code: 'input.tooMany', params: { max: WIDE } }
  return entries > ENTRIES ? { code: 'input.tooMany', params: { max: ENTRIES } } : null
}

function walk(input: unknown): { entries: number; isDeep: boolean; isWide: boolean } {
  let entries = 0
  let level: object[] = isObject(input) ? [input] : []
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > DEEP) return { entries, isDeep: true, isWide: false }
    const below: object[] = []
    for (const at of level) {
      const values: unknown[] = Array.isArray(at) ? at : Object.values(at)
      entries += values.length
      if (values.length > WIDE || entries > ENTRIES) return { entries, isDeep: false, isWide: values.length > WIDE }
      for (const value of values) if (isObject(value)) below.push(value)
    }
    level = below
  }
  return { entries, isDeep: false, isWide: false }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/**
 * The same of a text that is to be parsed as JSON, so that what is too much is never made: `input.notJson` for a key that
 * would change what an object is.
 */
export function jsonFault(text: string): Refusal | null {
  let depth = 0
  let entries = 0
  let isText = false
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (isText) {
      if (c === BACKSLASH) i++
      else if (c === QUOTE) isText = false
    } else if (c === QUOTE) isText = true
    else if (c === COMMA) entries++
    else if (c === OBJECT || c === LIST) {
      entries++
      if (++depth > DEEP) return faultOf(entries, true, false)
    } else if (c === OBJECT_END || c === LIST_END) depth--
  }
  if (PROTO.test(text)) return { code: 'input.notJson' }
  return faultOf(entries, false, false)
}

/** The key `__proto__`, each of its signs as it is or by its number. */
const PROTO = new RegExp(
  `"${[...'__proto__'].map((c) => `(?:${c}|\\\\u00${c.charCodeAt(0).toString(16).replace('f', '[fF]')})`).join('')}"\\s*:`,
)

// characters that make JSON what it is
const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const OBJECT = 0x7b
const OBJECT_END = 0x7d
const LIST = 0x5b
const LIST_END = 0x5d

/** The refusal of a check of our own. */
function customOf(
  { code, facts }: { code?: RefusalCode; facts?: Refusal['params'] } = {},
  place: { at?: string },
): Refusal {
  return { code: code ?? 'input.invalid', ...(facts === undefined ? {} : { params: facts }), ...place }
}

function toRefusals(issue: z.core.$ZodIssue): Refusal[] {
  const at = echo(issue.path.join('.'))
  const place = at === '' ? {} : { at }
  switch (issue.code) {
    case 'custom':
      return [customOf(issue.params, place)]
    case 'invalid_type':
      if (issue.message === 'report.notInteger') return [{ code: 'report.notInteger', ...place }]
      return [
        {
          code: issue.input === undefined ? 'input.required' : 'input.type',
          params: { expected: issue.expected },
          ...place,
        },
      ]
    case 'too_small':
      return [{ code: issue.origin === 'string' ? 'input.required' : 'input.invalid', ...place }]
    case 'too_big':
      // a number is not long
      if (issue.origin !== 'string' && issue.origin !== 'array') return [{ code: 'input.invalid', ...place }]
      return [
        {
          code: issue.origin === 'array' ? 'input.tooMany' : 'input.tooLong',
          params: { max: Number(issue.maximum) },
          ...place,
        },
      ]
    case 'unrecognized_keys':
      return issue.keys
        .slice(0, REFUSALS)
        .map((name) => ({ code: 'input.unknownField', params: { name: echo(name) }, ...place }))
    case 'invalid_element':
    case 'invalid_format':
    case 'invalid_key':
    case 'invalid_union':
    case 'invalid_value':
    case 'not_multiple_of':
      return [{ code: 'input.invalid', ...place }]
  }
}
