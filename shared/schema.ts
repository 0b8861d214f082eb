/** Primitives of the domain and parsing into refusals. The only file that imports the validation library. */
import * as z from 'zod'
import { countFaults } from './domain/count.ts'
import { ok, type Refusal, type RefusalCode, type Result } from './errors.ts'
import { isDay } from './progress/day.ts'

export { z }

/** A calendar day, `YYYY-MM-DD`, that exists. */
export const day = z.string().refine(isDay, { params: { code: 'day.invalid' satisfies RefusalCode } })
/** Keys of units, counters, articles, categories, baselines. */
export const key = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/)
/** A command's id, chosen by the sender and never used for another command (L7). */
export const commandId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{7,63}$/)
/** Text of one line: titles and names (I6). */
export const line = z.string().trim().min(1).max(200)
/** Running text (I6). */
export const text = z.string().trim().min(1).max(10_000)
/** A reason for a change (I6). */
export const reason = z.string().trim().min(1).max(500)
/** A name in both languages. */
export const named = z.strictObject({ zh: line, en: line })
/** A figure's value; see `countFaults`. */
export const count = z
  .number({ error: (issue) => (issue.input === undefined ? undefined : 'report.notInteger') })
  .superRefine((value, context) => {
    for (const code of countFaults(value)) context.addIssue({ code: 'custom', params: { code } })
  })

/** Parses unknown input; on failure returns every fault with its place. */
export function parse<T>(schema: z.ZodType<T>, input: unknown): Result<T> {
  const parsed = schema.safeParse(input, { reportInput: true })
  return parsed.success ? ok(parsed.data) : { ok: false, refusals: parsed.error.issues.flatMap(toRefusals) }
}

function toRefusals(issue: z.core.$ZodIssue): Refusal[] {
  const at = issue.path.join('.')
  const place = at === '' ? {} : { at }
  switch (issue.code) {
    case 'custom':
      return [{ code: (issue.params?.code as RefusalCode | undefined) ?? 'input.invalid', ...place }]
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
      return [
        {
          code: issue.origin === 'array' ? 'input.tooMany' : 'input.tooLong',
          params: { max: Number(issue.maximum) },
          ...place,
        },
      ]
    case 'unrecognized_keys':
      return issue.keys.map((name) => ({ code: 'input.unknownField', params: { name }, ...place }))
    case 'invalid_element':
    case 'invalid_format':
    case 'invalid_key':
    case 'invalid_union':
    case 'invalid_value':
    case 'not_multiple_of':
      return [{ code: 'input.invalid', ...place }]
  }
}
