/** What the page about the figures lists, in the order of the programme. Pure. */
import type { Base, Programme, Worded } from '../../../shared/domain/programme.ts'
import { addDays, type Day } from '../../../shared/progress/day.ts'

/** What may be the same of all bases of a group, and is then said once. */
export type Shared = Pick<Base, 'asOf' | 'version' | 'official'>

/** Bases of one definition and source. */
export interface BaseGroup {
  key: string
  definition: Worded
  source: Worded
  bases: Base[]
}

/** The bases by what they are of and where they are from; of one unit the version that holds comes last, as in the programme. */
export function baseGroups({ bases }: Pick<Programme, 'bases'>): BaseGroup[] {
  const groups = new Map<string, BaseGroup>()
  for (const base of bases) {
    const { key, definition, source } = base
    const id = JSON.stringify([key, definition, source])
    const group = groups.get(id) ?? { key, definition, source, bases: [] }
    group.bases.push(base)
    groups.set(id, group)
  }
  return [...groups.values()]
}

/** What all bases of a group have in common; what differs between them is left out. */
export function sharedOf(bases: readonly Base[]): Partial<Shared> {
  const [first] = bases
  if (first === undefined) return {}
  const { asOf, version, official } = first
  return {
    ...(bases.every((b) => b.asOf === asOf) ? { asOf } : {}),
    ...(bases.every((b) => b.version === version) ? { version } : {}),
    ...(bases.every((b) => b.official === official) ? { official } : {}),
  }
}

/** Days of one name that follow each other; `from` and `to` are among them. */
export interface Span {
  name: Worded
  from: Day
  to: Day
}

/** Named days as spans, in the order of the calendar. */
export function spansOf(days: readonly { day: Day; name: Worded }[]): Span[] {
  const spans: Span[] = []
  for (const { day, name } of days.toSorted((a, b) => (a.day < b.day ? -1 : 1))) {
    const last = spans.at(-1)
    const goesOn =
      last !== undefined && addDays(last.to, 1) === day && last.name.zh === name.zh && last.name.en === name.en
    if (goesOn) last.to = day
    else spans.push({ name, from: day, to: day })
  }
  return spans
}
