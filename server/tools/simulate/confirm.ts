/** Confirming the questions that came back for a command. */
import type { ReportItem } from '../../../shared/domain/input.ts'
import { ASKED, type AskedCode } from '../../../shared/domain/values.ts'
import type { Refusal } from '../../../shared/errors.ts'

const isQuestion = (refusal: Refusal): refusal is Refusal & { code: AskedCode } =>
  refusal.level === 'warning' && (ASKED as readonly string[]).includes(refusal.code)

/** The same items with the questions that came back confirmed, and why where that is given; other refusals stay. */
export function confirmed(items: readonly ReportItem[], refusals: readonly Refusal[], why?: string): ReportItem[] {
  const asked = new Map<number, Set<AskedCode>>()
  for (const refusal of refusals) {
    const index = /^items\.(\d+)\./.exec(refusal.at ?? '')?.[1]
    if (!isQuestion(refusal) || index === undefined) continue
    const codes = asked.get(Number(index)) ?? new Set()
    asked.set(Number(index), codes.add(refusal.code))
  }
  const said = why === undefined ? {} : { confirmedWhy: why }
  return items.map((item, i) => (asked.has(i) ? { ...item, confirmed: [...asked.get(i)!], ...said } : item))
}

/** The same for a command, with items or without. */
export function confirmedCommand<C extends { data: object }>(
  command: C,
  refusals: readonly Refusal[],
  why?: string,
): C {
  const { data } = command
  const codes = [...new Set(refusals.filter(isQuestion).map((r) => r.code))]
  if (codes.length === 0) return command
  const withCodes =
    'items' in data
      ? { ...data, items: confirmed(data.items as ReportItem[], refusals, why) }
      : { ...data, confirmed: codes }
  return { ...command, data: withCodes }
}

/** True when every refusal is a question, which can be confirmed. */
export const onlyQuestions = (refusals: readonly Refusal[]): boolean => refusals.every(isQuestion)
