/** Fields that a form cannot be sent without, told in the product's own words: the browser speaks its own language. */
import type { Refusal } from '../../shared/errors.ts'

/** A refusal for each field that is empty, or blank but for spaces. Forms that use it are `novalidate`. */
export const unfilled = (fields: Readonly<Record<string, string>>): Refusal[] =>
  Object.entries(fields)
    .filter(([, text]) => text.trim() === '')
    .map(([at]) => ({ code: 'input.required', at }))
