/** Standing by what was asked about, one tick at a time. */
import type { CommandData } from '../../../shared/command.ts'
import type { Refusal } from '../../../shared/errors.ts'

type Item = CommandData<'SubmitReports'>['items'][number]
type Confirmable = NonNullable<Item['confirmed']>[number]

/** The same items with the warnings that came back ticked; anything else than warnings stays refused. */
export function confirmed(items: readonly Item[], refusals: readonly Refusal[]): Item[] {
  const seen = new Map<number, Set<Confirmable>>()
  for (const { level, at, code } of refusals) {
    const index = /^items\.(\d+)\./.exec(at ?? '')?.[1]
    if (level !== 'warning' || index === undefined) continue
    const codes = seen.get(Number(index)) ?? new Set()
    seen.set(Number(index), codes.add(code as Confirmable))
  }
  return items.map((item, i) => (seen.has(i) ? { ...item, confirmed: [...seen.get(i)!] } : item))
}
